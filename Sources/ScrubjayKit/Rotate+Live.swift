internal import Collecting
internal import Documents
package import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// A rotation of what runs that was planned: files, services, values.
    package struct LivePlan {
        /// The plan of the files.
        package var plan: RotationPlan
        /// What runs.
        package var deployment: LiveDeployment
        /// What the owner should know before anything is done, in sentences.
        package var notes: [String]
        fileprivate var variables: DeploymentVariables
    }

    /// Finds what runs, and plans fresh values for what it can take.
    ///
    /// A secret of a TURN server that is not among what runs stays, unless it was named: the server must learn it first.
    ///
    /// - Throws: ``LiveError``; ``ProcessError``; and as ``plan()`` does.
    package func planLive(_ live: LiveOptions) throws -> LivePlan {
        let catalogue = try Catalogue.known()
        let documents = try documents()
        let deployment = try find(live, documents: documents, catalogue: catalogue)
        var options = options
        var notes: [String] = []
        if deployment.services(of: "coturn").isEmpty {
            let turn = catalogue.settings.filter { $0.proof?.split(separator: " ").first == "turn" }.map(\.name)
            let unnamed = turn.filter { options.only?.contains($0) != true && !options.except.contains($0) }
            options.except.formUnion(unnamed)
            if !unnamed.isEmpty {
                notes.append(
                    "no TURN server of the deployment runs here, so \(unnamed.joined(separator: " and ")) stay as they are: "
                        + "rotate them by name when you change the server, too"
                )
            }
        }
        let plan = try RotationPlan(for: documents, catalogue: catalogue, options: options, random: .system)
        let variables = DeploymentVariables(in: documents, catalogue: catalogue).completed(by: deployment.variables)
        return LivePlan(plan: plan, deployment: deployment, notes: notes, variables: variables)
    }

    /// Carries a plan into the files and into what runs, and proves it.
    ///
    /// - Throws: ``LiveError`` `notReady` with nothing changed, or `pending`; and as ``apply(_:time:)`` does.
    package func apply(_ planned: LivePlan, live: LiveOptions, time: String) throws -> (Receipt, LiveReport) {
        try requireNothingPending()
        guard seal != nil else {
            throw KitError(.incomplete, "a rotation of what runs needs a key to seal the old values")
        }
        let start = live.pace.now()
        let catalogue = try Catalogue.known()
        let secrets = planned.plan.secrets.map { $0.live(catalogue: catalogue, variables: planned.variables) }
        var rotation = rotation(of: secrets, in: planned.deployment, catalogue: catalogue, live: live)
        live.say("asking every service about the values that go")
        try rotation.examine()
        let hasTURN = secrets.contains { $0.components.contains("coturn") }
        let seconds = live.overlap ?? planned.variables.overlap
        let isOverlapping = hasTURN && seconds > 0 && !planned.deployment.services(of: "coturn").isEmpty
        let receipt = try write(planned.plan, time: time, isLive: true, overlappingTURN: isOverlapping)
        live.say("the files have the new values")
        rotation.carryOut()
        let until = isOverlapping ? live.clock() + seconds : nil
        let outcomes = rotation.prove(overlap: until)
        let report = LiveReport(
            action: .rotated,
            generation: receipt.generation,
            evidence: planned.deployment.evidence + planned.notes,
            outcomes: outcomes,
            milliseconds: Self.milliseconds(live.pace.now() - start)
        )
        try settle(report, live: live)
        guard report.isProved, let until, live.waits else { return (receipt, report) }
        return (receipt, try dropOldTURN(&rotation, report: report, secrets: secrets, until: until, live: live))
    }

    /// Goes on with a rotation that was killed, that left something to be mended, or that waits for the end of an overlap.
    ///
    /// - Throws: ``LiveError`` `nothingPending`, `notReady` where an overlap is not over; ``ProcessError``.
    package func resume(live: LiveOptions) throws -> LiveReport {
        let start = live.pace.now()
        let record = try RotationRecord.read(in: root).record
        guard record.phase != .done else {
            throw LiveError(.nothingPending, "there is no rotation to go on with: the last one is finished")
        }
        let sealed = try sealedRotation()
        let (deployment, all) = try load(sealed, live: live)
        let secrets = record.phase == .back ? all.map(\.reversed) : all
        var rotation = rotation(of: secrets, in: deployment, catalogue: try .known(), live: live)
        func report(_ outcomes: [LiveOutcome]) -> LiveReport {
            LiveReport(
                action: record.phase == .back ? .rolledBack : .resumed,
                generation: record.generation,
                evidence: deployment.evidence,
                outcomes: outcomes,
                milliseconds: Self.milliseconds(live.pace.now() - start)
            )
        }
        if record.phase == .overlap {
            guard live.clock() >= record.overlapsUntil || live.overlap == 0 else {
                let left = record.overlapsUntil - live.clock()
                throw LiveError(
                    .notReady,
                    "calls may use the old secret of the TURN server for \(left) seconds more; nothing was changed",
                    hint: "come back then, or end it now with --overlap 0"
                )
            }
            return try dropOldTURN(&rotation, report: report([]), secrets: secrets, until: 0, live: live)
        }
        rotation.carryOut()
        let overlaps = record.phase == .files && sealed.files.contains { $0.after.count > 1 }
        let until = overlaps ? live.clock() + (live.overlap ?? DeploymentVariables.usualOverlap) : nil
        let done = report(rotation.prove(overlap: until))
        try settle(done, live: live)
        if record.phase == .back && done.isProved { try PrivateFile.remove(root.appending(SealedRotation.name)) }
        return done
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
        var replacements: [FileTransaction.Replacement] = []
        for file in sealed.files {
            let current = try Deployment.contents(ofFile: root.appending(file.path))
            guard file.after.contains(SealedRotation.digest(of: current)) else {
                throw LiveError(
                    .changedSince,
                    "\(file.path) was changed after the rotation; nothing was changed",
                    hint: "put it back as the rotation left it, or rotate once more instead"
                )
            }
            replacements.append(
                FileTransaction.Replacement(path: file.path, original: current, contents: file.original.exposed)
            )
        }
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
        rotation.carryOut()
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

    // MARK: - Steps

    private func find(
        _ live: LiveOptions,
        documents: [Document],
        catalogue: Catalogue
    ) throws -> LiveDeployment {
        let folder = try PrivateFile.resolved(root)
        let programs = Programs(environment: live.environment, pace: live.pace)
        if let machine = live.machine {
            return try .machine(
                machine,
                folder: folder,
                paths: documents.map(\.path),
                turnPort: DeploymentVariables.turnPort(in: documents),
                programs: programs
            )
        }
        let engine = Engine(program: live.engine, programs: programs)
        return try .containers(of: engine, folder: folder, project: live.project, catalogue: catalogue)
    }

    private func sealedRotation() throws -> SealedRotation {
        guard let seal else { throw KitError(.incomplete, "a key is needed to open \(SealedRotation.name)") }
        guard let sealed = try seal.read(in: root) else {
            throw LiveError(.nothingPending, "there is no sealed rotation in this deployment")
        }
        return sealed
    }

    private func load(_ sealed: SealedRotation, live: LiveOptions) throws -> (LiveDeployment, [LiveSecret]) {
        let catalogue = try Catalogue.known()
        let documents = try documents()
        let deployment = try find(live, documents: documents, catalogue: catalogue)
        let variables = DeploymentVariables(in: documents, catalogue: catalogue).completed(by: deployment.variables)
        let secrets = sealed.secrets.map { secret in
            let facts = LiveSecret.facts(of: secret.names, catalogue: catalogue, variables: variables)
            return LiveSecret(
                names: secret.names,
                proofs: facts.proofs,
                components: facts.components,
                old: secret.old,
                fresh: secret.fresh
            )
        }
        return (deployment, secrets)
    }

    private func rotation(
        of secrets: [LiveSecret],
        in deployment: LiveDeployment,
        catalogue: Catalogue,
        live: LiveOptions
    ) -> LiveRotation {
        LiveRotation(
            deployment,
            secrets: secrets,
            order: catalogue.order,
            prover: Prover(programs: Programs(environment: live.environment, pace: live.pace), random: .system),
            patience: live.patience,
            clock: live.clock,
            say: live.say
        )
    }

    /// Notes how far a rotation got.
    private func settle(_ report: LiveReport, live: LiveOptions) throws {
        var record = try RotationRecord.read(in: root).record
        guard report.isProved else { return }
        record.phase = report.overlapsUntil == nil ? .done : .overlap
        record.overlapsUntil = report.overlapsUntil ?? 0
        try record.write(to: root)
    }

    /// Takes the old secret of the TURN server away when its time is over.
    private func dropOldTURN(
        _ rotation: inout LiveRotation,
        report: LiveReport,
        secrets: [LiveSecret],
        until: Int,
        live: LiveOptions
    ) throws -> LiveReport {
        let left = until - live.clock()
        if left > 0 {
            live.say("waiting \(left) seconds, until no call uses the old secret of the TURN server any more")
            live.pace.wait(.seconds(left))
        }
        let old = secrets.filter { $0.components.contains("coturn") }.map(\.old.exposed)
        var replacements: [FileTransaction.Replacement] = []
        for document in try documents() {
            let contents = old.reduce(document.bytes) { TURNOverlap.contents($0, without: $1) ?? $0 }
            guard contents != document.bytes else { continue }
            replacements.append(
                FileTransaction.Replacement(path: document.path, original: document.bytes, contents: contents)
            )
        }
        var generator = SystemRandomNumberGenerator()
        if !replacements.isEmpty { _ = try FileTransaction(root: root).replace(replacements, using: &generator) }
        rotation.dropOldTURN()
        var report = report
        report.outcomes = rotation.prove(overlap: nil)
        try settle(report, live: live)
        return report
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
