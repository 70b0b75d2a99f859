public import Collecting
internal import Detecting
internal import Documents
public import SystemPackage

extension RotationPlan {
    /// Writes the fresh values to all files or to none, and checks the result.
    ///
    /// - Parameters:
    ///   - root: the root of the deployment that the documents were read from.
    ///   - generation: the number of the rotation, for the receipt.
    ///   - time: the current time, for the receipt.
    ///   - others: Scrubjay's own files, to be changed together with the deployment's.
    ///   - isOverlapping: whether a TURN server's file keeps the old secret beside the fresh one.
    ///   - generator: makes the names under which new contents are staged.
    /// - Returns: what was done, and what remains to be done.
    /// - Throws: ``FileTransactionError`` if the files could not be replaced; ``RotationError`` with code `unverified`
    ///   if they are wrong afterwards.
    public func apply(
        at root: FilePath,
        generation: Int,
        time: String,
        alongside others: [FileTransaction.Replacement] = [],
        overlappingTURN isOverlapping: Bool = false,
        using generator: inout some RandomNumberGenerator
    ) throws -> Receipt {
        try apply(
            in: FileTransaction(root: root),
            at: root,
            generation: generation,
            time: time,
            alongside: others,
            overlappingTURN: isOverlapping,
            using: &generator
        )
    }

    func apply(
        in transaction: FileTransaction,
        at root: FilePath,
        generation: Int,
        time: String,
        alongside others: [FileTransaction.Replacement] = [],
        overlappingTURN isOverlapping: Bool = false,
        using generator: inout some RandomNumberGenerator
    ) throws -> Receipt {
        let files = try editedFiles(overlappingTURN: isOverlapping) + others
        let outcome = try transaction.replace(files, using: &generator)
        for file in files {
            guard try Deployment.holds(file.contents, inFile: root.appending(file.path)) else {
                throw RotationError(
                    .unverified,
                    at: file.path,
                    "another program changed the file just after it was written"
                )
            }
        }
        let exposed =
            outcome.readableByOthers.isEmpty ? [] : [RotationWarning.readableByOthers(paths: outcome.readableByOthers)]
        return Receipt(of: self, warnings: exposed, generation: generation, time: time)
    }

    /// Whether a TURN server can be given the old secret beside the fresh one; this is impossible if the secret is only
    /// in its environment.
    ///
    /// - Throws: as ``editedFiles(overlappingTURN:)`` does.
    package func canOverlapTURN() throws -> Bool {
        guard overlapFiles.isEmpty else { return true }
        let pairs = zip(try editedFiles(), try editedFiles(overlappingTURN: true))
        return pairs.contains { $0.contents != $1.contents }
    }

    /// Returns the edited files, checked to have the fresh values at all places and no old value.
    ///
    /// - Parameter isOverlapping: whether a TURN server's file keeps the old secret beside the fresh one; its lines are
    ///   added after the check for old values.
    /// - Returns: the files.
    /// - Throws: ``RotationError`` with code `unverified`; ``DocumentError`` if a file cannot be edited.
    package func editedFiles(overlappingTURN isOverlapping: Bool = false) throws -> [FileTransaction.Replacement] {
        guard !secrets.isEmpty else { return [] }
        let old = Propagation(values: secrets.flatMap(\.old))
        let edited = try changes.map { change in
            let path = change.before.path
            let after = try change.before.applying(change.edits)
            for (edit, location) in zip(change.edits, after.locations) {
                guard try Document.value(in: after.bytes, at: location) == edit.replacement else {
                    throw RotationError(.unverified, at: path, "a fresh value would not be read as it was written")
                }
            }
            let document = Document(path: path, bytes: after.bytes, format: change.before.layers.first?.format)
            guard !old.occurrences(in: document).contains(where: { $0.location != nil }) else {
                throw RotationError(.unverified, at: path, "an old value would be left in the file")
            }
            let isEnvironment = change.before.layers.first?.format == .dotenv
            return FileTransaction.Replacement(
                path: path,
                original: change.before.bytes,
                contents: isOverlapping
                    ? overlap.contents(before: change.before.bytes, after: after.bytes) : after.bytes,
                permissions: isEnvironment || options.restrictsAllFiles ? .ownerOnly : .kept
            )
        }
        guard isOverlapping else { return edited }
        return edited
            + overlapFiles.map { file in
                FileTransaction.Replacement(
                    path: file.path,
                    original: file.bytes,
                    contents: overlap.contents(before: file.bytes, after: file.bytes),
                    permissions: options.restrictsAllFiles ? .ownerOnly : .kept
                )
            }
    }
}
