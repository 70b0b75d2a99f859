internal import Archive
internal import Bundling
internal import Detecting
internal import Sanitizing
internal import Sodium

/// Searches a packed bundle for every value of a sealed map.
///
/// It searches names and contents, which is all that an archive holds.
struct BundleResidue {
    /// The part size for larger files, in bytes.
    var partSize = 1 << 23
    /// The maximum size of an archive in bytes; an archive is searched as a whole.
    var archiveLimit = Sanitize.longestKeptFile
    /// The overlap of two parts, in bytes; it is longer than the longest form of a value.
    var overlap = 1 << 16

    private let check: ResidueCheck
    private let forSecrets: ResidueCheck
    /// The digests of the files that `sanitize` wrote, by path.
    private let proved: [String: Digest]

    /// Prepares to search for the values of `map`, except those that `parameters` lists as kept.
    init(_ map: SealedMap, parameters: ParameterFile) {
        let (values, kept) = map.residue(keeping: parameters.kept)
        check = ResidueCheck(values: values, kept: kept)
        forSecrets = ResidueCheck(values: values.filter(\.isSecret), kept: kept)
        proved = Dictionary(map.files.map { ($0.sanitizedPath, $0.sanitizedDigest) }) { first, _ in first }
    }

    /// Searches a bundle that is ready to be written.
    ///
    /// The files must not change before it is written.
    ///
    /// In a file that is still as `sanitize` wrote and proved it, only secrets are searched for: `sanitize` knew better
    /// than the map which of the other values are common words.
    ///
    /// - Returns: the proof.
    /// - Throws: ``KitError`` `sensitive` if a value is left, or if an archive cannot be searched; what reading a file
    ///   throws.
    func check(_ packed: PreparedBundle) throws -> ResidueCheck.Proof {
        let digests = Dictionary(packed.manifest.files.map { ($0.path, $0.sha256) }) { first, _ in first }
        let results = packed.files.concurrentMap { file in
            Result {
                let isProved = proved[file.path] != nil && proved[file.path] == digests[file.path]
                return try look(through: file, of: packed.manifest, with: isProved ? forSecrets : check)
            }
        }
        var proof = check.emptyProof
        for result in results {
            proof.bytes += try result.get()
            proof.files += 1
        }
        return proof
    }

    private func look(through file: FileToPack, of manifest: Manifest, with check: ResidueCheck) throws -> Int {
        let isArchive = ForeignArchive.begins(try file.source.bytes(0..<min(file.source.count, Self.headSize)))
        guard !isArchive || file.source.count <= archiveLimit else {
            throw Self.gap("archives of more than \(archiveLimit >> 20) MiB are not looked into", in: file.path)
        }
        let partSize = isArchive ? max(1, file.source.count) : partSize
        var start = 0
        repeat {
            let end = min(file.source.count, start + partSize + overlap)
            var bytes = try file.source.bytes(start..<end)
            if file.path == Manifest.name { bytes = Self.words(of: manifest) }
            if file.path == ParameterFile.name { bytes = ParameterFile.withoutOwnWords(bytes) }
            let reading = check.reading(path: file.path, contents: bytes)
            if let residue = reading.residues.first {
                let line = residue.line > 0 && start == 0 ? ":\(residue.line)" : ""
                throw KitError(
                    .sensitive,
                    "\(escaped(file.path.utf8))\(line): a value of kind \(residue.label) from the sealed map is left here, "
                        + "\(residue.form); nothing was packed",
                    remedy: .sanitizingAgain
                )
            }
            if start == 0, end == file.source.count, let gap = reading.gap { throw Self.gap(gap, in: file.path) }
            start += partSize
        } while start < file.source.count
        return file.source.count + file.path.utf8.count
    }

    /// The number of bytes that show whether a file is an archive.
    private static let headSize = 512

    private static func gap(_ reason: String, in path: String) -> KitError {
        KitError(.sensitive, "\(escaped(path.utf8)): it cannot be looked through: \(reason); nothing was packed")
    }

    /// Returns the parts of a manifest that can hold a value.
    ///
    /// Its sizes, times and digests follow from the other files and contain some numbers, such as a PIN, by chance.
    /// File names are checked with the files.
    private static func words(of manifest: Manifest) -> [UInt8] {
        Array("\(manifest.bundleName)\n\(manifest.version)\n".utf8)
    }
}
