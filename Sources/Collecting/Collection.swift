internal import Documents
public import Sodium
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
    /// - Returns: the digest of a file; nil of a link.
    /// - Throws: ``CollectingError``.
    public func copy(_ entry: Deployment.Entry, to folder: borrowing OutputFolder) throws(CollectingError) -> Digest? {
        switch entry.content {
        case .file(_, let isExecutable):
            let bytes = try deployment.contents(of: entry.path)
            try folder.write(bytes, to: entry.path, isPrivate: true, isExecutable: isExecutable)
            return SHA256.hash(bytes)
        case .link(let target):
            try folder.link(entry.path, to: target)
            return nil
        }
    }

    /// What `deployment.json` says, once everything is copied.
    ///
    /// - Parameters:
    ///   - digests: the digests of the files, by their paths.
    ///   - time: when it was collected, in seconds since 1970.
    /// - Returns: the record, which ``CollectionRecord/write(to:)`` writes.
    public func record(digests: [String: Digest], time: Int) -> CollectionRecord {
        CollectionRecord(
            kind: "folder",
            source: origin.string,
            time: time,
            parts: entries.map { entry in
                CollectionRecord.Part(
                    path: entry.path,
                    from: origin.appending(entry.path).string,
                    digest: digests[entry.path]?.description
                )
            },
            leftOut: deployment.skipped.map { CollectionRecord.LeftOut(path: $0.path, reason: $0.reason) }
                + outwardLinks.map { CollectionRecord.LeftOut(path: $0, reason: "a link that leads outside") }
        )
    }
}

extension CollectionRecord {
    /// Writes `deployment.json`.
    ///
    /// - Throws: ``CollectingError``.
    public func write(to folder: borrowing OutputFolder) throws(CollectingError) {
        try folder.write(json().serialized(.indented), to: Collection.recordName, isPrivate: true)
    }
}

extension Deployment.Entry {
    /// Whether this is a link to somewhere outside of its deployment.
    public var leadsOutside: Bool {
        guard case .link = content else { return false }
        return resolvedTarget() == nil
    }
}
