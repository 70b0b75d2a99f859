internal import Documents

/// The entries of a deployment, in byte order of their paths.
///
/// A large tree has 100,000 entries, and neighbours share their folder, so the paths are put together on access.
public struct DeploymentEntries: Sendable {
    private enum Content {
        case file(size: Int, isExecutable: Bool)
        /// A link, with the index of its target.
        case link(Int32)
    }

    /// An entry, with its name among the bytes of all names.
    private struct Item {
        var nameStart: Int
        var content: Content
        var nameCount: Int32
        var folder: Int32
    }

    private var items: [Item] = []
    /// The names of all entries, one after the other.
    private var names: [UInt8] = []
    /// The folders of the entries, without repeating one that neighbours share; empty for the root.
    private var folders: [String] = []
    private var targets: [String] = []

    /// Makes an empty list.
    init() {}

    /// Adds an entry behind the others.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - folder: the path of its folder; empty for the root.
    ///   - content: what it is.
    mutating func append(_ name: some Collection<UInt8>, in folder: String, _ content: Deployment.Entry.Content) {
        let start = names.count
        names += name
        // Equal strings may have other bytes.
        if folders.last?.utf8.elementsEqual(folder.utf8) != true { folders.append(folder) }
        items.append(
            Item(
                nameStart: start,
                content: compact(content),
                nameCount: Int32(names.count - start),
                folder: Int32(folders.count - 1)
            )
        )
    }

    /// Gives back the room for more entries.
    mutating func shrink() {
        items = items.fitted
        names = names.fitted
        folders = folders.fitted
    }

    private mutating func compact(_ content: Deployment.Entry.Content) -> Content {
        switch content {
        case .file(let size, let isExecutable): return .file(size: size, isExecutable: isExecutable)
        case .link(let target):
            targets.append(target)
            return .link(Int32(targets.count - 1))
        }
    }

    /// Returns these entries without those whose paths are in `paths`.
    func leavingOut(_ paths: Set<String>) -> DeploymentEntries {
        var others = DeploymentEntries()
        for (item, entry) in zip(items, self) where !paths.contains(entry.path) {
            others.append(name(of: item), in: folders[Int(item.folder)], entry.content)
        }
        return others
    }

    /// Returns the index of the entry at a path; nil if there is none.
    func index(of path: String) -> Int? {
        // A dictionary would take more memory than the entries.
        let index = partitioningIndex { !$0.path.precedes(path) }
        // Equal strings may have other bytes.
        guard index < count, self[index].path.utf8.elementsEqual(path.utf8) else { return nil }
        return index
    }

    private func name(of item: Item) -> ArraySlice<UInt8> {
        names[item.nameStart..<item.nameStart + Int(item.nameCount)]
    }
}

extension DeploymentEntries: RandomAccessCollection {
    /// The index of the first entry.
    public var startIndex: Int { 0 }
    /// The index behind the last entry.
    public var endIndex: Int { items.count }

    /// The entry at an index.
    public subscript(index: Int) -> Deployment.Entry {
        let item = items[index]
        let content: Deployment.Entry.Content =
            switch item.content {
            case .file(let size, let isExecutable): .file(size: size, isExecutable: isExecutable)
            case .link(let target): .link(target: targets[Int(target)])
            }
        return Deployment.Entry(path: Self.path(of: name(of: item), in: folders[Int(item.folder)]), content: content)
    }

    /// Returns the path of a name in a folder; an empty folder is the root.
    static func path(of name: some Collection<UInt8>, in folder: String) -> String {
        // A string that is appended to takes room for more; one made of bytes does not.
        var path: [UInt8] = []
        path.reserveCapacity(folder.utf8.count + 1 + name.count)
        if !folder.isEmpty {
            path += folder.utf8
            path.append(UInt8(ascii: "/"))
        }
        path += name
        return String(decoding: path, as: UTF8.self)
    }
}
