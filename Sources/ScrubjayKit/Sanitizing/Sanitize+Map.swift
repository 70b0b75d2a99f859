internal import Collecting
internal import Documents
internal import Sanitizing
internal import Sodium
internal import SystemPackage

extension Sanitize {
    /// The maximum size in bytes of a left-out file that is stored in the sealed map: 16 MiB.
    ///
    /// Configuration, keys and account stores are far smaller; recordings and databases do not belong in a map.
    public static let longestKeptFile = 1 << 24

    /// Returns the map of what was written, and its recipients.
    func seal(
        _ preparation: Preparation,
        files: [SealedMap.File],
        time: Int,
        for file: SealedMapFile
    ) throws -> (map: SealedMap, recipients: [AgeRecipient]) {
        let recipients = try file.nextRecipients(after: preparation.lastMap)
        let (leftOut, absent) = try Self.rest(of: preparation)
        let map = SealedMap(
            generation: (preparation.lastMap?.generation ?? 0) + 1,
            recipients: recipients.compactMap(\.text),
            values: SealedMap.values(of: preparation.plan, earlier: preparation.known, time: time),
            files: files,
            leftOut: leftOut,
            absent: absent,
            modes: try Self.modes(
                of: files.filter { $0.link == nil }.map(\.path) + leftOut.filter(\.isFile).map(\.path),
                in: source
            )
        )
        return (map, recipients)
    }

    /// Returns the permission bits of files and of the folders that contain them.
    private static func modes(of paths: [String], in root: FilePath) throws(CollectingError) -> [String: UInt32] {
        var modes = ["": try Deployment.permissions(of: PlaceOfFile.resolvedFolder(root))]
        for path in paths {
            var path = path[...]
            while modes[String(path)] == nil {
                modes[String(path)] = try Deployment.permissions(of: root.appending(String(path)))
                path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
            }
        }
        return modes
    }

    /// Returns what the sanitized tree does not hold: what the map can store, and what it cannot.
    private static func rest(
        of preparation: Preparation
    ) throws -> (leftOut: [SealedMap.Kept], absent: [SealedMap.Absent]) {
        let written = Set(preparation.plan.files.map(\.source))
        var leftOut: [SealedMap.Kept] = []
        let deployment = preparation.deployment
        var absent = deployment.skipped.map { SealedMap.Absent(path: $0.path, reason: $0.reason.description) }
        absent += deployment.emptyFolders.map { SealedMap.Absent(path: $0, reason: "an empty folder") }
        for entry in preparation.deployment.entries where !written.contains(entry.path) {
            switch entry.content {
            case .link(let target): leftOut.append(SealedMap.Kept(path: entry.path, content: .link(target)))
            case .file(_, let isExecutable):
                let bytes = try preparation.deployment.contents(of: entry.path)
                if bytes.count <= longestKeptFile {
                    let content = SealedMap.Kept.Content.file(OriginalBytes(bytes), isExecutable: isExecutable)
                    leftOut.append(SealedMap.Kept(path: entry.path, content: content))
                } else {
                    absent.append(
                        SealedMap.Absent(
                            path: entry.path,
                            reason: "a file of more than \(longestKeptFile >> 20) MiB",
                            file: SealedMap.Absent.Contents(size: bytes.count, digest: SHA256.hash(bytes))
                        )
                    )
                }
            }
        }
        return (leftOut, absent)
    }
}

extension Deployment {
    /// The target of each link, by the link's path.
    var linkTargets: [String: String] {
        var targets: [String: String] = [:]
        for entry in entries {
            if case .link(let target) = entry.content { targets[entry.path] = target }
        }
        return targets
    }
}
