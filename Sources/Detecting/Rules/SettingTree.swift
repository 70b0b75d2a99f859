internal import Documents

/// The values of a YAML text as a tree, built from the keys that lead to each value.
struct SettingTree {
    /// The text of a scalar; nil if there are entries.
    private(set) var text: String?
    private var entries: [Entry] = []
    /// The indices of the entries by name, if there are too many for a linear search.
    private var places: [String: Int] = [:]
    /// The places of the node and of its name; nil if they were not requested.
    private(set) var place: Place?

    private struct Entry {
        var name: String
        var tree: SettingTree
    }

    /// The maximum number of entries searched linearly; a rule has fewer, and thousands of rules are read at each
    /// start.
    private static let few = 24

    /// The byte offsets of a node.
    struct Place: Hashable, Sendable {
        var offset: Int
        var nameOffset: Int
    }

    /// The names of the entries, in order of the text.
    var names: [String] { entries.map(\.name) }

    /// Whether the node is a list; an empty node counts as one, because an empty list has no values.
    var isList: Bool { (text ?? "").isEmpty && entries.enumerated().allSatisfy { $1.name == String($0) } }

    /// The entries of a list, in order.
    var elements: [SettingTree] { entries.map(\.tree) }

    /// The texts of a list of scalars.
    var texts: [String] { elements.compactMap(\.text) }

    /// Returns the entry with a name; nil if there is none.
    subscript(name: String) -> SettingTree? { place(of: name).map { entries[$0].tree } }

    private func place(of name: String) -> Int? {
        places.isEmpty ? entries.firstIndex { $0.name == name } : places[name]
    }

    /// Reads a YAML text.
    static func read(_ bytes: [UInt8]) throws(RuleLoader.LoadError) -> SettingTree {
        let document = Document(path: "rules.yml", bytes: bytes)
        if let note = document.notes.first {
            throw RuleLoader.LoadError(message: "it is not valid YAML, see line \(note.line ?? 1)")
        }
        var root = SettingTree()
        guard let layer = document.layers.first else { return root }
        for value in layer.values where value.role == .value {
            let text =
                (try? value.encoding.decode(layer.text[value.span.range]))?.bytes ?? Array(layer.text[value.span.range])
            guard root.insert(String(decoding: text, as: UTF8.self), at: value.keyPath[...]) else {
                throw RuleLoader.LoadError(message: "'\(value.keyPath.joined(separator: "."))' is given twice")
            }
        }
        return root
    }

    /// Converts a node with its places; an alias becomes empty.
    init(_ node: YAMLNode, nameOffset: Int? = nil) {
        text = node.text
        place = Place(offset: node.offset, nameOffset: nameOffset ?? node.offset)
        for (index, element) in (node.elements ?? []).enumerated() { add(SettingTree(element), named: String(index)) }
        for member in node.members ?? [] {
            add(SettingTree(member.value, nameOffset: member.offset), named: member.name)
        }
    }

    /// Makes a scalar, or a node to add entries to.
    init(text: String? = nil) { self.text = text }

    /// Adds an entry, replacing one with the same name.
    mutating func add(_ entry: SettingTree, named name: String) {
        if let place = place(of: name) {
            entries[place].tree = entry
        } else {
            append(entry, named: name)
        }
    }

    /// Adds an entry with a new name.
    private mutating func append(_ entry: SettingTree, named name: String) {
        entries.append(Entry(name: name, tree: entry))
        if !places.isEmpty {
            places[name] = entries.count - 1
        } else if entries.count > Self.few {
            for (place, entry) in entries.enumerated() { places[entry.name] = place }
        }
    }

    /// Inserts a text at its path unless there is one already; settings inside a text are part of that text.
    private mutating func insert(_ text: String, at path: ArraySlice<String>) -> Bool {
        guard let name = path.first else {
            guard self.text == nil else { return false }
            self.text = text
            return true
        }
        guard self.text == nil else { return true }
        if let place = place(of: name) { return entries[place].tree.insert(text, at: path.dropFirst()) }
        append(SettingTree(), named: name)
        return entries[entries.count - 1].tree.insert(text, at: path.dropFirst())
    }
}
