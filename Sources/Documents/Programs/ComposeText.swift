/// Docker Compose's rules for texts: which files are its own, and how variables are interpolated.
package enum ComposeText {
    /// Whether a file belongs to Compose, judging by its name: one of the words before its `.yml` or `.yaml` ends in
    /// `compose`, as in `compose.yaml`, `docker-compose.prod.yml` and `jitsi-compose.yml`, which can be given by
    /// `--file`.
    package static func isComposeFile(_ path: String) -> Bool {
        let words = (path.split(separator: "/").last ?? "").lowercased().split { ".-_ ".contains($0) }
        guard words.count > 1, words.last == "yml" || words.last == "yaml" else { return false }
        return words.dropLast().contains { $0.hasSuffix("compose") }
    }

    /// Returns the meaning of a value in a Compose file, where `$$` is a `$` (Compose Specification, "Interpolation").
    package static func meaning(of value: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isSecond = false
        for byte in value {
            isSecond = byte == .dollar && !isSecond && result.last == .dollar
            if !isSecond { result.append(byte) }
        }
        return result
    }

    /// Replaces variables in a text (Compose Specification, "Interpolation").
    ///
    /// The forms are `${NAME}`, `$NAME`, and with a default, a message or an alternative `${NAME:-default}`,
    /// `${NAME:?message}` and `${NAME:+alternative}`, with or without the colon. A variable without a value stays as
    /// written, and `$$` becomes `$`.
    package static func interpolated(_ text: String, variables: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "{", let end = rest.firstIndex(of: "}") {
                let body = rest[rest.index(after: rest.startIndex)..<end]
                rest = rest[rest.index(after: end)...]
                result += value(of: body, variables) ?? "${\(body)}"
            } else {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                rest = rest[name.endIndex...]
                result += variables[String(name)] ?? "$\(name)"
            }
        }
        return result + rest
    }

    private static func value(of body: Substring, _ variables: [String: String]) -> String? {
        let name = body.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let value = variables[String(name)]
        let rest = body[name.endIndex...]
        let needsText = rest.first == ":"
        let isSet = needsText ? value?.isEmpty == false : value != nil
        let word = rest.dropFirst(needsText ? 2 : 1)
        switch (needsText ? rest.dropFirst() : rest).first {
        case "-": return isSet ? value : String(word)
        case "?": return isSet ? value : nil
        case "+": return isSet ? String(word) : value
        default: return rest.isEmpty ? value : nil
        }
    }
}
