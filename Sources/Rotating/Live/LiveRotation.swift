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
    private let recreation: LiveRecreation
    private let patience: Duration
    private let clock: () -> Int
    private let say: (String) -> Void
    private let checks: [LiveCheck]
    private var recreated: [String: String?] = [:]

    /// How long the end of an old session is waited for.
    private static let sessionTime = Duration.seconds(5)

    /// How long a service that answers may go on refusing a new value: start scripts set accounts after it answers already.
    private static let settlingTime = Duration.seconds(20)

    /// How long is waited between two tries of that: a start script needs a second or more for an account.
    private static let settlingInterval = Duration.milliseconds(300)

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
        recreation = LiveRecreation(
            deployment,
            domains: Set(checks.compactMap(\.domain)).sorted(),
            prover: prover,
            patience: patience
        )
    }

    // MARK: - Before

    /// Asks every service about the old value, and logs in with it to see later whether that session is ended.
    ///
    /// - Throws: ``LiveError`` `notReady` where a service gives no answer: nothing may be changed then.
    package func examine() throws(LiveError) {
        for check in checks {
            var proved: Set<Route> = []
            check.before = verdict(of: check, secrets[check.secret].old, proved: &proved)
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
    ///
    /// - Parameter isInterrupted: asked between two steps; what is begun is finished.
    /// - Returns: whether all of it was done.
    package mutating func carryOut(isInterrupted: () -> Bool) -> Bool {
        let components = Set(secrets.flatMap(\.components))
        // A TURN server learns the new secret before Prosody hands out what is made with it.
        if components.contains("coturn") { recreate("coturn") }
        guard !isInterrupted() else { return false }
        changeAccounts()
        for component in order where component != "coturn" && components.contains(component) {
            guard !isInterrupted() else { return false }
            recreate(component)
        }
        return !isInterrupted()
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
            let service = recreation.current(check.service)
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

    private mutating func recreate(_ component: String) {
        for service in deployment.services(of: component) {
            say("\(service.name): \(recreation.verb(for: service))")
            recreated.updateValue(recreation.recreate(service), forKey: service.name)
        }
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
        return secrets.indices.map { index in
            LiveOutcome(
                of: secrets[index],
                checks: checks.filter { $0.secret == index },
                services: deployment.services,
                recreated: recreated,
                overlap: overlap
            )
        }
    }

    private func prove(_ check: LiveCheck) {
        let end = programs.pace.now() + min(patience, Self.settlingTime)
        var proved: Set<Route> = []
        repeat {
            check.fresh = verdict(of: check, secrets[check.secret].fresh, proved: &proved)
            if check.fresh == .accepted { break }
            if check.before != .accepted, deployment.regime?.setsAccountsAtEachStart == true {
                // Not even the start script sets it: there may be no such account.
                changeAccount(of: check)
                guard !check.isUnknown else { return }
            }
            programs.pace.wait(Self.settlingInterval)
        } while programs.pace.now() < end && isWorthWaiting(check)
        // Where the server has just proved itself with the new value, it may see the old one in clear, too.
        check.old = verdict(of: check, secrets[check.secret].old, proved: &proved)
        if case .component = check.proof, case .undecided = check.fresh, case .undecided = check.old {
            // Nobody listens for components in releases from stable-5765 on, though the setting is still there.
            check.isUnknown = true
        }
        check.settleSession(within: Self.sessionTime)
    }

    /// Whether an answer may still change: only where something was started a moment ago.
    private func isWorthWaiting(_ check: LiveCheck) -> Bool { recreated[check.service.name] != nil }

    /// What a service says to a secret; `proved` are the routes on which it has proved to know a password of the account.
    private func verdict(of check: LiveCheck, _ secret: SharedSecret, proved: inout Set<Route>) -> Verdict {
        let service = recreation.current(check.service)
        return secret.withSecret { secret in
            switch check.proof {
            case .account(let address):
                return prover.logIn(secret, to: address, by: service.routes(to: service.port), proved: &proved)
            case .component(let name):
                return prover.presentComponent(secret, as: name, by: service.routes(to: service.componentPort))
            case .turn(let user):
                let answer = prover.allocate(secret, user: user, now: clock(), by: service.turnWays)
                check.transports = answer.transports
                return answer.verdict
            }
        }
    }
}
