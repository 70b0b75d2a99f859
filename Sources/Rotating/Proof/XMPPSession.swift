internal import Collecting
internal import Sodium

/// A client's connection to an XMPP server (RFC 6120), with STARTTLS.
struct XMPPSession: ~Copyable {
    /// The authentication mechanisms.
    enum Mechanism: String, CaseIterable {
        /// RFC 7677.
        case scramSHA256 = "SCRAM-SHA-256"
        /// RFC 5802.
        case scramSHA1 = "SCRAM-SHA-1"
        /// RFC 4616.
        case plain = "PLAIN"
    }

    private var conversation: Conversation
    private let domain: String
    /// The mechanisms that the server offers, the strongest first.
    let mechanisms: [Mechanism]

    private static let namespace = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'"

    /// Connects and reads the server's offer.
    ///
    /// - Throws: ``ProcessError`` if nothing answers like an XMPP server.
    init(_ route: Route, domain: String, programs: Programs) throws(ProcessError) {
        var conversation = try Conversation.startTLS(route, domain: domain, programs: programs)
        let features = try Self.openStream(to: domain, in: &conversation)
        let offered = XMLText.contents(of: "mechanism", in: features)
        mechanisms = Mechanism.allCases.filter { offered.contains($0.rawValue) }
        self.conversation = conversation
        self.domain = domain
    }

    /// Logs in.
    ///
    /// - Parameters:
    ///   - user: the part of the address before the `@`.
    ///   - password: the password to test.
    ///   - mechanism: a mechanism that the server offers.
    ///   - random: the source of the nonce.
    /// - Returns: the server's verdict.
    /// - Throws: ``ProcessError`` if the server stops answering.
    mutating func logIn(
        _ user: String,
        password: borrowing SecretBytes,
        by mechanism: Mechanism,
        random: RandomSource
    ) throws(ProcessError) -> Verdict {
        switch mechanism {
        case .plain:
            let message = [0] + Array(user.utf8) + [0] + password.exposed()
            try conversation.send(Self.element("auth", "mechanism='PLAIN'", message))
            return Self.verdict(try answer())
        case .scramSHA1, .scramSHA256:
            let hash: ProofHash = mechanism == .scramSHA1 ? .sha1 : .sha256
            let exchange = SCRAM(hash, user: user, nonce: Base64.encode(random.bytes(18)))
            try conversation.send(Self.element("auth", "mechanism='\(mechanism.rawValue)'", exchange.first))
            let challenge = try answer()
            guard challenge.name == "challenge" else { return Self.verdict(challenge) }
            guard let bytes = challenge.decoded,
                let answer = exchange.answer(bytes, password: password.exposed())
            else { return .undecided("the server's challenge is not one of \(mechanism.rawValue)") }
            try conversation.send(Self.element("response", "", answer.message))
            let last = try self.answer()
            guard last.name == "success" else { return Self.verdict(last) }
            guard last.decoded == answer.serverFinal else {
                return .undecided("the server let us in without knowing the password itself")
            }
            return .accepted
        }
    }

    /// Binds a resource after a login, so that the session stays until one side ends it.
    mutating func bind(random: RandomSource) throws(ProcessError) {
        _ = try Self.openStream(to: domain, in: &conversation)
        let resource = "scrubjay-" + Hex.encode(random.bytes(6))
        try conversation.send(
            "<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>\(resource)</resource></bind></iq>"
        )
        _ = try conversation.receive { XMLText.end(of: "iq", in: $0) }
    }

    /// Whether the server ends the session within a duration.
    mutating func isEnded(within time: Duration) -> Bool { conversation.isClosed(within: time) }

    private static func openStream(
        to domain: String,
        in conversation: inout Conversation
    ) throws(ProcessError) -> [UInt8] {
        try conversation.send(
            "<?xml version='1.0'?><stream:stream to='\(XMLText.escaped(domain))' version='1.0' xmlns='jabber:client' "
                + "xmlns:stream='http://etherx.jabber.org/streams'>"
        )
        return try conversation.receive { XMLText.end(of: "stream:features", in: $0) }
    }

    private static func element(_ name: String, _ attributes: String, _ content: [UInt8]) -> [UInt8] {
        Array("<\(name) \(namespace) \(attributes)>".utf8) + Base64.encodeSecret(unsafe content.span.bytes).exposed()
            + Array("</\(name)>".utf8)
    }

    /// An answer during a login.
    private struct Answer {
        var name: String
        var text: [UInt8]

        /// Its decoded base64 contents.
        var decoded: [UInt8]? { XMLText.content(of: text).flatMap { try? Base64.decode($0) } }
    }

    private mutating func answer() throws(ProcessError) -> Answer {
        var name = ""
        let text = try conversation.receive { received in
            for candidate in ["challenge", "success", "failure", "stream:error"] {
                guard let end = XMLText.end(of: candidate, in: received) else { continue }
                name = candidate
                return end
            }
            return nil
        }
        return Answer(name: name, text: text)
    }

    private static func verdict(_ answer: Answer) -> Verdict {
        switch answer.name {
        case "success": return .accepted
        case "failure" where XMLText.holds("not-authorized", in: answer.text): return .refused
        default: return .undecided("the server answered the login with \(XMLText.names(in: answer.text))")
        }
    }
}
