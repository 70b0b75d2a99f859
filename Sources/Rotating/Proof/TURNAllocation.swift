internal import Collecting
internal import Sodium

/// Requests a TURN allocation (RFC 8656), and releases it at once.
enum TURNAllocation {
    /// The client's credentials.
    enum Login {
        /// Credentials derived from the shared secret, valid for `lifetime` seconds from `now`: coturn's
        /// `use-auth-secret`, draft-uberti-behave-turn-rest-00.
        case sharedSecret(now: Int, lifetime: Int)
        /// A user in the server's own list.
        case user(String)
    }

    /// Presents a secret.
    ///
    /// - Parameters:
    ///   - secret: the shared secret, or the user's password.
    ///   - login: the client's credentials.
    ///   - route: the route to the server.
    ///   - transport: the transport to use.
    ///   - programs: runs the program that connects.
    ///   - random: the source of transaction ids.
    /// - Returns: the server's verdict.
    /// - Throws: ``ProcessError`` if there is no answer.
    static func present(
        _ secret: borrowing SecretBytes,
        as login: Login,
        to route: Route,
        _ transport: Transport,
        programs: Programs,
        random: RandomSource
    ) throws(ProcessError) -> Verdict {
        let (user, password) = credentials(of: login, secret)
        var requests = try Requests(to: route, transport, programs: programs)
        var realm: [UInt8] = []
        var nonce: [UInt8] = []
        // The first answer contains the realm and a nonce; a nonce may be stale once.
        for attempt in 0..<3 {
            var request = STUNMessage(STUNMessage.Kind.allocate, transaction: random.bytes(12))
            request.add(.requestedTransport, [17, 0, 0, 0])
            let key = MD5.hash(user + [UInt8(ascii: ":")] + realm + [UInt8(ascii: ":")] + password)
            if attempt > 0 { identify(&request, user, realm, nonce) }
            let answer = try requests.ask(request, provedWith: attempt > 0 ? key : nil)
            switch (answer.kind, answer.errorCode) {
            case (STUNMessage.Kind.allocated, _):
                guard attempt > 0 else { return .undecided("the server does not ask for a password") }
                var end = STUNMessage(STUNMessage.Kind.refresh, transaction: random.bytes(12))
                end.add(.lifetime, [0, 0, 0, 0])
                identify(&end, user, realm, nonce)
                _ = try requests.ask(end, provedWith: key)
                return .accepted
            case (_, 401) where attempt > 0: return .refused
            case (_, 401), (_, 438):
                guard let newNonce = answer.value(of: .nonce) else { return .undecided("the server gives no nonce") }
                nonce = newNonce
                realm = answer.value(of: .realm) ?? realm
            case (_, let code): return .undecided("the server answers with error \(code ?? 0)")
            }
        }
        return .undecided("the server does not accept its own nonce")
    }

    /// Returns the name and password derived from a secret.
    private static func credentials(
        of login: Login,
        _ secret: borrowing SecretBytes
    ) -> (user: [UInt8], password: [UInt8]) {
        switch login {
        case .user(let name): return (Array(name.utf8), secret.exposed())
        case .sharedSecret(let now, let lifetime):
            let user = Array("\(now + lifetime):scrubjay".utf8)
            let code = ProofHash.sha1.authenticationCode(of: user, key: secret.exposed())
            return (user, Base64.encodeSecret(unsafe code.span.bytes).exposed())
        }
    }

    private static func identify(_ message: inout STUNMessage, _ user: [UInt8], _ realm: [UInt8], _ nonce: [UInt8]) {
        message.add(.userName, user)
        message.add(.realm, realm)
        message.add(.nonce, nonce)
    }
}

/// Requests to a TURN server, each with its answer.
private struct Requests: ~Copyable {
    private var conversation: Conversation
    /// The times to wait for an answer; the request is sent once for each of them.
    private let waits: [Duration]

    /// Datagrams may get lost, so a request is repeated after half a second, and then each time after twice as long
    /// (RFC 8489 section 6.2.1).
    ///
    /// The half minute that this section allows would delay a rotation too long if there is no server.
    private static let datagramWaits: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)]
    /// A stream loses nothing, so a request is sent once.
    private static let streamWaits: [Duration] = [.seconds(5)]
    /// The number of answers to other requests that are skipped.
    private static let strangerLimit = 16

    init(to route: Route, _ transport: Transport, programs: Programs) throws(ProcessError) {
        waits = transport == .udp ? Self.datagramWaits : Self.streamWaits
        conversation =
            transport == .tls
            ? try .tls(route, programs: programs) : try .plain(route, transport, programs: programs)
    }

    /// Sends a request, repeatedly if necessary, and returns its answer.
    ///
    /// - Throws: ``ProcessError`` if there is no answer.
    mutating func ask(_ request: STUNMessage, provedWith key: [UInt8]?) throws(ProcessError) -> STUNMessage {
        let bytes = key.map { request.bytes(provedWith: $0) } ?? request.bytes()
        var failure: ProcessError?
        for wait in waits {
            try conversation.send(bytes)
            do throws(ProcessError) {
                return try answer(to: request, within: wait)
            } catch {
                guard error.code == .timedOut else { throw error }
                failure = error
            }
        }
        throw failure ?? ProcessError(.timedOut, of: "turn", "the server does not answer")
    }

    private mutating func answer(to request: STUNMessage, within time: Duration) throws(ProcessError) -> STUNMessage {
        // A request that was sent twice may be answered twice.
        for _ in 0..<Self.strangerLimit {
            let bytes = try conversation.receive(within: time) { STUNMessage.length(of: $0) }
            if let message = STUNMessage(bytes), message.answers(request) { return message }
        }
        throw ProcessError(.failed, of: "turn", "the server sent an unexpected answer")
    }
}
