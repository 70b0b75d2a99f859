internal import Documents
public import Sodium
public import SystemPackage

/// A plan to copy a deployment from its source: what is copied where, and what is not copied.
public struct CollectionPlan: Sendable {
    /// The name of the file that records where each part of a collected deployment came from.
    public static let recordName = "deployment.json"
    /// The version of its format.
    public static let recordSchema = 1
    /// The folder of included places in a collected deployment.
    public static let includedFolder = "included"

    /// A file or link that is copied.
    public struct Item: Sendable {
        /// The path in the collected deployment.
        public let path: String
        /// The entry in its own deployment.
        public let entry: Deployment.Entry
        fileprivate let deployment: Deployment
        /// The absolute path of the original.
        fileprivate let origin: FilePath
    }

    /// The deployment in its source folder.
    public let deployment: Deployment
    /// The items to copy: first those of the source, then those of included places, each in byte order of the paths.
    public let items: [Item]
    /// The entries that are not copied, with reasons.
    public let leftOut: [CollectionRecord.LeftOut]
    /// The paths of entries that are not copied because they cannot be read, so that their contents are unknown.
    public let unreadPaths: Set<String>
    /// The outside places that files refer to and that are not included.
    public let related: [RelatedPlace]
    /// The files listed by each ignore file.
    public let ignored: [(file: String, paths: [String])]
    /// The absolute path of the source, without links.
    private let origin: FilePath

    /// Plans to collect a folder.
    ///
    /// - Parameters:
    ///   - deployment: the folder.
    ///   - places: outside folders and files that are copied as well.
    ///   - home: the user's home, for paths that begin with `~`.
    /// - Throws: ``CollectingError``; `alreadyCollected` if the folder is a collected deployment.
    public init(
        of deployment: Deployment,
        including places: [FilePath] = [],
        home: FilePath? = nil
    ) throws(CollectingError) {
        guard !deployment.entries.contains(where: { $0.path == Self.recordName }) else {
            throw CollectingError(
                .alreadyCollected,
                at: deployment.root.appending(Self.recordName).string,
                "the folder contains '\(Self.recordName)', so it is already a collected deployment"
            )
        }
        self.deployment = deployment
        origin = try PlaceOfFile.resolvedFolder(deployment.root)
        var sources: [(folder: String, deployment: Deployment, origin: FilePath)] = [("", deployment, origin)]
        var names: Set<String> = []
        for place in places {
            let path = try PlaceOfFile.resolvedFolder(place)
            let isFolder = try Deployment.isFolder(path)
            let included = isFolder ? try Deployment(root: path, skipping: .unreadable) : try Deployment(file: path)
            let folder = Self.name(of: path, isFolder: isFolder, taken: &names)
            sources.append((folder + "/", included, isFolder ? path : path.removingLastComponent()))
        }
        items = sources.flatMap { folder, deployment, origin in
            deployment.entries.filter { !$0.leadsOutside }.map {
                Item(path: folder + $0.path, entry: $0, deployment: deployment, origin: origin.appending($0.path))
            }
        }
        leftOut = sources.flatMap { folder, deployment, _ in
            deployment.skipped.map { CollectionRecord.LeftOut(path: folder + $0.path, reason: $0.reason.description) }
                + deployment.entries.filter(\.leadsOutside).map { entry in
                    let reason = entry.leadsToRoot ? "a link to its own folder" : "a link that leads outside"
                    return CollectionRecord.LeftOut(path: folder + entry.path, reason: reason)
                }
        }
        unreadPaths = Set(
            sources.flatMap { folder, deployment, _ in
                deployment.skipped.filter(\.isUnknown).map { folder + $0.path }
            }
        )
        let own = sources.dropFirst().map(\.origin)
        related = try RelatedPlaces(of: deployment, home: home).places.filter { place in
            !own.contains { place.path.starts(with: $0) }
        }
        ignored = try Self.ignored(in: deployment)
    }

