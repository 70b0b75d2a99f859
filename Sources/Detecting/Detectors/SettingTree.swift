internal import Documents

/// The values of a YAML text as a tree, put together from the keys that lead to each.
struct SettingTree {
    /// The text of a scalar; nil where there are entries.
    private(set) var text: String?
    private var order: [String] = []
    private var entries: [String: SettingTree] = [:]

    /// The names of the entries, in the order of the text.
    var names: [String] { order }

    /// The entries of a list, in order.
    var elements: [SettingTree] { order.compactMap { entries[$0] } }

    /// The texts of a list of scalars.
    var texts: [String] { elements.compactMap(\.text) }

    /// The entry of that name.
    subscript(name: String) -> SettingTree? { entries[name] }

    /// Reads a YAML text.
    static func read(_ bytes: [UInt8]) throws(RuleLoader.LoadError) -> SettingTree {
        let document = Document(path: "rules.yml", bytes: bytes)
        if let note = document.notes.first {
            throw RuleLoader.LoadError(message: "line \(note.line ?? 0): \(note.message)")
        }
        var root = SettingTree()
        guard let layer = document.layers.first else { return root }
        for value in layer.values where value.role == .value {
            let text =
                (try? value.encoding.decode(layer.text[value.span.range]))?.bytes ?? Array(layer.text[value.span.range])
            root.insert(String(decoding: text, as: UTF8.self), at: value.keyPath[...])
        }
        return root
    }

    /// Makes a scalar, or a node that gets entries.
    init(text: String? = nil) { self.text = text }

    /// Adds an entry; one of that name is replaced.
    mutating func add(_ entry: SettingTree, named name: String) {
        if entries.updateValue(entry, forKey: name) == nil { order.append(name) }
    }

    private mutating func insert(_ text: String, at path: ArraySlice<String>) {
        guard let name = path.first else {
            self.text = text
            return
        }
        if entries[name] == nil { order.append(name) }
        entries[name, default: SettingTree()].insert(text, at: path.dropFirst())
    }
}
