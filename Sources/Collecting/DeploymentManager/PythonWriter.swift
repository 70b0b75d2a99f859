/// Writes values as Python literals; entries that do not fit on one line get a line each.
struct PythonWriter {
    /// The name of each resource in its deployment.
    var names: [String: String]
    /// The variable that holds the individual values of each of several resources.
    var item = "item"

    private(set) var lines: [String] = []

    /// The maximum line length, in characters, for several values on one line.
    private static let lineLength = 110

    init(names: [String: String]) { self.names = names }

    /// Writes a line unchanged.
    mutating func line(_ text: String = "") { lines.append(text) }

    /// Writes an expression between two texts.
    ///
    /// - Parameters:
    ///   - expression: the value.
    ///   - prefix: the text before it on its first line.
    ///   - suffix: the text after it on its last line.
    ///   - indent: the number of blanks before each line.
    ///   - opens: whether a dictionary takes several lines even if it would fit on one.
    mutating func write(
        _ expression: PythonExpression,
        prefix: String = "",
        suffix: String = "",
        indent: Int,
        opens: Bool = false
    ) {
        let space = String(repeating: " ", count: indent)
        let whole = space + prefix + text(of: expression) + suffix
        switch expression {
        case .list(let elements) where whole.count > Self.lineLength:
            // A dictionary that is a list's only element shares its brackets' lines.
            if elements.count == 1, case .dictionary = elements[0] {
                return write(elements[0], prefix: prefix + "[", suffix: "]" + suffix, indent: indent)
            }
            lines.append(space + prefix + "[")
            for element in elements { write(element, suffix: ",", indent: indent + 4) }
            lines.append(space + "]" + suffix)
        case .dictionary(let entries) where !entries.isEmpty && (opens || whole.count > Self.lineLength):
            lines.append(space + prefix + "{")
            for entry in entries {
                write(entry.value, prefix: Self.quoted(entry.name) + ": ", suffix: ",", indent: indent + 4)
            }
            lines.append(space + "}" + suffix)
        default: lines.append(whole)
        }
    }

    /// Returns the expression on one line.
    private func text(of expression: PythonExpression) -> String {
        switch expression {
        case .text(let text): Self.quoted(text)
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "True" : "False"
        case .list(let elements): "[" + elements.map(text).joined(separator: ", ") + "]"
        case .dictionary(let entries):
            "{" + entries.map { Self.quoted($0.name) + ": " + text(of: $0.value) }.joined(separator: ", ") + "}"
        case .name(let name): name
        case .property(let name): "context.properties[\(Self.quoted(name))]"
        case .lines(let name): "\"\\n\".join(context.properties[\(Self.quoted(name))])"
        case .joined(let parts): parts.map(text).joined(separator: " + ")
        case .reference(let target, let attribute): Self.quoted("$(ref.\(names[target] ?? target).\(attribute))")
        case .document(let path): "context.imports[\(Self.quoted(path))]"
        case .own(let name): "\(item)[\(Self.quoted(name))]"
        case .anything: "None"
        }
    }

    /// Returns a text as a literal; Python reads JSON's escapes in the same way.
    static func quoted(_ text: String) -> String { YAMLScalar.quoted(text) }
}
