internal import Documents
internal import SystemPackage

/// A deployment about to be copied out of its source: what goes where, and what does not.
public struct Collection: Sendable {
    /// The name of the file that says where each part of a collected deployment came from.
    public static let recordName = "deployment.json"
    /// The version of that file's format.
    public static let recordSchema = 1

    /// The deployment as it lies in its source.
    public let deployment: Deployment
    /// The absolute path of the source, with no link in it.
    private let origin: FilePath
    /// The links that are left out because they lead outside; in byte order of their paths.
    public let outwardLinks: [String]

    /// Plans to collect a folder.
    ///
    /// - Throws: ``CollectingError``; `alreadyCollected` where the folder is a collected deployment.
    public init(of deployment: Deployment) throws(CollectingError) {
        guard !deployment.entries.contains(where: { $0.path == Self.recordName }) else {
            throw CollectingError(
                .alreadyCollected,
                at: deployment.root.appending(Self.recordName).string,
                "the folder holds a '\(Self.recordName)', so it is a collected deployment already"
            )
        }
        self.deployment = deployment
        self.origin = try OutputFolder.resolved(deployment.root)
        self.outwardLinks = deployment.entries.filter(\.leadsOutside).map(\.path)
    }

    /// The entries that are copied.
    public var entries: [Deployment.Entry] { deployment.entries.filter { !$0.leadsOutside } }

    /// The number of bytes in the files that are copied.
    public var size: Int {
        entries.reduce(0) { sum, entry in
            guard case .file(let size, _) = entry.content else { return sum }
            return sum + size
        }
    }

    /// Copies one entry into `folder`, a file readable by its owner alone.
    ///
    /// - Throws: ``CollectingError``.
    public func copy(_ entry: Deployment.Entry, to folder: borrowing OutputFolder) throws(CollectingError) {
        switch entry.content {
        case .file(_, let isExecutable):
            let bytes = try deployment.contents(of: entry.path)
            try folder.write(bytes, to: entry.path, isPrivate: true, isExecutable: isExecutable)
        case .link(let target): try folder.link(entry.path, to: target)
        }
    }

    /// Writes `deployment.json`, which says where each part came from.
    ///
    /// - Throws: ``CollectingError``.
    public func writeRecord(to folder: borrowing OutputFolder) throws(CollectingError) {
        try folder.write(record().serialized(.indented), to: Self.recordName, isPrivate: true)
    }

    /// The contents of `deployment.json`.
    func record() -> JSONValue {
        [
            "schema": .integer(Self.recordSchema),
            "source": ["kind": "folder", "path": .string(origin.string)],
            "parts": .array(
                entries.map { entry in
                    ["path": .string(entry.path), "from": .string(origin.appending(entry.path).string)]
                }
            ),
            "leftOut": .array(
                deployment.skipped.map { ["path": .string($0.path), "reason": .string($0.reason)] }
                    + outwardLinks.map { ["path": .string($0), "reason": "a link that leads outside"] }
            ),
        ]
    }
}

extension Deployment.Entry {
    /// Whether this is a link to somewhere outside of its deployment.
    public var leadsOutside: Bool {
        guard case .link = content else { return false }
        return resolvedTarget() == nil
    }
}
