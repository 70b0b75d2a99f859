public import Collecting
internal import Documents
public import Rotating
internal import Sanitizing
internal import Sodium
public import SystemPackage

/// Gives the secrets in a deployment's files fresh values at all their places, and reports what remains to be done.
public struct Rotate: Sendable {
    /// The folder of the deployment; its files are changed.
    public var root: FilePath
    /// Which secrets are rotated, and how.
    public var options: RotationOptions
    /// The seal of the old values, which a rollback needs; nil if nothing is written or opened.
    public var seal: RotationSeal?

    /// The scan that finds secrets unknown to the catalogue; nil to skip it.
    package var scan: Scan?
    /// Runs `openssl` to make RSA keys; nil if no program may be started.
    package var programs: Programs?
    /// Whether nothing is written in the end, so that a key that takes minutes to create can be replaced with a
    /// placeholder.
    package var isPreview = false

    /// Scrubjay's own files at the root, which are never rotated.
    static let ownFiles: Set<String> = [RotationRecord.name, SealedRotation.name]

    /// Configures the workflow; nothing is read yet.
    public init(root: FilePath, options: RotationOptions, seal: RotationSeal? = nil) {
        self.root = root
        self.options = options
        self.seal = seal
    }

    /// Finishes or rolls back a rotation that was killed.
    ///
    /// - Returns: what was done.
    /// - Throws: ``FileTransactionError``.
    public func recover() throws -> FileTransaction.Recovery {
        guard try Deployment.isFolder(root) else {
            throw CollectingError(.notAFolder, at: root.string, "this is not a folder")
        }
        // A partial file of Scrubjay's own that a killed run left beside the transaction is not needed.
        return try FileTransaction(root: root).recover(
            removing: Self.ownFiles.map { ".\($0).scrubjay-partial" }
        )
    }

    /// Reads the deployment and plans fresh values.
    ///
    /// - Throws: ``CollectingError`` for the first file that cannot be read; ``RotationError``.
    public func plan() throws -> RotationPlan {
        try plan(for: documents(), catalogue: .known(), options: options)
    }

    /// Plans fresh values for documents, and finds their other secrets.
    func plan(
        for documents: [Document],
        catalogue: Catalogue,
        options: RotationOptions
    ) throws -> RotationPlan {
        var plan = try RotationPlan(
            for: documents,
            archives: Self.archives(among: documents),
            catalogue: catalogue,
            options: options,
            random: .system,
            programs: programs,
            isPreview: isPreview
        )
        plan.warnings += try oldValues(in: plan) + unknownSecrets(in: documents, besides: plan)
        return plan
    }

    /// Returns the documents of the deployment, without Scrubjay's own files and without recordings.
    ///
    /// - Throws: ``KitError`` `unsuitable` for a sanitized tree; ``CollectingError``.
    func documents() throws -> [Document] {
        let all = try Deployment(root: root).leavingOut(Self.ownFiles)
        try Self.refuseSanitized(all)
        let deployment = all.leavingOut(try Self.recordings(of: all))
        let (documents, failures) = DocumentReader.read(deployment)
        if let failure = failures.first { throw failure }
        return documents
    }

    /// Refuses a tree written by 'sanitize': its secrets are placeholders, and fresh ones would be published.
    private static func refuseSanitized(_ deployment: Deployment) throws {
        guard deployment.entries.contains(where: { $0.path == ParameterFile.name && !$0.isLink }),
            (try? ParameterFile(parsing: deployment.contents(of: ParameterFile.name))) != nil
        else { return }
        throw KitError(
            .unsuitable,
            "\(deployment.root) is a sanitized tree; its secrets are placeholders, so nothing was changed",
            remedy: .rotatingDeployment
        )
    }

