internal import Documents

/// Writes Terraform's language in the layout of `terraform fmt`: two spaces per level, aligned equals signs in
/// neighbouring lines, and an empty line before multi-line entries.
struct HCLWriter {
    /// Returns the text of an expression; the resources' addresses are known by then.
    var resolve: (HCLExpression) -> String

    private(set) var lines: [String] = []

    /// The maximum line length, in characters, for a list or map on one line.
    private static let lineLength = 96

    init(resolve: @escaping (HCLExpression) -> String) { self.resolve = resolve }

    /// The text written so far.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// Writes a comment of one line, or an empty line.
    mutating func line(_ text: String = "") {
        if text.isEmpty && (lines.isEmpty || lines.last == "") { return }
        lines.append(text)
    }

    /// Writes a block after an empty line.
    mutating func block(_ header: String, _ body: HCLBody, comment: String? = nil) {
        line()
        if let comment { line("# " + comment) }
        write(header, body, indent: "")
    }

    /// Writes arguments outside any block.
    mutating func arguments(_ arguments: [(String, HCLExpression)]) {
        entries(arguments, indent: "", separatesLong: true)
    }

    private mutating func write(_ header: String, _ body: HCLBody, indent: String) {
        guard !body.isEmpty else {
            lines.append(indent + header + " {}")
            return
        }
        lines.append(indent + header + " {")
        contents(body, indent: indent + "  ")
        lines.append(indent + "}")
    }

    private mutating func contents(_ body: HCLBody, indent: String) {
        let meta: Set = ["for_each", "count"]
        let first = body.arguments.filter { meta.contains($0.name) }.map { ($0.name, $0.value) }
        let rest = body.arguments.filter { !meta.contains($0.name) }.map { ($0.name, $0.value) }
        var needsGap = false
        for group in [first, rest] where !group.isEmpty {
            if needsGap { lines.append("") }
            entries(group, indent: indent, separatesLong: true)
            needsGap = true
        }
        for block in body.blocks {
            if needsGap { lines.append("") }
            write(block.name, block.body, indent: indent)
            needsGap = true
        }
    }

    /// Writes `name = value` lines, with aligned equals signs in consecutive lines.
    private mutating func entries(_ entries: [(String, HCLExpression)], indent: String, separatesLong: Bool) {
        let written = entries.map {
            (name: $0.0, value: $0.1, line: oneLine($0.1, after: indent.count + $0.0.count + 3))
        }
        let short = separatesLong ? written.filter { $0.line != nil } : written
        var index = 0
        while index < short.count {
            var end = index
            while end < short.count, short[end].line != nil { end += 1 }
            let width = short[index..<end].map(\.name.count).max() ?? 0
            for entry in short[index..<end] {
                let gap = String(repeating: " ", count: width - entry.name.count)
                lines.append(indent + entry.name + gap + " = " + (entry.line ?? ""))
            }
            if end < short.count { long(short[end].name, short[end].value, indent: indent) }
            index = end + 1
        }
        guard separatesLong else { return }
        var needsGap = !short.isEmpty
        for entry in written where entry.line == nil {
            if needsGap { lines.append("") }
            long(entry.name, entry.value, indent: indent)
            needsGap = true
        }
    }

    private mutating func long(_ name: String, _ value: HCLExpression, indent: String) {
        switch value {
        case .list(let elements):
            lines.append(indent + name + " = [")
            for element in elements { lines.append(indent + "  " + resolve(element) + ",") }
            lines.append(indent + "]")
        case .map(let map):
            lines.append(indent + name + " = {")
            let inner = map.map { entry in
                guard case .map = entry.value else { return (Self.key(entry.name), entry.value) }
                return (Self.key(entry.name), .raw(resolve(entry.value)))
            }
            entries(inner, indent: indent + "  ", separatesLong: false)
            lines.append(indent + "}")
        default: lines.append(indent + name + " = " + resolve(value))
        }
    }

    /// Returns the expression on one line; nil if it takes several.
    private func oneLine(_ value: HCLExpression, after column: Int) -> String? {
        switch value {
        case .list(let elements):
            let text = "[" + elements.map(resolve).joined(separator: ", ") + "]"
            return column + text.count <= Self.lineLength || elements.count < 2 ? text : nil
        case .map(let entries): return entries.isEmpty ? "{}" : nil
        default: return resolve(value)
        }
    }

    /// Returns a map on one line, for use as an element of another.
    static func inline(_ entries: [HCLEntry], resolve: (HCLExpression) -> String) -> String {
        let text = entries.map { key($0.name) + " = " + resolve($0.value) }.joined(separator: ", ")
        return text.isEmpty ? "{}" : "{ " + text + " }"
    }

    /// Returns a map key: quoted unless it is an identifier.
    static func key(_ name: String) -> String {
        let first = name.utf8.first.map { $0.isLetter || $0 == UInt8(ascii: "_") } ?? false
        let rest = name.utf8.allSatisfy { $0.isVariableByte || $0 == UInt8(ascii: "-") }
        return first && rest ? name : quoted(name)
    }

    /// Returns a text between quotes, without templates.
    static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// Returns a text as it is written between quotes.
    ///
    /// Source: the Terraform language, "Strings and Templates", escape sequences.
    static func escaped(_ text: String) -> String {
        var result = ""
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "{" where previous == "$" || previous == "%":
                if let previous { result.unicodeScalars.append(previous) }
                result += "{"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result
    }
}
