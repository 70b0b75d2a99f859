/// Docker Compose's rules for texts: which files are its own, and how variables are interpolated.
package enum ComposeText {
    /// Whether a file is a Compose file, by its name.
    package static func isComposeFile(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return false }
        return name.hasPrefix("docker-compose") || name.hasPrefix("compose.")
    }

    /// Replaces `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `$NAME` in a text; a variable without a value
    /// stays as written.
    package static func interpolated(_ text: String, variables: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "{", let end = rest.firstIndex(of: "}") {
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
        if rest.hasPrefix(":-") { return value.flatMap { $0.isEmpty ? nil : $0 } ?? String(rest.dropFirst(2)) }
        if rest.hasPrefix("-") { return value ?? String(rest.dropFirst()) }
        return rest.isEmpty ? value : nil
    }
}