    /// Writes the fresh values to all files or to none.
    ///
    /// - Parameters:
    ///   - plan: the result of ``plan()``.
    ///   - time: the current time for the receipt, as `2026-01-31 23:59:58 UTC`.
    /// - Returns: what was done, and what remains to be done.
    /// - Throws: ``FileTransactionError``; ``RotationError``; ``CollectingError``; ``LiveError`` `pending` if an
    ///   earlier live rotation is not finished.
    public func apply(_ plan: RotationPlan, time: String) throws -> Receipt {
        try requireNothingPending()
        return try write(plan, time: time, isLive: false, overlappingTURN: false)
    }

    /// Whether a live rotation is neither finished nor rolled back.
    ///
    /// - Throws: ``CollectingError`` or ``DocumentError`` if its record cannot be read.
    public func isPending() throws -> Bool { try RotationRecord.read(in: root).record.phase != .done }

    /// Returns the number of the last rotation if it changed only files and can still be undone; nil otherwise.
    ///
    /// Another rotation makes that impossible: the running services may still have the values from before this one.
    ///
    /// - Throws: ``CollectingError`` or ``DocumentError`` if its record cannot be read.
    public func generationOfFilesAlone() throws -> Int? {
        let record = try RotationRecord.read(in: root).record
        guard try !record.isLive && hasOldValues() else { return nil }
        return record.generation
    }

    /// Refuses to begin while an earlier live rotation is neither finished nor rolled back: its old values, which a
    /// rollback needs, would be lost.
    func requireNothingPending() throws {
        switch try RotationRecord.read(in: root).record.phase {
        case .done: return
        case .overlap:
            throw LiveError(
                .pending,
                "the last rotation left the TURN server with two secrets; nothing was changed",
                remedy: .removingOldSecretOrRollingBack
            )
        case .files, .back:
            throw LiveError(
                .pending,
                "an earlier live rotation is not finished; nothing was changed",
                remedy: .resumingOrRollingBack
            )
        }
    }

    /// Writes the plan's files, the record and the sealed old values in one transaction.
    func write(_ plan: RotationPlan, time: String, isLive: Bool, overlappingTURN: Bool) throws -> Receipt {
        var generator = RandomSource.system
        var record = try RotationRecord.read(in: root).record
        record.generation += 1
        record.time = time
        record.phase = isLive ? .files : .done
        record.overlapsUntil = 0
        record.isLive = isLive
        var others = [try ownFile(RotationRecord.name, record.serialized())]
        if let seal {
            let sealed = try SealedRotation(
                plan,
                generation: record.generation,
                isLive: isLive,
                overlappingTURN: overlappingTURN,
                permissions: { try Deployment.permissions(of: root.appending($0)) }
            )
            others.append(try ownFile(SealedRotation.name, try seal.sealed(sealed)))
        }
        return try plan.apply(
            at: root,
            generation: record.generation,
            time: time,
            alongside: others,
            overlappingTURN: overlappingTURN,
            using: &generator
        )
    }

    /// Returns the replacement of one of Scrubjay's own files, or the new file.
    func ownFile(_ name: String, _ contents: [UInt8]) throws -> FileTransaction.Replacement {
        FileTransaction.Replacement(
            path: name,
            original: try Deployment.contents(ofFileIfThere: root.appending(name), atMost: .max),
            contents: contents,
            permissions: .ownerOnly
        )
    }

    /// Whether sealed old values exist.
    ///
    /// - Throws: ``CollectingError``.
    public func hasOldValues() throws -> Bool { try RotationSeal.bytes(in: root)?.isEmpty == false }

    /// Removes the sealed old values, after which no rollback is possible.
    ///
    /// - Returns: whether there were any.
    /// - Throws: ``LiveError`` `pending` if a rotation still needs them; ``CollectingError``.
    public func forget() throws -> Bool {
        try requireNothingPending()
        guard let bytes = try RotationSeal.bytes(in: root) else { return false }
        try PrivateFile.remove(root.appending(SealedRotation.name))
        return !bytes.isEmpty
    }
}
