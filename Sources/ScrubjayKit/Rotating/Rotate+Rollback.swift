internal import Collecting
internal import Documents
package import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// Returns the paths of the files that ``rollBack(live:time:)`` would restore; nothing is written.
    ///
    /// - Throws: ``LiveError`` `nothingPending` or `changedSince`; ``CollectingError``.
    package func filesToRollBack() throws -> [String] { try replacements(of: sealedRotation()).map(\.path) }

    /// Returns the replacements that restore the contents of files from before a rotation.
    ///
    /// - Throws: ``LiveError`` `changedSince` if a file has changed since the rotation.
    private func replacements(of sealed: SealedRotation) throws -> [FileTransaction.Replacement] {
        try sealed.files.map { file in
            let current = try Deployment.contents(ofFile: root.appending(file.path), atMost: .max)
            guard file.after.contains(SealedRotation.digest(of: current)) else {
                throw LiveError(
                    .changedSince,
                    "\(file.path) was changed after the rotation; nothing was changed",
                    hint: "restore it as the rotation left it, or rotate again instead"
                )
            }
            return FileTransaction.Replacement(
                path: file.path,
                original: current,
                contents: file.original.exposed,
                permissions: try permissions(of: file)
            )
        }
    }

    /// Returns the permissions that a file gets back: those from before the rotation narrowed them, unless they were
    /// changed again since.
    private func permissions(of file: SealedRotation.File) throws -> FileTransaction.Replacement.Permissions {
        guard let mode = file.mode, try Deployment.permissions(of: root.appending(file.path)) == mode & 0o700 else {
            return .kept
        }
        return .bits(mode)
    }

    /// Undoes the last rotation in the files, and in the running services if they were changed.
    ///
    /// - Parameters:
    ///   - live: the options for running services; nil if nothing runs.
    ///   - time: the current time, for the record.
    /// - Returns: the paths of the files, and the report on the services; nil if no service was changed.
    /// - Throws: ``LiveError`` `nothingPending` or `changedSince`, with nothing changed; ``FileTransactionError``.
    package func rollBack(live: LiveOptions?, time: String) throws -> (paths: [String], report: LiveReport?) {
        let sealed = try sealedRotation()
        var record = try RotationRecord.read(in: root).record
        guard record.phase != .back else {
            throw LiveError(.pending, "a rollback has already begun", remedy: .resuming)
        }
        let start = live?.pace.now()
        var replacements = try replacements(of: sealed)
        let isLive = live != nil && sealed.isLive
        guard isLive || !sealed.isLive else {
            throw LiveError(.notReady, "the rotation also changed running services, so they must be running to go back")
        }
        // Services that cannot be reached cannot be restored, so they are found before anything is changed.
        let loaded = try live.map { try load(sealed, live: $0) }
        record.phase = isLive ? .back : .done
        record.time = time
        replacements.append(try ownFile(RotationRecord.name, record.serialized()))
        if !isLive { replacements.append(try ownFile(SealedRotation.name, [])) }
        var generator = RandomSource.system
        _ = try FileTransaction(root: root).replace(replacements, using: &generator)
        let paths = sealed.files.map(\.path)
        guard isLive, let live, let loaded, let start else {
            try PrivateFile.remove(root.appending(SealedRotation.name))
            return (paths, nil)
        }
        let rotation = rotation(
            of: loaded.secrets.map(\.reversed),
            in: loaded.deployment,
            catalogue: try .known(),
            live: live
        )
        guard rotation.carryOut(isInterrupted: live.isInterrupted) else { throw Self.interruption }
        let report = LiveReport(
            action: .rolledBack,
            generation: record.generation,
            evidence: loaded.deployment.evidence,
            outcomes: rotation.prove(overlap: nil),
            milliseconds: Self.milliseconds(live.pace.now() - start)
        )
        try settle(report, live: live)
        if report.isProved { try PrivateFile.remove(root.appending(SealedRotation.name)) }
        return (paths, report)
    }
}
