internal import SystemPackage

/// Lists a folder and everything below it, without following links.
struct FolderWalk {
    /// The folder.
    let root: FilePath
    /// The entries to ignore; an excluded folder is not opened.
    let exclusion: PathExclusion
    /// Which entries are skipped and listed rather than refused.
    let tolerance: Deployment.Tolerance

    /// The files and links, in byte order of their paths.
    private(set) var entries = DeploymentEntries()
    /// The entries that are neither files nor links, and those that could not be read.
    private(set) var skipped: [Deployment.Skipped] = []
    /// The folders without entries.
    private(set) var emptyFolders: [String] = []
    /// What is still to be listed, with the next at the end.
    private var pending: [Pending] = [Pending(name: "", folder: "", depth: 0)]

    /// An entry of a folder that was listed.
    private struct Pending {
        var name: String
        /// The path of its folder; empty for the root.
        var folder: String
        /// The number of folders above it.
        var depth: Int
        /// What it is; nil for a folder.
        var content: Deployment.Entry.Content?

        /// The part of the paths in it that decides on the order among its neighbours.
        var sortKey: String { content == nil ? name + "/" : name }
    }

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
        while let next = pending.popLast() {
            if let content = next.content {
                entries.append(next.name.utf8, in: next.folder, content)
                continue
            }
            let folder = DeploymentEntries.path(of: next.name.utf8, in: next.folder)
            guard next.depth < Deployment.depthLimit else {
                throw CollectingError(
                    .tooDeep,
                    at: folder,
                    "folders are nested deeper than \(Deployment.depthLimit) levels"
                )
            }
            do throws(CollectingError) {
                try list(folder, depth: next.depth)
            } catch  where error.code == .missing && !folder.isEmpty {
                continue
            }
        }
        entries.shrink()
    }

    /// Adds the entries of a folder to those still to be listed.
    private mutating func list(_ folder: String, depth: Int) throws(CollectingError) {
        guard let names = try names(in: folder) else { return }
        if names.isEmpty && !folder.isEmpty { emptyFolders.append(folder) }
        var found: [Pending] = []
        for name in names {
            do throws(CollectingError) {
                if let entry = try entry(name, in: folder, depth: depth) { found.append(entry) }
            } catch  where error.code == .missing {
                continue
            }
        }
        pending += found.sorted { $1.sortKey.precedes($0.sortKey) }
    }

    /// Returns the names in a folder; nil if the folder is skipped.
    private mutating func names(in folder: String) throws(CollectingError) -> [String]? {
        let place = folder.isEmpty ? root : root.appending(folder)
        guard tolerance != .nothing else { return try FolderListing.names(in: place) }
        do throws(CollectingError) {
            let all = try FolderListing.allNames(in: place)
            skipped += all.others.map { name in
                .init(path: DeploymentEntries.path(of: name.utf8, in: folder), reason: .nameNotUTF8)
            }
            return all.names
        } catch {
            guard tolerance == .unreadable, error.code == .unreadable, !folder.isEmpty else { throw error }
            skipped.append(.init(path: folder, reason: .closed(error.message)))
            return nil
        }
    }

    /// Returns an entry of a folder; nil if it is ignored or skipped.
    private mutating func entry(_ name: String, in folder: String, depth: Int) throws(CollectingError) -> Pending? {
        let path = DeploymentEntries.path(of: name.utf8, in: folder)
        let stat = try Deployment.stat(of: root.appending(path), followingLink: false)
        let isFolder = stat.type == .directory
        if isFolder ? exclusion.excludes(folder: path) : exclusion.excludes(path) { return nil }
        var entry = Pending(name: name, folder: folder, depth: depth)
        switch stat.type {
        case .directory where name == ".git": return skip(path, .gitFolder)
        case .directory: entry.depth += 1
        case .regular:
            let isExecutable = stat.permissions.contains(.ownerExecute)
            entry.content = .file(size: Int(stat.size), isExecutable: isExecutable)
        case .symbolicLink:
            entry.content = .link(target: try FolderListing.target(ofLink: root.appending(path)))
        case .fifo: return skip(path, .namedPipe)
        case .socket: return skip(path, .socket)
        default: return skip(path, .device)
        }
        return entry
    }

    private mutating func skip(_ path: String, _ reason: Deployment.Skipped.Reason) -> Pending? {
        skipped.append(.init(path: path, reason: reason))
        return nil
    }
}
