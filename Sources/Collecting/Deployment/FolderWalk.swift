internal import SystemPackage

/// Lists a folder and everything below it, without following links.
struct FolderWalk {
    /// The folder.
    let root: FilePath
    /// The entries to ignore; an excluded folder is not opened.
    let exclusion: PathExclusion
    /// Which entries are skipped and listed rather than refused.
    let tolerance: Deployment.Tolerance

    /// The files and links.
    private(set) var entries: [Deployment.Entry] = []
    /// The entries that are neither files nor links, and those that could not be read.
    private(set) var skipped: [Deployment.Skipped] = []
    /// The folders without entries.
    private(set) var emptyFolders: [String] = []
    private var pending: [(path: String, depth: Int)] = [("", 0)]

    /// Prepares a walk.
    init(root: FilePath, exclusion: PathExclusion, tolerance: Deployment.Tolerance) {
        self.root = root
        self.exclusion = exclusion
        self.tolerance = tolerance
    }

    /// Lists everything; an entry that is removed in the meantime counts as never there.
    ///
    /// - Throws: ``CollectingError``: `unreadable`, `nameNotUTF8` or `tooDeep`.
    mutating func run() throws(CollectingError) {
        while let (folder, depth) = pending.popLast() {
            guard depth < Deployment.depthLimit else {
                throw CollectingError(
                    .tooDeep,
                    at: folder,
                    "folders are nested deeper than \(Deployment.depthLimit) levels"
                )
            }
            do throws(CollectingError) {
                try add(folder, depth: depth)
            } catch  where error.code == .missing && !folder.isEmpty {
                continue
            }
        }
    }

    /// Adds the entries of a folder.
    private mutating func add(_ folder: String, depth: Int) throws(CollectingError) {
        guard let names = try names(in: folder) else { return }
        if names.isEmpty && !folder.isEmpty { emptyFolders.append(folder) }
        for name in names {
            do throws(CollectingError) {
                try add(name, in: folder, depth: depth)
            } catch  where error.code == .missing {
                continue
            }
        }
    }

    /// Returns the names in a folder; nil if the folder is skipped.
    private mutating func names(in folder: String) throws(CollectingError) -> [String]? {
        let place = folder.isEmpty ? root : root.appending(folder)
        guard tolerance != .nothing else { return try FolderListing.names(in: place) }
        do throws(CollectingError) {
            let all = try FolderListing.allNames(in: place)
            skipped += all.others.map { name in
                .init(path: Self.path(of: name, in: folder), reason: .nameNotUTF8)
            }
            return all.names
        } catch {
            guard tolerance == .unreadable, error.code == .unreadable, !folder.isEmpty else { throw error }
            skipped.append(.init(path: folder, reason: .closed(error.message)))
            return nil
        }
    }

    private mutating func add(_ name: String, in folder: String, depth: Int) throws(CollectingError) {
        let path = Self.path(of: name, in: folder)
        let stat = try Deployment.stat(of: root.appending(path), followingLink: false)
        let isFolder = stat.type == .directory
        if isFolder ? exclusion.excludes(folder: path) : exclusion.excludes(path) { return }
        switch stat.type {
        case .directory where name == ".git": skipped.append(.init(path: path, reason: .gitFolder))
        case .directory: pending.append((path, depth + 1))
        case .regular:
            let isExecutable = stat.permissions.contains(.ownerExecute)
            entries.append(.init(path: path, content: .file(size: Int(stat.size), isExecutable: isExecutable)))
        case .symbolicLink:
            let target = try FolderListing.target(ofLink: root.appending(path))
            entries.append(.init(path: path, content: .link(target: target)))
        case .fifo: skipped.append(.init(path: path, reason: .namedPipe))
        case .socket: skipped.append(.init(path: path, reason: .socket))
        default: skipped.append(.init(path: path, reason: .device))
        }
    }

    private static func path(of name: String, in folder: String) -> String {
        guard !folder.isEmpty else { return name }
        // A string that is appended to takes room for more; one made of bytes does not.
        var path = Array(folder.utf8)
        path.reserveCapacity(path.count + 1 + name.utf8.count)
        path.append(UInt8(ascii: "/"))
        path += name.utf8
        return String(decoding: path, as: UTF8.self)
    }
}
