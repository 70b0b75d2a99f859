package import Collecting
package import Sodium

/// Proves that a service accepts one secret and refuses another, by logging in with each.
package struct Prover: Sendable {
    let programs: Programs
    /// The clock for waiting and time limits.
    package var pace: Pace { programs.pace }
    private let random: RandomSource

    /// How long a password derived from a shared TURN secret is valid, in seconds: one attempt takes four requests of
    /// at most 7.5 seconds each.
    private static let turnLifetime = 60

    /// Makes a prover.
    package init(programs: Programs, random: RandomSource) {
        self.programs = programs
        self.random = random
    }

    /// Logs in to an account with every mechanism that the server offers, this program knows, and the route permits.
    ///
    /// The server's certificate is not checked. A password is therefore shown (PLAIN) only to a server that has proved
    /// by SCRAM, on the same route, that it knows a password of the account, or inside a container, if the server
    /// offers nothing but PLAIN.
    ///
    /// - Parameters:
    ///   - password: the password to test.
    ///   - address: the account, `user@domain`.
    ///   - routes: the routes to the server's port for clients; the first that works is taken.
    ///   - proved: the routes on which the server has proved that it knows a password of the account; this login adds
    ///     its own.
    /// - Returns: the server's verdict.
    package func logIn(
        _ password: borrowing SecretBytes,
        to address: String,
        by routes: [Route],
        proved: inout Set<Route>
    ) -> Verdict {
        var failure = "the server cannot be reached"
        for route in routes {
            do throws(ProcessError) {
                return try logIn(password, to: address, by: route, proved: &proved)
            } catch {
                failure = error.message
            }
        }
        return .undecided(failure)
    }

    /// Logs in to an account whose server has not proved itself before.
    package func logIn(_ password: borrowing SecretBytes, to address: String, by routes: [Route]) -> Verdict {
        var proved: Set<Route> = []
        return logIn(password, to: address, by: routes, proved: &proved)
    }

    private func logIn(
        _ password: borrowing SecretBytes,
        to address: String,
        by route: Route,
        proved: inout Set<Route>
    ) throws(ProcessError) -> Verdict {
        let (user, domain) = Self.parts(of: address)
        var verdicts: [Verdict] = []
        var session = try XMPPSession(route, domain: domain, programs: programs)
        let mechanisms = session.mechanisms
        guard !mechanisms.isEmpty else {
            return .undecided("the server offers no supported login mechanism")
        }
        // SCRAM comes before PLAIN, so that the server can prove itself first.
        for mechanism in mechanisms {
            guard mechanism != .plain || Self.mayShowPassword(on: route, offering: mechanisms, proved: proved) else {
                continue
            }
            if !verdicts.isEmpty { session = try XMPPSession(route, domain: domain, programs: programs) }
            let verdict = try session.logIn(user, password: password, by: mechanism, random: random)
            verdicts.append(verdict)
            if verdict == .accepted, mechanism != .plain { proved.insert(route) }
            if case .undecided = verdict { break }
        }
        guard !verdicts.isEmpty else {
            return .undecided("the server offers only PLAIN and has not proved its identity")
        }
        return .unanimous(verdicts)
    }

    private static func mayShowPassword(
        on route: Route,
        offering mechanisms: [XMPPSession.Mechanism],
        proved: Set<Route>
    ) -> Bool {
        proved.contains(route) || (mechanisms == [.plain] && route.isInContainer)
    }

    /// Logs in and keeps the session open, as a client with the old password would.
    ///
    /// - Returns: the session; nil if the server refuses.
    func holdSession(_ password: borrowing SecretBytes, of address: String, by routes: [Route]) -> HeldSession? {
        let (user, domain) = Self.parts(of: address)
        for route in routes {
            do throws(ProcessError) {
                var session = try XMPPSession(route, domain: domain, programs: programs)
                guard let mechanism = session.mechanisms.first,
                    mechanism != .plain
                        || Self.mayShowPassword(on: route, offering: session.mechanisms, proved: []),
                    try session.logIn(user, password: password, by: mechanism, random: random) == .accepted
                else { return nil }
                try session.bind(random: random)
                return HeldSession(session)
            } catch {
                continue
            }
        }
        return nil
    }

    /// Whether a server offers logins for a domain.
    func isAnswering(for domain: String, by routes: [Route]) -> Bool {
        routes.contains { route in
            do throws(ProcessError) {
                let session = try XMPPSession(route, domain: domain, programs: programs)
                return !session.mechanisms.isEmpty
            } catch {
                return false
            }
        }
    }

    /// Presents a component's secret.
    func presentComponent(_ secret: borrowing SecretBytes, as name: String, by routes: [Route]) -> Verdict {
        var failure = "the server cannot be reached"
        for route in routes {
            do throws(ProcessError) {
                return try ComponentHandshake.present(secret, as: name, to: route, programs: programs)
            } catch {
                failure = error.message
            }
        }
        return .undecided(failure)
    }

    /// Requests an allocation from a TURN server on every transport on which it answers.
    ///
    /// - Parameters:
    ///   - secret: the shared secret, or the user's password.
    ///   - user: the user with that password; nil for the shared secret.
    ///   - now: the seconds since 1970, from which a shared secret's passwords are derived.
    ///   - ways: the ways to reach the server.
    /// - Returns: the server's verdict, and the transports on which it answered.
    package func allocate(
        _ secret: borrowing SecretBytes,
        user: String?,
        now: Int,
        by ways: [TURNWay]
    ) -> (verdict: Verdict, transports: [Transport]) {
        let login = user.map { TURNAllocation.Login.user($0) } ?? .sharedSecret(now: now, lifetime: Self.turnLifetime)
        var verdicts: [Verdict] = []
        var transports: [Transport] = []
        var failure = "the server cannot be reached"
        for way in ways {
            for route in way.routes {
                do throws(ProcessError) {
                    let verdict = try TURNAllocation.present(
                        secret,
                        as: login,
                        to: route,
                        way.transport,
                        programs: programs,
                        random: random
                    )
                    verdicts.append(verdict)
                    transports.append(way.transport)
                    break
                } catch {
                    failure = error.message
                }
            }
        }
        return (verdicts.isEmpty ? .undecided(failure) : .unanimous(verdicts), transports)
    }

    static func parts(of address: String) -> (user: String, domain: String) {
        let parts = address.split(separator: "@", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : ("", address)
    }
}
