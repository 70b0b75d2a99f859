internal import Collecting
internal import Sodium

/// Applies new secrets to a running deployment, and proves that they are in force.
///
/// It takes the old and the new values; a rollback swaps them. Every step may be repeated, so a killed run is continued
/// by repeating all of them.
package final class LiveRotation {
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

    /// The maximum time to wait for the end of an old session.
    private static let sessionTime = Duration.seconds(5)

    /// How long a service may refuse a new value after it starts to answer: start scripts may set accounts later.
    private static let settlingTime = Duration.seconds(20)

    /// The interval between two attempts during that time: a start script needs a second or more per account.
    private static let settlingInterval = Duration.milliseconds(300)

    private var programs: Programs { prover.programs }

    /// Configures the rotation; nothing is done yet.
    ///
    /// - Parameters:
    ///   - deployment: the running services.
    ///   - secrets: the secrets to change.
    ///   - order: the components, in the order in which they take new values.
    ///   - prover: tests secrets.
    ///   - patience: how long each container may take to answer.
    ///   - clock: returns the seconds since 1970.
    ///   - say: receives progress messages, which contain no value.
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

    /// Tests the old value with every service, and keeps a session open to see later whether it is ended.
    ///
    /// - Throws: ``LiveError`` `notReady` if a service does not answer, or if all services refuse their values, so that
    ///   they must belong to another deployment. Nothing may be changed then.
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
                // Releases from stable-5765 on have no such component, although the setting still exists.
                if case .component = check.proof { check.isUnknown = true }
            }
        }
        for check in checks {
            guard case .undecided(let reason) = check.before, !check.isUnknown else { continue }
            // The server answers for other domains, so it lacks this one: `.env` has passwords of components that are
            // not running. Whether that is so becomes clear when the account is changed.
            if case .account = check.proof, checks.contains(where: { $0.isAnswered(bySameAs: check) }) { continue }
            throw LiveError(
                .notReady,
                "\(check.title) cannot be tested: \(reason); nothing was changed",
                remedy: .lookingOrFilesAlone
            )
        }
        let asked = checks.filter { !$0.isUnknown }
        guard asked.isEmpty || asked.contains(where: { $0.before == .accepted }) else {
            throw LiveError(
                .notReady,
                "what runs accepts none of the values of the deployment, and may be of another one; nothing was changed",
                remedy: .lookingOrFilesAlone
            )
        }
    }

    // MARK: - The change

    /// Changes accounts and recreates containers, in order.
    ///
    /// The files already hold the new values.
    ///
    /// - Parameter isInterrupted: asked between two steps; a step that has begun is finished.
    /// - Returns: whether all steps were done.
    package func carryOut(isInterrupted: () -> Bool) -> Bool {
        let components = Set(secrets.flatMap(\.components))
        // A TURN server must learn the new secret before Prosody issues credentials made with it.
        if components.contains("coturn") { recreate("coturn") }
        guard !isInterrupted() else { return false }
        changeAccounts()
        for component in order where component != "coturn" && components.contains(component) {
            guard !isInterrupted() else { return false }
            recreate(component)
        }
        return !isInterrupted()
    }

    /// Recreates the TURN server after the old secret was removed from the files.
    package func dropOldTURN() { recreate("coturn") }

    private func changeAccounts() {
        guard deployment.regime?.setsAccountsAtEachStart != true else { return }
        for check in checks { changeAccount(of: check) }
    }

    private func changeAccount(of check: LiveCheck) {
        guard case .account(let address) = check.proof else { return }
        say("\(check.service.name): setting the new password of \(address)")
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

    private func recreate(_ component: String) {
        for service in deployment.services(of: component) {
            say("\(service.name): \(recreation.verb(for: service))")
            recreated.updateValue(recreation.recreate(service), forKey: service.name)
        }
    }

    // MARK: - Proof

    /// Tests both values with every service, until each has settled.
    ///
    /// An account that a start script should have set is changed if the script did not set it.
    ///
    /// - Parameter overlap: the end of the time during which a TURN server accepts both values, in seconds since 1970;
    ///   nil if the old one is removed.
    /// - Returns: the result for each secret, in the given order.
    package func prove(overlap: Int?) -> [LiveOutcome] {
        for check in checks where !check.isUnknown {
            say("\(check.title): trying the new and the old value")
            settle(check)
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

    private func settle(_ check: LiveCheck) {
        let end = programs.pace.now() + min(patience, Self.settlingTime)
        var proved: Set<Route> = []
        repeat {
            check.fresh = verdict(of: check, secrets[check.secret].fresh, proved: &proved)
            if check.fresh == .accepted { break }
            if check.before != .accepted, deployment.regime?.setsAccountsAtEachStart == true {
                // If even the start script does not set it, the account may not exist.
                changeAccount(of: check)
                guard !check.isUnknown else { return }
            }
            programs.pace.wait(Self.settlingInterval)
        } while programs.pace.now() < end && isWorthWaiting(check)
        // A server that has just proved itself with the new value may see the old one in plain text, too.
        check.old = verdict(of: check, secrets[check.secret].old, proved: &proved)
        if case .component = check.proof, case .undecided = check.fresh, case .undecided = check.old {
            // Releases from stable-5765 on do not listen for components, although the setting still exists.
            check.isUnknown = true
        }
        check.settleSession(within: Self.sessionTime)
    }

    /// Whether a verdict may still change, because the service was started a moment ago.
    private func isWorthWaiting(_ check: LiveCheck) -> Bool { recreated[check.service.name] != nil }

    /// Returns a service's verdict on a secret; `proved` collects the routes on which the service has proved that it
    /// knows a password of the account.
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