    /// Returns a unique folder name for an included place: its name without a leading dot.
    private static func name(of place: FilePath, isFolder: Bool, taken: inout Set<String>) -> String {
        let folder = isFolder ? place : place.removingLastComponent()
        let name = String((folder.lastComponent?.string ?? "root").trimmingPrefix { $0 == "." })
        var unique = name
        var number = 1
        while !taken.insert(unique).inserted {
            number += 1
            unique = "\(name)-\(number)"
        }
        return "\(includedFolder)/\(unique)"
    }

    /// Returns the files that git's and Docker's ignore files list.
    private static func ignored(in deployment: Deployment) throws(CollectingError) -> [(String, [String])] {
        var result: [(String, [String])] = []
        for entry in deployment.entries where entry.path.hasSuffix("ignore") && !entry.isLink {
            let bytes: [UInt8]
            do throws(CollectingError) {
                bytes = try deployment.contents(of: entry.path)
            } catch {
                // An unreadable file is reported when it is copied.
                guard error.code == .unreadable else { throw error }
                continue
            }
            guard let file = IgnoreFile(entry.path, bytes) else { continue }
            let paths = deployment.entries.map(\.path).filter(file.names)
            if !paths.isEmpty { result.append((entry.path, paths)) }
        }
        return result
    }

    /// The total size in bytes of the files to copy.
    public var size: Int {
        items.reduce(0) { sum, item in
            guard case .file(let size, _) = item.entry.content else { return sum }
            return sum + size
        }
    }

    /// Copies a file or link into `folder`; a file is readable only by its owner.
    ///
    /// - Returns: the digest of a file; nil for a link.
    /// - Throws: ``CollectingError``.
    public func copy(_ item: Item, to folder: borrowing OutputFolder) throws(CollectingError) -> Digest? {
        switch item.entry.content {
        case .file(_, let isExecutable):
            let bytes = try contents(of: item)
            try folder.write(bytes, to: item.path, isPrivate: true, isExecutable: isExecutable)
            return SHA256.hash(bytes)
        case .link(let target):
            try folder.link(item.path, to: target)
            return nil
        }
    }

    /// Reads a file to copy.
    ///
    /// - Throws: ``CollectingError``.
    public func contents(of item: Item) throws(CollectingError) -> [UInt8] {
        try item.deployment.contents(of: item.entry.path)
    }

    /// Returns the contents of `deployment.json` after copying.
    ///
    /// - Parameters:
    ///   - digests: the digests of the files, by path.
    ///   - unreadable: the paths of unreadable files.
    ///   - time: the time of collection, in seconds since 1970.
    /// - Returns: the record, for ``CollectionRecord/write(to:)``.
    public func record(digests: [String: Digest], unreadable: Set<String> = [], time: Int) -> CollectionRecord {
        let copied = items.filter { !unreadable.contains($0.path) }
        let notRead = unreadable.sorted { $0.precedes($1) }
            .map { CollectionRecord.LeftOut(path: $0, reason: Deployment.Skipped.Reason.unreadable.description) }
        return CollectionRecord(
            kind: "folder",
            source: origin.string,
            time: time,
            parts: copied.map { item in
                CollectionRecord.Part(
                    path: item.path,
                    from: item.origin.string,
                    digest: digests[item.path]?.description
                )
            },
            leftOut: leftOut + notRead
        )
    }
}

extension CollectionRecord {
    /// Writes `deployment.json`.
    ///
    /// - Throws: ``CollectingError``.
    public func write(to folder: borrowing OutputFolder) throws(CollectingError) {
        try folder.write(json().serialized(.indented), to: CollectionPlan.recordName, isPrivate: true)
    }
}

extension Deployment.Entry {
    /// Whether this is a link that leads outside its deployment.
    public var leadsOutside: Bool {
        guard case .link = content else { return false }
        return resolvedTarget() == nil
    }
}
