internal import Archive
public import Bundling
internal import Collecting
internal import Sodium
public import SystemPackage

/// What hydrating a newer version of a bundle over a deployment changes.
///
/// It holds secrets, and shows none.
public struct DeploymentUpdate: Sendable {
    /// What becomes of one file.
    public struct Change: Sendable {
        /// The path relative to the deployment's root.
        public var path: String
        /// Whether there was no such file.
        public var isNew: Bool
        /// The lines that go, with their numbers in the file as it is: names of settings, and masks of their values.
        public var removedLines: [(number: Int, text: String)]
        /// The lines that come, with their numbers, as the bundle has them: with stand-ins for values.
        public var addedLines: [(number: Int, text: String)]
    }

    /// The files that change, in byte order of their paths.
    public var changes: [Change]
    private let root: FilePath
    private let newFiles: [HydratedFile]
    private let replacements: [FileTransaction.Replacement]
    private let newCopies: [ArchiveEntry]

    /// Compares a plan with the deployment at `root`.
    ///
    /// - Parameters:
    ///   - plan: which value each parameter has.
    ///   - template: the plan without any value, whose files are the bundle's.
    ///   - root: the deployment.
    /// - Throws: ``BundleError``; ``CollectingError``; ``KitError`` `unsuitable` for a large file that differs.
    public init(_ plan: HydrationPlan, template: [String: [UInt8]], of root: FilePath) throws {
        self.root = root
        let masked = MaskedLines(among: Array(template.values))
        var changes: [Change] = []
        var newFiles: [HydratedFile] = []
        var replacements: [FileTransaction.Replacement] = []
        for file in try plan.files() {
            let bundled = template[file.path] ?? file.bytes
            guard let existing = try Self.contents(of: file.path, in: root) else {
                newFiles.append(file)
                let lines = Self.lines(of: bundled).enumerated().map { ($0 + 1, Self.text($1)) }
                changes.append(Change(path: file.path, isNew: true, removedLines: [], addedLines: lines))
                continue
            }
            guard existing != file.bytes else { continue }
            replacements.append(
                FileTransaction.Replacement(
                    path: file.path,
                    original: existing,
                    contents: file.bytes,
                    permissions: file.holdsSecret ? .ownerOnly : .kept
                )
            )
            changes.append(Self.change(file.path, from: existing, to: file.bytes, bundled: bundled, masked))
        }
        var newCopies: [ArchiveEntry] = []
        for entry in plan.copies where try Self.contents(of: entry.path, in: root) == nil {
            newCopies.append(entry)
            changes.append(Change(path: entry.path, isNew: true, removedLines: [], addedLines: []))
        }
        self.changes = changes.sorted { MemberPath.precedes($0.path, $1.path) }
        self.newFiles = newFiles
        self.newCopies = newCopies
        self.replacements = replacements
    }

    /// Writes what changes: the new files first, then all others in one step.
    ///
    /// - Parameter bundle: where the large files are.
    /// - Throws: ``CollectingError``; ``FileTransactionError``; ``BundleError`` `changed`.
    public func apply(of bundle: VerifiedBundle) throws {
        let transaction = FileTransaction(root: root)
        _ = try transaction.recover()
        for file in newFiles {
            let place = root.appending(file.path)
            try PrivateFile.makeFolders(for: place)
            try PrivateFile.write(file.bytes, to: place, mode: UInt32(file.mode), replacing: false)
        }
        if !newCopies.isEmpty {
            let wanted = Set(newCopies.map(\.path))
            for member in try bundle.members(where: { wanted.contains($0.path) }) {
                let place = root.appending(member.path)
                try PrivateFile.makeFolders(for: place)
                try PrivateFile.write(member.bytes, to: place, mode: UInt32(member.mode), replacing: false)
            }
        }
        var generator = SystemRandomNumberGenerator()
        _ = try transaction.replace(replacements, using: &generator)
    }

    /// The bytes of a file of a deployment; nil where there is none.
    static func contents(of path: String, in root: FilePath) throws -> [UInt8]? {
        do throws(CollectingError) {
            return try Deployment.contents(ofFile: root.appending(path))
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }

    // MARK: - Lines

    private static func change(
        _ path: String,
        from existing: [UInt8],
        to new: [UInt8],
        bundled: [UInt8],
        _ masked: MaskedLines
    ) -> Change {
        let (old, new, shown) = (lines(of: existing), lines(of: new), lines(of: bundled))
        let difference = new.difference(from: old)
        let removed = difference.removals.map { change -> Int in
            guard case .remove(let offset, _, _) = change else { return 0 }
            return offset + 1
        }
        let added = difference.insertions.compactMap { change -> (Int, String)? in
            guard case .insert(let offset, _, _) = change else { return nil }
            // Values have no line ends, so that the bundle's file has the same lines.
            return (offset + 1, shown.count == new.count ? text(shown[offset]) : "")
        }
        let texts = masked.masked(removed, of: path, existing)
        return Change(
            path: path,
            isNew: false,
            removedLines: removed.map { ($0, texts[$0] ?? "") },
            addedLines: added
        )
    }

    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String { escaped(line) }
}

extension DeploymentUpdate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How many files change.
    public var description: String { "DeploymentUpdate(\(changes.count) files)" }
    /// How many files change.
    public var debugDescription: String { description }
    /// The paths, and not the contents.
    public var customMirror: Mirror { Mirror(self, children: ["paths": changes.map(\.path)]) }
}
