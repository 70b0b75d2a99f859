/// One service that must take one secret, and what it says before and after.
final class LiveCheck {
    let secret: Int
    let proof: LiveSecret.Proof
    let service: LiveService
    /// What the service said to the old value before anything was changed.
    var before = Verdict.undecided("it was not asked")
    /// A session that logged in with the old value; nil where there is none.
    var session: HeldSession?
    /// What the service says to the new value.
    var fresh: Verdict?
    /// What the service says to the old value.
    var old: Verdict?
    /// Whether the session of the old value was ended; nil where there was none.
    var isEnded: Bool?
    /// Whether the service has never heard of the account.
    var isUnknown = false
    /// What went wrong.
    var problem: String?
    /// For a TURN server, over what it answered.
    var transports: [Transport] = []

    init(secret: Int, proof: LiveSecret.Proof, service: LiveService) {
        self.secret = secret
        self.proof = proof
        self.service = service
    }

    /// The domain of the account that is asked about; nil for anything else.
    var domain: String? {
        guard case .account(let address) = proof else { return nil }
        return Prover.parts(of: address).domain
    }

    /// What is asked, for people.
    var title: String {
        switch proof {
        case .account(let address): "\(address) at \(service.name)"
        case .component(let name): "the component \(name) at \(service.name)"
        case .turn: "an allocation of \(service.name)"
        }
    }

    /// Whether the service of another check has answered this one.
    func isAnswered(bySameAs other: LiveCheck) -> Bool {
        guard case .account = proof, service.name == other.service.name else { return false }
        return before == .accepted || before == .refused
    }

    /// Ends the question whether the old session goes on.
    func settleSession(within time: Duration) {
        guard session != nil, isEnded != true else { return }
        isEnded = session?.isEnded(within: time)
    }
}
