/// One service that must accept one secret, with its verdicts before and after the change.
final class LiveCheck {
    let secret: Int
    let proof: LiveSecret.Proof
    let service: LiveService
    /// The service's verdict on the old value before any change.
    var before = Verdict.undecided("not tried")
    /// A session that logged in with the old value; nil if there is none.
    var session: HeldSession?
    /// The service's verdict on the new value.
    var fresh: Verdict?
    /// The service's verdict on the old value.
    var old: Verdict?
    /// Whether the old value's session was ended; nil if there was none.
    var isEnded: Bool?
    /// Whether the service does not know the account.
    var isUnknown = false
    /// The problem, if there is one.
    var problem: String?
    /// For a TURN server, the transports on which it answered.
    var transports: [Transport] = []

    init(secret: Int, proof: LiveSecret.Proof, service: LiveService) {
        self.secret = secret
        self.proof = proof
        self.service = service
    }

    /// The domain of the account; nil for another check.
    var domain: String? {
        guard case .account(let address) = proof else { return nil }
        return Prover.parts(of: address).domain
    }

    /// The check, as shown to the user.
    var title: String {
        switch proof {
        case .account(let address): "\(address) at \(service.name)"
        case .component(let name): "the component \(name) at \(service.name)"
        case .turn: "an allocation of \(service.name)"
        }
    }

    /// Whether this check is for an account, and the service of another check has answered it.
    func isAnswered(bySameAs other: LiveCheck) -> Bool {
        guard case .account = proof, service.name == other.service.name else { return false }
        return before == .accepted || before == .refused
    }

    /// Determines whether the old session has ended.
    func settleSession(within time: Duration) {
        guard session != nil, isEnded != true else { return }
        isEnded = session?.isEnded(within: time)
    }
}
