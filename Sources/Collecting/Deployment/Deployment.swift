public import SystemPackage

/// The files that make up one running service, in one folder.
///
/// The value holds names and kinds; contents are read on demand.
public struct Deployment: Sendable {
    /// An entry of the folder.
    public struct Entry: Hashable, Sendable {
        /// The kind of an entry.
        public enum Content: Hashable, Sendable {
            /// A regular file, with its size in bytes.
            case file(size: Int, isExecutable: Bool)
            /// A symbolic link, with its target.
            case link(target: String)
        }

        /// The path relative to the root, with `/` between its components.
        public var path: String
        /// The kind of the entry.
        public var content: Content

        /// Makes an entry.
        public init(path: String, content: Content) {
            self.path = path
            self.content = content
        }
    }

    /// Which entries are skipped; all others that cannot be handled are refused.
    public enum Tolerance: Sendable {
        /// None: the whole tree is needed.
        case nothing
        /// Entries whose names are not UTF-8, because such names cannot be written in a list or an archive.
        case names
        /// Entries whose names are not UTF-8, and folders that cannot be read, except for the root.
        case unreadable
    }

    /// The root folder.
    public let root: FilePath
    /// The files and links, in byte order of their paths.
    public let entries: DeploymentEntries
    /// The entries that are not read, in byte order of their paths: sockets, pipes, devices, the `.git` folder.
    public let skipped: [Skipped]

    /// The empty folders, in byte order of their paths.
    public let emptyFolders: [String]

    /// The maximum nesting depth of a tree.
    static let depthLimit = 128

    /// Lists everything under `root`.
    ///
    /// Links are listed but never followed, so a loop does no harm.
    ///
    /// - Parameters:
    ///   - root: the folder.
    ///   - exclusion: the entries to ignore; an excluded folder is not opened.
    ///   - tolerance: which entries are skipped and listed rather than refused.
    /// - Throws: ``CollectingError``: `missing`, `notAFolder`, `unreadable`, `nameNotUTF8` or `tooDeep`.
    public init(
        root: FilePath,
        excluding exclusion: PathExclusion = PathExclusion(),
        skipping tolerance: Tolerance = .nothing
    ) throws(CollectingError) {
        let stat = try Self.stat(of: root, followingLink: true)
        guard stat.type == .directory else {
            throw CollectingError(.notAFolder, at: root.string, "this is not a folder")
        }
        var walk = FolderWalk(root: root, exclusion: exclusion, tolerance: tolerance)
        try walk.run()
        self.root = root
        entries = walk.entries
        skipped = walk.skipped.sorted { $0.path.precedes($1.path) }
        emptyFolders = walk.emptyFolders.sorted { $0.precedes($1) }
    }

    private init(root: FilePath, entries: DeploymentEntries, skipped: [Skipped], emptyFolders: [String] = []) {
        self.emptyFolders = emptyFolders
        self.root = root
        self.entries = entries
        self.skipped = skipped
    }

    /// Returns the entry at a path; nil if there is none.
    public func entry(at path: String) -> Entry? { index(of: path).map { entries[$0] } }

    /// Returns the index of the entry at a path; nil if there is none.
    package func index(of path: String) -> Int? { entries.index(of: path) }

    /// Makes a deployment of one file; its root is the file's folder.
    ///
    /// - Throws: ``CollectingError``: `missing` or `unreadable`.
    package init(file: FilePath) throws(CollectingError) {
        let stat = try Self.stat(of: file, followingLink: true)
        let isExecutable = stat.permissions.contains(.ownerExecute)
        let content = Entry.Content.file(size: Int(stat.size), isExecutable: isExecutable)
        let name = file.lastComponent?.string ?? ""
        var entries = DeploymentEntries()
        entries.append(name.utf8, in: "", content)
        self.init(root: file.removingLastComponent(), entries: entries, skipped: [])
    }

    /// Returns the deployment without the files and links at these paths.
    public func leavingOut(_ paths: Set<String>) -> Deployment {
        guard !paths.isEmpty else { return self }
        return Deployment(
            root: root,
            entries: entries.leavingOut(paths),
            skipped: skipped,
            emptyFolders: emptyFolders
        )
    }

    static func stat(of path: FilePath, followingLink: Bool) throws(CollectingError) -> Stat {
        do {
            return try Stat(path, followTargetSymlink: followingLink)
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such file or folder")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "cannot be read: \(error)")
        }
    }
}

extension String {
    /// Whether the bytes of this string come before those of `other`: the order of names in archives and reports, which
    /// does not depend on the locale.
    package func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension Deployment {
    /// Whether `path` is a folder, or a link to one.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`.
    public static func isFolder(_ path: FilePath) throws(CollectingError) -> Bool {
        try stat(of: path, followingLink: true).type == .directory
    }

    /// Returns the permissions of the file at `path`: the lower nine bits of its mode.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`.
    public static func permissions(of path: FilePath) throws(CollectingError) -> UInt32 {
        UInt32(try stat(of: path, followingLink: false).permissions.rawValue) & 0o777
    }
}

extension Deployment {
    /// Returns the path of a file relative to a folder, with links resolved; nil if the file is outside.
    ///
    /// The file need not exist; its folder must.
    public static func path(of file: FilePath, in root: FilePath) -> String? {
        guard let name = file.lastComponent, let root = try? PlaceOfFile.resolvedFolder(root),
            let folder = try? PlaceOfFile.resolvedFolder(file.folder)
        else { return nil }
        var path = folder.appending(name)
        return path.removePrefix(root) ? path.string : nil
    }
}
