internal import Collecting
internal import Documents
package import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// A planned rotation of files and running services.
    package struct LivePlan {
        /// The plan of the files.
        package var plan: RotationPlan
        /// The running services.
        package var deployment: LiveDeployment
        /// Notes for the owner to read before anything is done, as sentences.
        package var notes: [String]
        fileprivate var variables: DeploymentVariables
    }

    /// Finds the running services and plans fresh values for those that can take them.
    ///
    /// The secret of a TURN server that is not among the services stays, unless it was named explicitly: the server
    /// must learn the new secret first.
    ///
    /// - Throws: ``LiveError``; ``ProcessError``; and as ``plan()`` does.
    package func planLive(_ live: LiveOptions) throws -> LivePlan {
        let catalogue = try Catalogue.known()
        let documents = try documents()
        let deployment = try find(live, documents: documents, catalogue: catalogue)
        var options = options
        var notes: [String] = []
        if deployment.services(of: "coturn").isEmpty {
            let turn = catalogue.settings.filter(\.isOfTURN).map(\.name)
            let unnamed = turn.filter { options.only?.contains($0) != true && !options.except.contains($0) }
            options.except.formUnion(unnamed)
            if !unnamed.isEmpty {
                notes.append(
                    "no TURN server of the deployment runs here, so these are not rotated: \(unnamed.joined(separator: ", ")); "
                        + "rotate them by name when you change the server too"
                )
            }
        }
        let plan = try plan(for: documents, catalogue: catalogue, options: options)
        let variables = DeploymentVariables(in: documents, catalogue: catalogue).completed(by: deployment.variables)
        return LivePlan(plan: plan, deployment: deployment, notes: notes, variables: variables)
    }

    /// Applies a plan to the files and the running services, and proves the result.
    ///
    /// - Throws: ``LiveError`` `notReady` with nothing changed, or `pending`; and as ``apply(_:time:)`` does.
    package func apply(_ planned: LivePlan, live: LiveOptions, time: String) throws -> (Receipt, LiveReport) {
        try requireNothingPending()
        guard seal != nil else {
            throw KitError(.keyRequired, "a live rotation needs a key to seal the old values")
        }
        let start = live.pace.now()
        let catalogue = try Catalogue.known()
        let secrets = planned.plan.secrets.map { $0.live(catalogue: catalogue, variables: planned.variables) }
        let rotation = rotation(of: secrets, in: planned.deployment, catalogue: catalogue, live: live)
        live.say("checking the current values with every service")
        try rotation.examine()
        guard !live.isInterrupted() else { throw KitError(.interrupted, "interrupted; nothing was changed") }
        let seconds = Self.overlap(live, planned.variables)
        let runsTURN = !planned.deployment.services(of: "coturn").isEmpty
        let isOverlapping = try seconds > 0 && runsTURN && planned.plan.canOverlapTURN()
        let receipt = try write(planned.plan, time: time, isLive: true, overlappingTURN: isOverlapping)
        live.say("the files have the new values")
        guard rotation.carryOut(isInterrupted: live.isInterrupted) else { throw Self.interruption }
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
        return (receipt, try dropOldTURN(rotation, report: report, secrets: secrets, until: until, live: live))
    }

    /// Continues a rotation that was killed, that left something to repair, or that waits for the end of an overlap.
    ///
    /// - Throws: ``LiveError`` `nothingPending`, or `notReady` if an overlap is not over; ``ProcessError``.
    package func resume(live: LiveOptions) throws -> LiveReport {
        let start = live.pace.now()
        let record = try RotationRecord.read(in: root).record
        guard record.phase != .done else {
            throw LiveError(.nothingPending, "there is no rotation to continue: the last one is finished")
        }
        let sealed = try sealedRotation()
        let loaded = try load(sealed, live: live)
        let deployment = loaded.deployment
        let secrets = record.phase == .back ? loaded.secrets.map(\.reversed) : loaded.secrets
        let rotation = rotation(of: secrets, in: deployment, catalogue: try .known(), live: live)
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
                    "calls may use the TURN server's old secret for another \(left) seconds; nothing was changed",
                    remedy: .endingOverlap
                )
            }
            return try dropOldTURN(rotation, report: report([]), secrets: secrets, until: 0, live: live)
        }
        guard rotation.carryOut(isInterrupted: live.isInterrupted) else { throw Self.interruption }
        let overlaps = record.phase == .files && sealed.files.contains { $0.after.count > 1 }
        let until = overlaps ? live.clock() + Self.overlap(live, loaded.variables) : nil
        let done = report(rotation.prove(overlap: until))
        try settle(done, live: live)
        if record.phase == .back && done.isProved { try PrivateFile.remove(root.appending(SealedRotation.name)) }
        return done
    }

    // MARK: - Steps

    /// Returns how long a TURN server accepts two secrets, in seconds.
    static func overlap(_ live: LiveOptions, _ variables: DeploymentVariables) -> Int {
        live.overlap ?? variables.overlap
    }

    /// The error if a run is interrupted after the files were changed, but possibly not the running services.
    static let interruption = KitError(
        .interrupted,
        "interrupted; the files are changed, but the running services may still use the old values",
        remedy: .resumingOrRollingBack
    )

    func rotation(
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

    /// Records the state of a rotation.
    func settle(_ report: LiveReport, live: LiveOptions) throws {
        var record = try RotationRecord.read(in: root).record
        guard report.isProved else { return }
        record.phase = report.overlapsUntil == nil ? .done : .overlap
        record.overlapsUntil = report.overlapsUntil ?? 0
        try record.write(to: root)
    }

    /// Removes the old secret from the TURN server when the overlap is over.
    private func dropOldTURN(
        _ rotation: LiveRotation,
        report: LiveReport,
        secrets: [LiveSecret],
        until: Int,
        live: LiveOptions
    ) throws -> LiveReport {
        let left = until - live.clock()
        if left > 0 {
            live.say("waiting \(left) seconds until no call uses the TURN server's old secret")
            for _ in 0..<left {
                guard !live.isInterrupted() else {
                    throw KitError(
                        .interrupted,
                        "interrupted; the TURN server still accepts the old secret",
                        remedy: .resumingAfterOverlap
                    )
                }
                live.pace.wait(.seconds(1))
            }
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
        var generator = RandomSource.system
        if !replacements.isEmpty { _ = try FileTransaction(root: root).replace(replacements, using: &generator) }
        rotation.dropOldTURN()
        var report = report
        report.outcomes = rotation.prove(overlap: nil)
        try settle(report, live: live)
        return report
    }

    static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
