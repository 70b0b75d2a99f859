package import Collecting
package import Sodium

/// Proves that a service accepts one secret and refuses another, by logging in with each.
package struct Prover: Sendable {
    let programs: Programs
    /// The clock for waiting and time limits.
    package var pace: Pace { programs.pace }
    private let random: RandomSource

    /// Makes a prover.
    package init(programs: Programs, random: RandomSource) {
        self.programs = programs
        self.random = random
    }

    /// Logs in to an account with every mechanism that both the server and this program support, the strongest first.
    ///
    /// PLAIN, the last one, sends the password itself inside TLS.
    ///
    /// - Parameters:
    ///   - password: the password to test.
    ///   - address: the account, `user@domain`.
    ///   - routes: routes to the server's port for clients; the first that works is used.
    /// - Returns: the server's verdict.
    package func logIn(_ password: borrowing SecretBytes, to address: String, by routes: [Route]) -> Verdict {
        let (user, domain) = Self.parts(of: address)
        var verdicts: [Verdict] = []
        var failure = "there is no way to the server"
        for route in routes {
            do throws(ProcessError) {
                var session = try XMPPSession(route, domain: domain, programs: programs)
                let mechanisms = session.mechanisms
                for (index, mechanism) in mechanisms.enumerated() {
                    if index > 0 { session = try XMPPSession(route, domain: domain, programs: programs) }
                    verdicts.append(try session.logIn(user, password: password, by: mechanism, random: random))
                    if case .undecided = verdicts[verdicts.count - 1] { break }
                }
                guard !mechanisms.isEmpty else {
                    return .undecided("the server offers no way to log in that is known here")
                }
                return .unanimous(verdicts)
            } catch {
                failure = error.message
                verdicts = []
            }
        }
        return .undecided(failure)
    }

    /// Logs in and keeps the session open, as a client with the old password would.
    ///
    /// - Returns: the session; nil if the server refuses.
    package func holdSession(_ password: borrowing SecretBytes, of address: String, by routes: [Route]) -> HeldSession?
    {
        let (user, domain) = Self.parts(of: address)
        for route in routes {
            do throws(ProcessError) {
                var session = try XMPPSession(route, domain: domain, programs: programs)
                guard let mechanism = session.mechanisms.first,
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
    package func presentComponent(_ secret: borrowing SecretBytes, as name: String, by routes: [Route]) -> Verdict {
        var failure = "there is no way to the server"
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
    ///   - ways: ways to the server.
    /// - Returns: the server's verdict, and the transports on which it answered.
    package func allocate(
        _ secret: borrowing SecretBytes,
        user: String?,
        now: Int,
        by ways: [TURNWay]
    ) -> (verdict: Verdict, transports: [Transport]) {
        let login = user.map { TURNAllocation.Login.user($0) } ?? .sharedSecret(now: now, lifetime: 60)
        var verdicts: [Verdict] = []
        var transports: [Transport] = []
        var failure = "there is no way to the server"
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

/// A session that stays open until the server ends it.
package struct HeldSession: ~Copyable {
    private var session: XMPPSession

    fileprivate init(_ session: consuming XMPPSession) { self.session = session }

    /// Whether the server ends it within a duration.
    package mutating func isEnded(within time: Duration) -> Bool { session.isEnded(within: time) }
}
