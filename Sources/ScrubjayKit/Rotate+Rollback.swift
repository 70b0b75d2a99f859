internal import Collecting
internal import Documents
package import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// The paths of the files that ``rollBack(live:time:)`` would put back; nothing is written.
    ///
    /// - Throws: ``LiveError`` `nothingPending` or `changedSince`; ``CollectingError``.
    package func filesToRollBack() throws -> [String] { try replacements(of: sealedRotation()).map(\.path) }

    /// The files of a rotation as they were before it.
    ///
    /// - Throws: ``LiveError`` `changedSince` where one is not as the rotation left it.
    private func replacements(of sealed: SealedRotation) throws -> [FileTransaction.Replacement] {
        try sealed.files.map { file in
            let current = try Deployment.contents(ofFile: root.appending(file.path), atMost: .max)
            guard file.after.contains(SealedRotation.digest(of: current)) else {
                throw LiveError(
                    .changedSince,
                    "\(file.path) was changed after the rotation; nothing was changed",
                    hint: "put it back as the rotation left it, or rotate once more instead"
                )
            }
            return FileTransaction.Replacement(path: file.path, original: current, contents: file.original.exposed)
        }
    }

    /// Puts files, and what runs where that was changed, back to what they were before the last rotation.
    ///
    /// - Parameters:
    ///   - live: how what runs is spoken to; nil where nothing runs.
    ///   - time: when it is, for the record.
    /// - Returns: the paths of the files, and what runs says; nil where nothing that runs was changed.
    /// - Throws: ``LiveError`` `nothingPending` or `changedSince`, with nothing changed; ``FileTransactionError``.
    package func rollBack(live: LiveOptions?, time: String) throws -> (paths: [String], report: LiveReport?) {
        let sealed = try sealedRotation()
        var record = try RotationRecord.read(in: root).record
        guard record.phase != .back else {
            throw LiveError(.pending, "the way back was begun already", hint: "go on with --resume")
        }
        let start = live?.pace.now()
        var replacements = try replacements(of: sealed)
        let isLive = live != nil && sealed.isLive
        guard isLive || !sealed.isLive else {
            throw LiveError(.notReady, "the rotation changed what runs, too, so that must be there to go back")
        }
        // Found before anything is changed: what cannot be reached cannot be put back.
        let loaded = try live.map { try load(sealed, live: $0) }
        record.phase = isLive ? .back : .done
        record.time = time
        replacements.append(try ownFile(RotationRecord.name, record.serialized()))
        if !isLive { replacements.append(try ownFile(SealedRotation.name, [])) }
        var generator = SystemRandomNumberGenerator()
        _ = try FileTransaction(root: root).replace(replacements, using: &generator)
        let paths = sealed.files.map(\.path)
        guard isLive, let live, let (deployment, secrets) = loaded, let start else {
            try PrivateFile.remove(root.appending(SealedRotation.name))
            return (paths, nil)
        }
        var rotation = rotation(of: secrets.map(\.reversed), in: deployment, catalogue: try .known(), live: live)
        guard rotation.carryOut(isInterrupted: live.isInterrupted) else { throw Self.interruption }
        let report = LiveReport(
            action: .rolledBack,
            generation: record.generation,
            evidence: deployment.evidence,
            outcomes: rotation.prove(overlap: nil),
            milliseconds: Self.milliseconds(live.pace.now() - start)
        )
        try settle(report, live: live)
        if report.isProved { try PrivateFile.remove(root.appending(SealedRotation.name)) }
        return (paths, report)
    }
}
