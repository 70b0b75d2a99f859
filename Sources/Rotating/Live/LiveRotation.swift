internal import Collecting
internal import Sodium

/// Carries new secrets into a running deployment, and proves that they are the ones that count.
///
/// It is told which values go and come, so that a rollback is the same with both exchanged, and every step may be done twice, so
/// that a run that was killed is gone on with by doing all of it again.
package struct LiveRotation {
    private let deployment: LiveDeployment
    private let secrets: [LiveSecret]
    private let order: [String]
    private let prover: Prover
    private let patience: Duration
    private let clock: () -> Int
    private let say: (String) -> Void
    private let checks: [LiveCheck]
    private var recreated: [String: String?] = [:]

    /// How long the end of an old session is waited for.
    private static let sessionTime = Duration.seconds(5)

    /// How long a service that answers may go on refusing a new value: start scripts set accounts after it answers already.
    private static let settlingTime = Duration.seconds(20)

    private var programs: Programs { prover.programs }

    /// Makes a rotation; nothing is done yet.
    ///
    /// - Parameters:
    ///   - deployment: what runs.
    ///   - secrets: what changes.
    ///   - order: the components in the order in which they take new values.
    ///   - prover: logs in.
    ///   - patience: how long each container may take until it answers.
    ///   - clock: the seconds since 1970.
    ///   - say: hears what is being done, without a value.
    package init(
        _ deployment: LiveDeployment,
        secrets: [LiveSecret],
        order: [String],
        prover: Prover,
        patience: Duration,
        clock: @escaping () -> Int,
        say: @escaping (String) -> Void
    ) {
        self.deployment = deployment
        self.secrets = secrets
        self.order = order
        self.prover = prover
        self.patience = patience
        self.clock = clock
        self.say = say
        checks = secrets.enumerated().flatMap { index, secret in
            secret.proofs.flatMap { proof in
                let component: String =
                    switch proof {
                    case .account, .component: "prosody"
                    case .turn: "coturn"
                    }
                return deployment.services(of: component).map { LiveCheck(secret: index, proof: proof, service: $0) }
            }
        }
    }

    // MARK: - Before

    /// Asks every service about the old value, and logs in with it to see later whether that session is ended.
    ///
    /// - Throws: ``LiveError`` `notReady` where a service gives no answer: nothing may be changed then.
    package func examine() throws(LiveError) {
        for check in checks {
            check.before = verdict(of: check, secrets[check.secret].old)
            switch check.before {
            case .accepted:
                guard case .account(let address) = check.proof else { continue }
                let routes = check.service.routes(to: check.service.port)
                check.session = secrets[check.secret].old.withSecret {
                    prover.holdSession($0, of: address, by: routes)
                }
            case .refused: break
            case .undecided:
                // Releases from stable-5765 on have no component any more, though the setting is still there.
                if case .component = check.proof { check.isUnknown = true }
            }
        }
        for check in checks {
            guard case .undecided(let reason) = check.before, !check.isUnknown else { continue }
            // A server that answers for others has no such domain: `.env` has passwords of parts that do not run. Whether it is
            // so is seen when the account is to be changed.
            if case .account = check.proof, checks.contains(where: { $0.isAnswered(bySameAs: check) }) { continue }
            throw LiveError(
                .notReady,
                "\(check.title) cannot be tried: \(reason); nothing was changed",
                hint: "look whether the deployment runs, or rotate without --live"
            )
        }
    }

    // MARK: - The change

    /// Changes accounts and makes containers anew, in order.
    ///
    /// The files hold the new values already.
    package mutating func carryOut() {
        let components = Set(secrets.flatMap(\.components))
        // A TURN server learns the new secret before Prosody hands out what is made with it.
        if components.contains("coturn") { recreate("coturn") }
        changeAccounts()
        for component in order where component != "coturn" && components.contains(component) { recreate(component) }
    }

    /// Lets the TURN server forget what the files do not hold any more.
    package mutating func dropOldTURN() { recreate("coturn") }

    private func changeAccounts() {
        guard deployment.regime?.setsAccountsAtEachStart != true else { return }
        for check in checks { changeAccount(of: check) }
    }

    private func changeAccount(of check: LiveCheck) {
        guard case .account(let address) = check.proof else { return }
        say("\(check.service.name): giving \(address) its new password")
        do throws(ProcessError) {
            let service = try current(check.service)
            let control = ProsodyControl(
                reach: service.reach,
                configuration: service.configuration,
                programs: programs
            )
            let outcome = try secrets[check.secret].fresh.withSecret { secret throws(ProcessError) in
                try control.setPassword(of: address, to: secret)
            }
            switch outcome {
            case .changedAndEnded: check.settleSession(within: Self.sessionTime)
            case .changed: break
            case .noAccount: check.isUnknown = true
            case .failed(let reason): check.problem = "the password of \(check.title) was not changed: \(reason)"
            }
        } catch {
            check.problem = "the password of \(check.title) was not changed: \(error.message)"
        }
    }

    // MARK: - Containers

    private mutating func recreate(_ component: String) {
        for service in deployment.services(of: component) {
            say("\(service.name): \(verb(for: service))")
            var problem: String?
            do throws(ProcessError) {
                problem = try recreate(service)
                if problem == nil { problem = try waitUntilReady(service) }
            } catch {
                problem = error.message
            }
            recreated.updateValue(problem, forKey: service.name)
        }
    }

    private func verb(for service: LiveService) -> String {
        if case .compose = deployment.recreation, service.container?.service != nil {
            return "making the container anew"
        }
        return "starting it anew"
    }

    /// - Returns: nil where that went well, or else why not.
    private func recreate(_ service: LiveService) throws(ProcessError) -> String? {
        switch deployment.recreation {
        case .compose(let engine, let project):
            guard let container = service.container, let name = container.service else { return nil }
            return try engine.recreate(name, of: project)
        case .engine(let engine):
            guard let container = service.container else { return nil }
            let problem = try engine.restart(container)
            return problem
                ?? "\(service.name) was not made by Compose: make it anew with the new values, as it was made"
        case .service(let restart):
            let answer = try programs.run(restart + [service.name], within: patience)
            return answer.status == 0 ? nil : "\(service.name) cannot be started anew (status \(answer.status))"
        }
    }

    /// Waits until a service runs, says that it is healthy, and answers.
    ///
    /// - Returns: nil where it does in time, or else what is missing.
    private func waitUntilReady(_ service: LiveService) throws(ProcessError) -> String? {
        let end = programs.pace.now() + patience
        var missing = "it does not run"
        while programs.pace.now() < end {
            switch try state(of: service) {
            case nil: return nil
            case let reason?: missing = reason
            }
            programs.pace.wait(.milliseconds(200))
        }
        return "\(service.name) is not ready after \(patience.components.seconds) seconds: \(missing)"
    }

    /// - Returns: nil where the service is ready, or else what is missing.
    private func state(of service: LiveService) throws(ProcessError) -> String? {
        let current = try self.current(service)
        if service.container != nil {
            guard let container = current.container, container.isRunning else { return "its container does not run" }
            guard container.health.isEmpty || container.health == "healthy" else {
                return "its health check says \(container.health)"
            }
        }
        guard service.component == "prosody" else { return nil }
        let domain = checks.lazy.compactMap { check -> String? in
            guard case .account(let address) = check.proof else { return nil }
            return Prover.parts(of: address).domain
        }.first
        guard let domain else { return nil }
        return prover.isAnswering(for: domain, by: current.routes(to: current.port)) ? nil : "it takes no log-ins yet"
    }

    /// A service as it is now: a container that was made anew has another id.
    private func current(_ service: LiveService) throws(ProcessError) -> LiveService {
        guard let container = service.container else { return service }
        let engine: Engine
        switch deployment.recreation {
        case .compose(let used, _), .engine(let used): engine = used
        case .service: return service
        }
        var current = service
        let found = try? engine.containers([container.name]).first
        current.container = found
        if let found { current.reach = engine.reach(found) }
        return current
    }

    // MARK: - Proof

    /// Asks every service about both values.
    ///
    /// - Parameter overlap: until when a TURN server is to accept both, in seconds since 1970; nil where the old one is gone.
    /// - Returns: what came of each secret, in the order in which they were given.
    package func prove(overlap: Int?) -> [LiveOutcome] {
        for check in checks where !check.isUnknown {
            say("\(check.title): trying the new and the old value")
            prove(check)
        }
        return secrets.indices.map { outcome(of: $0, overlap: overlap) }
    }

    private func prove(_ check: LiveCheck) {
        let end = programs.pace.now() + min(patience, Self.settlingTime)
        repeat {
            check.fresh = verdict(of: check, secrets[check.secret].fresh)
            if check.fresh == .accepted { break }
            if check.before != .accepted, deployment.regime?.setsAccountsAtEachStart == true {
                // Not even the start script sets it: there may be no such account.
                changeAccount(of: check)
                guard !check.isUnknown else { return }
            }
            programs.pace.wait(.milliseconds(300))
        } while programs.pace.now() < end && isWorthWaiting(check)
        check.old = verdict(of: check, secrets[check.secret].old)
        if case .component = check.proof, case .undecided = check.fresh, case .undecided = check.old {
            // Nobody listens for components in releases from stable-5765 on, though the setting is still there.
            check.isUnknown = true
        }
        check.settleSession(within: Self.sessionTime)
    }

    /// Whether an answer may still change: only where something was started a moment ago.
    private func isWorthWaiting(_ check: LiveCheck) -> Bool { recreated[check.service.name] != nil }

    private func verdict(of check: LiveCheck, _ secret: HeldSecret) -> Verdict {
        let service = (try? current(check.service)) ?? check.service
        return secret.withSecret { secret in
            switch check.proof {
            case .account(let address): prover.logIn(secret, to: address, by: service.routes(to: service.port))
            case .component(let name):
                prover.presentComponent(secret, as: name, by: service.routes(to: service.componentPort))
            case .turn(let user):
                prover.allocate(secret, user: user, now: clock(), by: service.routes(to: service.port))
            }
        }
    }

    private func outcome(of index: Int, overlap: Int?) -> LiveOutcome {
        let secret = secrets[index]
        let checks = checks.filter { $0.secret == index }
        let asked = checks.filter { !$0.isUnknown }
        let services = deployment.services.filter { secret.components.contains($0.component) }
        let isTURN = secret.proofs.contains { if case .turn = $0 { true } else { false } }
        let overlap = isTURN ? overlap : nil
        var problems = checks.compactMap(\.problem)
        problems += services.compactMap { recreated[$0.name] ?? nil }
        var notes: [String] = []
        for check in checks where check.isUnknown {
            notes.append("\(check.title): there is none, so there was nothing to change")
        }
        if checks.isEmpty { notes.append("there is no way to try it from here: look whether its users get in") }
        for check in asked {
            switch check.fresh {
            case .accepted: break
            case .refused: problems.append("\(check.title): the new value is refused")
            case .undecided(let reason): problems.append("\(check.title): the new value could not be tried: \(reason)")
            case nil: problems.append("\(check.title): the new value was not tried")
            }
            switch check.old {
            case .refused: break
            case .accepted where overlap != nil: break
            case .accepted: problems.append("\(check.title): the old value is still accepted")
            case .undecided(let reason): problems.append("\(check.title): the old value could not be tried: \(reason)")
            case nil: problems.append("\(check.title): the old value was not tried")
            }
            if check.isEnded == false { problems.append("\(check.title): a session of the old value goes on") }
            if check.before == .refused { notes.append("\(check.title): what the files had was refused before, too") }
        }
        let ended = asked.compactMap(\.isEnded)
        return LiveOutcome(
            names: secret.names,
            recreated: services.map(\.name).filter { recreated.keys.contains($0) },
            fresh: asked.isEmpty ? nil : Verdict.unanimous(asked.compactMap(\.fresh)).word,
            old: asked.isEmpty ? nil : Verdict.unanimous(asked.compactMap(\.old)).word,
            sessionsEnded: ended.isEmpty ? nil : ended.allSatisfy { $0 },
            overlapsUntil: overlap,
            notes: notes,
            problems: problems
        )
    }
}
