/// The subset of XML needed to follow the stream of an XMPP server, which contains no comments, entities or CDATA.
enum XMLText {
    /// Returns the end of the first element `name`; nil if it is incomplete.
    static func end(of name: String, in text: [UInt8]) -> Int? {
        guard let start = start(of: name, in: text), let close = text[start...].firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        if text[close - 1] == UInt8(ascii: "/") { return close + 1 }
        let mark = Array("</\(name)>".utf8)
        return text[close...].firstRange(of: mark)?.upperBound
    }

    /// Returns the texts of all elements `name`.
    static func contents(of name: String, in text: [UInt8]) -> [String] {
        var found: [String] = []
        var rest = text
        while let start = start(of: name, in: rest), let end = end(of: name, in: rest) {
            if let content = content(of: Array(rest[start..<end])) {
                found.append(String(decoding: content, as: UTF8.self))
            }
            rest.removeFirst(end)
        }
        return found
    }

    /// Returns the text between the first tag and the next; nil if it is empty.
    static func content(of text: [UInt8]) -> [UInt8]? {
        guard let open = text.firstIndex(of: UInt8(ascii: ">")),
            let close = text[open...].firstIndex(of: UInt8(ascii: "<")), close > open + 1
        else { return nil }
        return Array(text[(open + 1)..<close])
    }

    /// Returns a text as it is written between the quotes of an attribute.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "'": result += "&apos;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Whether there is an element `name`.
    static func holds(_ name: String, in text: [UInt8]) -> Bool { start(of: name, in: text) != nil }

    /// Returns the value of the first attribute `name`; nil if there is none.
    static func attribute(_ name: String, in text: [UInt8]) -> [UInt8]? {
        for quote in [UInt8(ascii: "'"), UInt8(ascii: "\"")] {
            guard let start = text.firstRange(of: Array(" \(name)=".utf8) + [quote])?.upperBound,
                let end = text[start...].firstIndex(of: quote)
            else { continue }
            return Array(text[start..<end])
        }
        return nil
    }

    /// Returns the names of the elements, to be shown to the user, without any text of the stream.
    static func names(in text: [UInt8]) -> String {
        let names = text.split(separator: UInt8(ascii: "<")).filter { $0.first != UInt8(ascii: "/") }
            .map { String(decoding: $0.prefix { !" >/".utf8.contains($0) }, as: UTF8.self) }
            .filter { $0.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz-:".utf8.contains($0) } && $0.count < 40 }
        return names.isEmpty ? "nothing known" : names.joined(separator: ", ")
    }

    private static func start(of name: String, in text: [UInt8]) -> Int? {
        let mark = Array("<\(name)".utf8)
        var from = 0
        while let found = text[from...].firstRange(of: mark) {
            guard found.upperBound < text.count else { return nil }
            if " />\n\t".utf8.contains(text[found.upperBound]) { return found.lowerBound }
            from = found.upperBound
        }
        return nil
    }
}
