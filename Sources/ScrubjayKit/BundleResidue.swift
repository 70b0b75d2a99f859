internal import Archive
internal import Bundling
internal import Detecting
internal import Sanitizing
internal import Sodium

/// Looks for every value of a sealed map in what is packed: names and contents, which are all that an archive holds.
struct BundleResidue {
    /// A file of more bytes is looked through in parts.
    var partSize = 1 << 23
    /// The bytes with which a part reaches into the next one: more than the longest form of a value has.
    var overlap = 1 << 16

    private let check: ResidueCheck
    private let forSecrets: ResidueCheck
    /// The digests of the files that `sanitize` wrote, by their paths.
    private let proved: [String: Digest]

    /// Prepares to look for the values of `map`, apart from those that `parameters` says are kept.
    init(_ map: SealedMap, parameters: ParameterFile) {
        let (values, kept) = map.residue(keeping: parameters.kept)
        check = ResidueCheck(values: values, kept: kept)
        forSecrets = ResidueCheck(values: values.filter(\.isSecret), kept: kept)
        proved = Dictionary(map.files.map { ($0.sanitizedPath, $0.sanitizedDigest) }) { first, _ in first }
    }

    /// Looks through a bundle that is ready to be written; the files must not change until it is.
    ///
    /// In a file that is what `sanitize` wrote and proved, secrets alone are looked for: it knew better than the map does
    /// which of the other values are words that stand everywhere.
    ///
    /// - Returns: what was proved.
    /// - Throws: ``KitError`` `sensitive` where a value is left; what reading a file throws.
    func check(_ packed: PackedBundle) throws -> ResidueCheck.Proof {
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

    private func look(through file: PackedFile, of manifest: Manifest, with check: ResidueCheck) throws -> Int {
        var proof = check.emptyProof
        var start = 0
        repeat {
            let end = min(file.source.count, start + partSize + overlap)
            var bytes = try file.source.bytes(start..<end)
            if file.path == Manifest.name { bytes = Self.words(of: manifest) }
            if file.path == ParameterFile.name { bytes = ParameterFile.withoutOwnWords(bytes) }
            if let residue = check.check(path: file.path, contents: bytes, proof: &proof).first {
                let line = residue.line > 0 && start == 0 ? ":\(residue.line)" : ""
                throw KitError(
                    .sensitive,
                    "\(escaped(file.path.utf8))\(line): a value of kind \(residue.label) from the sealed map is left here, "
                        + "\(residue.form); nothing was packed",
                    hint: "run 'scrubjay sanitize' again, and bundle its output"
                )
            }
            start += partSize
        } while start < file.source.count
        return file.source.count + file.path.utf8.count
    }

    /// What of a manifest can hold a value.
    ///
    /// Its sizes, times and digests follow from the other files and hold some number by
    /// chance, such as a PIN; the names of the files are looked at with the files.
    private static func words(of manifest: Manifest) -> [UInt8] {
        Array("\(manifest.bundleName)\n\(manifest.version)\n".utf8)
    }
}
