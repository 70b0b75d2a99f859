/// The fields of one rule in a rule file.
///
/// Each field is read strictly: malformed ones are refused, not ignored.
struct RuleFields {
    /// The rule's id.
    let id: String
    private let entry: SettingTree

    /// Reads the id; other fields are read on request.
    ///
    /// - Parameters:
    ///   - entry: the rule.
    ///   - number: its 1-based position in the file, which identifies a rule without an id in an error.
    ///   - known: the names of all fields that a rule may have.
    /// - Throws: ``RuleLoader/LoadError`` if there is no id, or an unknown field.
    init(_ entry: SettingTree, number: Int, known: Set<String>) throws(RuleLoader.LoadError) {
        guard let id = entry["id"]?.text, !id.isEmpty else {
            throw RuleLoader.LoadError(message: "rule \(number) has no id", offset: entry.place?.offset)
        }
        let allowed = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")).union(.digits).union(ByteSet("-"))
        guard id.utf8.allSatisfy(allowed.contains) else {
            throw RuleLoader.LoadError(
                message: "rule \(number) has an id with characters other than lower-case letters, digits and hyphens",
                offset: entry["id"]?.place?.nameOffset
            )
        }
        self.id = id
        self.entry = entry
        if let unknown = entry.names.first(where: { !known.contains($0) }) {
            let question = NearestNames.question(about: unknown, among: known.sorted()).map { "; \($0)" } ?? ""
            throw failure("it has an unknown field '\(unknown)'\(question)", at: unknown)
        }
    }

    /// Makes an error about this rule, or about a field of it.
    func failure(_ message: String, at field: String? = nil) -> RuleLoader.LoadError {
        let place = field.flatMap { entry[$0]?.place?.nameOffset } ?? entry.place?.offset
        return RuleLoader.LoadError(rule: id, message: message, offset: place)
    }

    /// Reads a text; nil if the field is missing or empty.
    func text(_ field: String) throws(RuleLoader.LoadError) -> String? {
        guard let value = entry[field] else { return nil }
        guard let text = value.text else { throw failure("its \(field) is not a text", at: field) }
        return text.isEmpty ? nil : text
    }

    /// Reads a required text.
    func required(_ field: String) throws(RuleLoader.LoadError) -> String {
        guard let text = try text(field) else { throw failure("it has no \(field)") }
        return text
    }

    /// Reads and converts a text; nil if the field is missing.
    func read<Value>(_ field: String, as read: (String) -> Value?) throws(RuleLoader.LoadError) -> Value? {
        guard let text = try text(field) else { return nil }
        guard let value = read(text) else { throw failure("its \(field) '\(text)' is not known", at: field) }
        return value
    }

    /// Whether the field is true.
    func flag(_ field: String) throws(RuleLoader.LoadError) -> Bool {
        try read(field) { ["true": true, "false": false][$0] } ?? false
    }

    /// Reads a list of texts; empty if the field is missing.
    func texts(_ field: String) throws(RuleLoader.LoadError) -> [String] {
        var texts: [String] = []
        for element in try elements(field) {
            guard let text = element.text, !text.isEmpty else {
                throw failure("its \(field) contain something other than texts", at: field)
            }
            texts.append(text)
        }
        return texts
    }

    /// Reads the examples: texts, or texts with the path of the file that they represent.
    func examples(_ field: String) throws(RuleLoader.LoadError) -> [Rule.Example] {
        var examples: [Rule.Example] = []
        for element in try elements(field) {
            guard let text = element.text ?? element["text"]?.text,
                Set(element.names).isSubset(of: ["path", "text"])
            else { throw failure("one of its \(field) has no text, or more than path and text", at: field) }
            examples.append(Rule.Example(path: element["path"]?.text ?? "example.txt", text: text))
        }
        return examples
    }

    private func elements(_ field: String) throws(RuleLoader.LoadError) -> [SettingTree] {
        guard let list = entry[field] else { return [] }
        guard list.isList else { throw failure("its \(field) are not a list", at: field) }
        return list.elements
    }
}
