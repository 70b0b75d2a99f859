internal import Bundling
internal import Collecting
internal import SystemPackage

extension BundlePacking {
    /// Moves the archive, its signatures and the documents about it to their final paths.
    ///
    /// All of them are on disk before the first one is moved. The archive is moved after its signatures, because an
    /// archive without them would be mistaken for a finished bundle.
    func place(
        _ archive: StagedFile,
        with others: [(name: String, bytes: [UInt8])],
        checksums list: [UInt8]
    ) throws {
        let folder = output.removingLastComponent()
        let list = try Self.merge(list, into: folder.appending(SignedBundle.checksumsFileName))
        let checksums = try StagedFile(
            for: folder.appending(SignedBundle.checksumsFileName),
            mode: 0o644,
            contents: list
        )
        let signatures = try others.map { name, bytes in
            try StagedFile(for: folder.appending(name), mode: 0o644, contents: bytes)
        }
        try checksums.flush()
        try StagedFile.commit(signatures + [archive], replacing: replacesOutput)
        try checksums.commit(replacing: true)
    }

    /// The maximum size of a list of checksums in bytes.
    private static let longestList = 1 << 24

    /// Returns the lines of a list of checksums, merged with the lines for other files that the list at `path` already
    /// holds.
    static func merge(_ lines: [UInt8], into path: FilePath) throws -> [UInt8] {
        var checksums: [String: String] = [:]
        for text in [try Deployment.contents(ofFileIfThere: path, atMost: longestList) ?? [], lines] {
            for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
                guard let separator = line.firstRange(of: "  ") else {
                    throw KitError(.unsuitable, "\(path) is not a list of checksums", hint: "move it away")
                }
                checksums[String(line[separator.upperBound...])] = String(line)
            }
        }
        let sorted = checksums.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return sorted.flatMap { Array("\($0.value)\n".utf8) }
    }
}
