/// Reads the part of Terraform's language that templates are written in.
struct TerraformParser {
    indirect enum Expression {
        /// A text, with expressions in it.
        case text([Expression])
        case literal(String)
        case number(Int)
        case flag(Bool)
        case null
        case list([Expression])
        case map([(name: String, value: Expression)])
        /// Names and keys, one in another: `local.rules`, `each.value.ports`,
        /// `google_compute_address.web["a"].address`.
        case path([String])
        case call(String, [Expression])
        /// An attribute of every element: `values(google_compute_instance.web)[*].self_link`.
        case splat(Expression, String)
    }

    struct Body {
        var arguments: [(name: String, value: Expression)] = []
        var blocks: [(type: String, labels: [String], body: Body)] = []
    }

    struct Malformed: Error { var near: String }

    private let text: [Character]
    private var position = 0

    static func parse(_ text: String) throws -> Body {
        var parser = TerraformParser(text: Array(text))
        let body = try parser.body(until: nil)
        return body
    }

    private init(text: [Character]) { self.text = text }

    private var next: Character? { position < text.count ? text[position] : nil }

    private var malformed: Malformed { Malformed(near: String(text[position...].prefix(40))) }

    private mutating func skipSpace() {
        while let next {
            if next == "#" {
                while let character = self.next, character != "\n" { _ = character; position += 1 }
            } else if next.isWhitespace {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        skipSpace()
        guard next == character else { return false }
        position += 1
        return true
    }

    private mutating func want(_ character: Character) throws {
        guard take(character) else { throw malformed }
    }

    private mutating func word() throws -> String {
        skipSpace()
        let start = position
        while let next, next.isLetter || next.isNumber || next == "_" || next == "-" { position += 1 }
        guard position > start else { throw malformed }
        return String(text[start..<position])
    }

    private mutating func body(until end: Character?) throws -> Body {
        var body = Body()
        while true {
            skipSpace()
            guard let next else {
                guard end == nil else { throw malformed }
                return body
            }
            if next == end {
                position += 1
                return body
            }
            let name = next == "\"" ? try literal() : try word()
            if take("=") {
                body.arguments.append((name, try expression()))
                continue
            }
            var labels: [String] = []
            while !take("{") { labels.append(try literal()) }
            body.blocks.append((name, labels, try self.body(until: "}")))
        }
    }

    private mutating func literal() throws -> String {
        skipSpace()
        guard case .text(let parts) = try string() else { throw malformed }
        return try parts.map { part in
            guard case .literal(let text) = part else { throw malformed }
            return text
        }
        .joined()
    }

    private mutating func string() throws -> Expression {
        try want("\"")
        var parts: [Expression] = []
        var literal = ""
        while let character = next, character != "\"" {
            position += 1
            switch character {
            case "\\": literal += try escape()
            case "$" where next == "$", "%" where next == "%":
                // `$${` is no template.
                literal.append(character)
                if position + 1 < text.count, text[position + 1] == "{" { position += 1 }
            case "$" where next == "{":
                position += 1
                parts.append(.literal(literal))
                literal = ""
                parts.append(try expression())
                try want("}")
            default: literal.append(character)
            }
        }
        position += 1
        parts.append(.literal(literal))
        return .text(parts)
    }

    private mutating func escape() throws -> String {
        guard let character = next else { throw malformed }
        position += 1
        switch character {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\"", "\\": return String(character)
        case "u":
            guard position + 4 <= text.count, let code = UInt32(String(text[position..<(position + 4)]), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { throw malformed }
            position += 4
            return String(scalar)
        default: throw malformed
        }
    }

    private mutating func expression() throws -> Expression {
        skipSpace()
        guard let next else { throw malformed }
        switch next {
        case "\"": return try string()
        case "[":
            position += 1
            var elements: [Expression] = []
            while !take("]") {
                elements.append(try expression())
                _ = take(",")
            }
            return .list(elements)
        case "{":
            position += 1
            var entries: [(String, Expression)] = []
            while !take("}") {
                skipSpace()
                let name = self.next == "\"" ? try literal() : try word()
                try want("=")
                entries.append((name, try expression()))
                _ = take(",")
            }
            return .map(entries)
        default: return try path()
        }
    }

    private mutating func path() throws -> Expression {
        var names = [try word()]
        switch names[0] {
        case "true": return .flag(true)
        case "false": return .flag(false)
        case "null": return .null
        default: break
        }
        if let number = Int(names[0]) { return .number(number) }
        if next == "(" {
            position += 1
            var arguments: [Expression] = []
            while !take(")") {
                arguments.append(try expression())
                _ = take(",")
            }
            let call = Expression.call(names[0], arguments)
            guard next == "[" else { return call }
            for part: Character in ["[", "*", "]", "."] { try want(part) }
            return .splat(call, try word())
        }
        while let next {
            if next == "." {
                position += 1
                names.append(try word())
            } else if next == "[" {
                position += 1
                names.append(try literal())
                try want("]")
            } else {
                break
            }
        }
        return .path(names)
    }
}
