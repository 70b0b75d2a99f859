internal import Collecting
internal import Documents
public import Sanitizing
internal import Sodium
public import SystemPackage

/// Restores the original of a sanitized tree, byte for byte, from its sealed map.
public struct Restore: Sendable {
    /// The original to be written, and what prevents it.
    public struct Preparation: Sendable {
        /// The map.
        public var map: SealedMap
        /// The files that differ from what was written, by their paths in the sanitized tree.
        public var differences: [Difference]
        /// The files of the tree that no run wrote; they are not restored.
        public var strangers: [String]
    }

    /// A file that differs from what was written.
    public struct Difference: Hashable, Sendable {
        /// Its path in the sanitized tree.
        public var path: String
        /// Whether the file is missing rather than changed.
        public var isMissing: Bool
    }

    /// The sanitized tree; it is only read.
    public var tree: FilePath
    /// The sealed map and the keys that open it.
    public var map: SealedMapFile
    /// The output folder.
    public var output: FilePath
    /// Whether an existing output may be replaced.
    public var replacesOutput: Bool

    /// Configures the workflow; nothing is read yet.
    public init(tree: FilePath, map: SealedMapFile, output: FilePath, replacesOutput: Bool = false) {
        self.tree = tree
        self.map = map
        self.output = output
        self.replacesOutput = replacesOutput
    }

    /// Refuses an output that cannot be made, before any work is done.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `refused`.
    public func checkOutput() throws {
        // A folder that is replaced must not hold the map.
        try map.check(outside: [output])
        // The output of an earlier run is recognised by the paths in the map, which is not open yet.
        if replacesOutput, try PlaceOfFile.exists(output) { return }
        try OutputFolder.check(output, outside: [tree], replacing: replacesOutput)
    }

    /// Opens the map and compares the tree with it.
    ///
    /// - Throws: ``KitError`` `unsuitable` if the map cannot be opened; ``CollectingError``.
    public func prepare() throws -> Preparation {
        let deployment = try Deployment(root: tree)
        var closest: Preparation?
        // After a killed run there may be two maps, and the tree belongs to one of them.
        for map in try map.candidates() {
            let preparation = try compare(deployment, with: map)
            if preparation.differences.isEmpty { return preparation }
            if closest == nil { closest = preparation }
        }
        guard let closest else { preconditionFailure("there is a map, or none could be read") }
        return closest
    }

    /// Writes the original.
    ///
    /// - Parameters:
    ///   - preparation: the result of ``prepare()``.
    ///   - isInterrupted: asked before each file.
    /// - Returns: the number of files and links written.
    /// - Throws: ``KitError`` `incomplete` if the tree differs from what was written, or `interrupted`;
    ///   ``CollectingError``. No output remains then.
    public func apply(_ preparation: Preparation, isInterrupted: () -> Bool = { false }) throws -> Int {
        if let first = preparation.differences.first {
            let others = preparation.differences.count - 1
            let more = others > 0 ? ", and \(others) more are missing or changed" : ""
            throw KitError(
                .incomplete,
                "\(first.path): the file is \(first.isMissing ? "missing" : "changed since it was written")\(more); "
                    + "nothing was restored",
                hint: "restoring needs the unchanged files that sanitize wrote"
            )
        }
        let folder = try OutputFolder(
            at: output,
            outside: [tree],
            replacing: replacesOutput,
            paths: Set(preparation.map.files.map(\.path) + preparation.map.leftOut.map(\.path))
        )
        do {
            try write(preparation, into: folder, isInterrupted)
        } catch {
            throw folder.discarded(after: error)
        }
        let place = folder.place
        // Folders get their original modes before others can look into the new folder.
        try folder.commit(isPrivate: true)
        if let mode = preparation.map.modes[""] { try OutputFolder.setMode(mode, of: place) }
        return preparation.map.files.count + preparation.map.leftOut.count
    }

    private func write(
        _ preparation: Preparation,
        into folder: borrowing OutputFolder,
        _ isInterrupted: () -> Bool
    ) throws {
        let deployment = try Deployment(root: tree)
        for file in preparation.map.files {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            if let target = file.link {
                try folder.link(file.path, to: target)
                continue
            }
            let sanitized = try deployment.contents(of: file.sanitizedPath)
            let original: [UInt8]
            do throws(DocumentError) {
                original = try file.restored(from: sanitized)
            } catch {
                throw KitError(.unsuitable, "\(file.sanitizedPath): \(error.message)")
            }
            try folder.write(
                original,
                to: file.path,
                isPrivate: file.isPrivate,
                isExecutable: file.isExecutable
            )
        }
        for kept in preparation.map.leftOut {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            switch kept.content {
            case .link(let target): try folder.link(kept.path, to: target)
            // A file that was left out had sensitive contents.
            case .file(let contents, let isExecutable):
                try folder.write(contents.bytes, to: kept.path, isPrivate: true, isExecutable: isExecutable)
            }
        }
        try folder.setModes(Self.modes(in: preparation.map))
    }

    /// Returns the original modes of the written files and of the folders that contain them.
    ///
    /// A service that runs as another user may depend on that user's access to a file that holds a secret; without it,
    /// nothing would work.
    private static func modes(in map: SealedMap) -> [String: UInt32] {
        let files = map.files.filter { $0.link == nil }.map(\.path) + map.leftOut.filter(\.isFile).map(\.path)
        let folders = files.flatMap { path in path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) } }
        let written = Set(files + folders)
        return map.modes.filter { written.contains($0.key) }
    }

    private func compare(_ deployment: Deployment, with map: SealedMap) throws -> Preparation {
        var files: Set<String> = []
        for entry in deployment.entries {
            if case .file = entry.content { files.insert(entry.path) }
        }
        var differences: [Difference] = []
        for file in map.files {
            guard files.contains(file.sanitizedPath) else {
                differences.append(Difference(path: file.sanitizedPath, isMissing: true))
                continue
            }
            if SHA256.hash(try deployment.contents(of: file.sanitizedPath)) != file.sanitizedDigest {
                differences.append(Difference(path: file.sanitizedPath, isMissing: false))
            }
        }
        let known = Set(map.files.map(\.sanitizedPath) + [ParameterFile.name])
        let strangers = deployment.entries.map(\.path).filter { !known.contains($0) }
        return Preparation(map: map, differences: differences, strangers: strangers)
    }
}
