public import Collecting
internal import Detecting
internal import Documents
public import SystemPackage

extension RotationPlan {
    /// Writes the fresh values into the files, all or none, and looks whether they are there.
    ///
    /// - Parameters:
    ///   - root: The root of the deployment that the documents were read from.
    ///   - generation: The running number of the rotation, for the receipt.
    ///   - time: When it is, for the receipt.
    ///   - generator: Makes the names under which new contents are staged.
    /// - Returns: What was done, and what is left to do.
    /// - Throws: ``FileTransactionError`` where the files could not be replaced; ``RotationError`` with code `unverified`
    ///   where they are not as they should be afterwards.
    public func apply(
        at root: FilePath,
        generation: Int,
        time: String,
        using generator: inout some RandomNumberGenerator
    ) throws -> Receipt {
        try apply(in: FileTransaction(root: root), at: root, generation: generation, time: time, using: &generator)
    }

    func apply(
        in transaction: FileTransaction,
        at root: FilePath,
        generation: Int,
        time: String,
        using generator: inout some RandomNumberGenerator
    ) throws -> Receipt {
        let files = try editedFiles()
        let outcome = try transaction.replace(files, using: &generator)
        for file in files {
            let written = try Deployment.contents(ofFile: root.appending(file.path))
            guard written == file.contents else {
                throw RotationError(
                    .unverified,
                    at: file.path,
                    "the file was changed by somebody else just after it was written"
                )
            }
        }
        let exposed = outcome.readableByOthers.map { RotationWarning.readableByOthers(path: $0) }
        return Receipt(of: self, warnings: exposed, generation: generation, time: time)
    }

    /// The files with their edits done, of which none has an old value left and each has the fresh ones at all places.
    func editedFiles() throws -> [FileTransaction.Replacement] {
        guard !secrets.isEmpty else { return [] }
        let old = Propagation(values: secrets.map(\.old))
        let freshValues = secrets.map { SecretGrouping.known($0.fresh.bytes) }
        let fresh = Propagation(values: freshValues)
        return try changes.map { change in
            let before = change.before
            let after = try before.applying(change.edits)
            guard !old.occurrences(in: after).contains(where: { $0.location != nil }) else {
                throw RotationError(.unverified, at: before.path, "an old value would be left in the file")
            }
            let found = fresh.occurrences(in: after).filter { $0.location != nil }
            for (index, secret) in secrets.enumerated() {
                let expected = secret.places.first { $0.path == before.path }?.count ?? 0
                guard found.count(where: { $0.value == index }) == expected else {
                    throw RotationError(
                        .unverified,
                        at: before.path,
                        "the fresh value of \(secret.names[0]) would not be at all of its places"
                    )
                }
            }
            let isEnvironment = before.layers.first?.format == .dotenv
            return FileTransaction.Replacement(
                path: before.path,
                original: before.bytes,
                contents: after.bytes,
                permissions: isEnvironment || options.restrictsAllFiles ? .ownerOnly : .kept
            )
        }
    }
}
