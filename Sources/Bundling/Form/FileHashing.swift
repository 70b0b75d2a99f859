internal import Archive
internal import Detecting
internal import Sodium

/// Computes the digests of many files on all cores.
enum FileHashing {
    /// Returns the manifest's entries of the files, in order.
    ///
    /// - Throws: what the first failing source throws.
    static func describe(_ files: [FileToPack]) throws -> [Manifest.File] {
        let digests = files.concurrentMap { file in
            Result {
                var hash = SHA256()
                try file.source.forEachPiece { hash.update($0) }
                return hash.finalize()
            }
        }
        return try zip(files, digests).map { file, digest in
            Manifest.File(
                path: file.path,
                isExecutable: file.isExecutable,
                size: file.source.count,
                sha256: try digest.get()
            )
        }
    }
}
