public import Collecting
internal import Sodium
public import SystemPackage

/// Writes a collection to a folder that only its owner can read.
///
/// It appears complete or not at all.
public struct CollectedFolder: Sendable {
    /// The output folder.
    public var output: FilePath
    /// Whether an existing output may be replaced.
    public var replacesOutput: Bool
    /// The variables of this process, for git.
    public var environment: [String: String]

    /// Configures the workflow; nothing is written yet.
    public init(output: FilePath, replacesOutput: Bool, environment: [String: String]) {
        self.output = output
        self.replacesOutput = replacesOutput
        self.environment = environment
    }

    /// Refuses an output that cannot be made, before anything is read.
    ///
    /// - Throws: ``CollectingError``; ``GitError``.
    public func check(outside sources: [FilePath] = []) throws {
        try Self.check(output, environment: environment)
        try OutputFolder.check(output, outside: sources, replacing: replacesOutput)
    }

    static func check(_ output: FilePath, environment: [String: String]) throws {
        try GitPlace.check(output, environment: environment)
    }

    /// Writes the parts and `deployment.json`.
    ///
    /// - Throws: ``CollectingError``, ``GitError``; ``KitError`` `interrupted`. No output remains then.
    public func write(
        _ parts: [CollectedPart],
        record: CollectionRecord,
        outside sources: [FilePath] = [],
        isInterrupted: () -> Bool = { false }
    ) throws {
        try Self.check(output, environment: environment)
        let folder = try OutputFolder(at: output, outside: sources, replacing: replacesOutput)
        do {
            for part in parts {
                if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
                if let target = part.target {
                    try folder.link(part.path, to: target)
                } else {
                    try folder.write(part.bytes, to: part.path, isPrivate: true, isExecutable: part.isExecutable)
                }
            }
            try record.write(to: folder)
        } catch {
            throw folder.discarded(after: error)
        }
        try folder.commit(isPrivate: true)
    }

    /// Returns the record for `deployment.json` of parts that were made.
    public static func record(
        of parts: [CollectedPart],
        kind: String,
        source: String,
        time: Int,
        leftOut: [CollectionRecord.LeftOut]
    ) -> CollectionRecord {
        CollectionRecord(
            kind: kind,
            source: source,
            time: time,
            parts: parts.map { part in
                CollectionRecord.Part(
                    path: part.path,
                    from: part.origin,
                    digest: part.target == nil ? part.digest.description : nil,
                    rights: part.rights
                )
            },
            leftOut: leftOut
        )
    }

    /// The maximum size of a collection's record in bytes.
    private static let longestRecord = 1 << 26

    /// Returns the parts that differ from an earlier collection.
    ///
    /// - Parameters:
    ///   - record: the new collection.
    ///   - folder: the folder of the earlier collection.
    /// - Returns: the parts that differ.
    /// - Throws: ``CollectingError``; ``KitError`` `unsuitable` if the folder is not a collection.
    public static func changes(
        of record: CollectionRecord,
        since folder: FilePath
    ) throws -> [CollectionRecord.Change] {
        let file = folder.appending(CollectionPlan.recordName)
        guard let bytes = try Deployment.contents(ofFileIfThere: file, atMost: longestRecord) else {
            throw KitError(
                .unsuitable,
                "\(folder) is not a collected deployment: it has no \(file.lastComponent?.string ?? "")"
            )
        }
        let earlier = try CollectionRecord(parsing: bytes)
        guard earlier.kind == record.kind, earlier.source == record.source else {
            throw KitError(
                .unsuitable,
                "\(folder) was collected from somewhere else: \(earlier.kind) \(earlier.source)"
            )
        }
        return record.changes(since: earlier)
    }
}
