internal import Collecting
internal import Sodium

/// Asks a TURN server for an allocation, RFC 8656, and gives it back at once.
enum TURNAllocation {
    /// Who asks.
    enum Login {
        /// Somebody to whom a holder of the shared secret gave a password that is good for so many seconds from now on:
        /// `use-auth-secret` of coturn, draft-uberti-behave-turn-rest-00.
        case sharedSecret(now: Int, lifetime: Int)
        /// A user of the server's own list.
        case user(String)
    }

    /// Presents a secret.
    ///
    /// - Parameters:
    ///   - secret: the shared secret, or the user's password.
    ///   - login: who asks.
    ///   - route: the way to the server.
    ///   - transport: how it is spoken to.
    ///   - programs: starts the program that connects.
    ///   - random: where the ids of transactions come from.
    /// - Returns: what the server says.
    /// - Throws: ``ProcessError`` where nobody answers.
    static func present(
        _ secret: borrowing SecretBytes,
        as login: Login,
        to route: Route,
        _ transport: Conversation.Transport,
        programs: Programs,
        random: RandomSource
    ) throws(ProcessError) -> Verdict {
        let user: [UInt8]
        let password: [UInt8]
        switch login {
        case .user(let name):
            user = Array(name.utf8)
            password = secret.exposed()
        case .sharedSecret(let now, let lifetime):
            user = Array("\(now + lifetime):scrubjay".utf8)
            let code = ProofHash.sha1.authenticationCode(of: user, key: secret.exposed())
            password = Base64.encodeSecret(unsafe code.span.bytes).exposed()
        }
        var conversation = try Conversation.plain(route, transport, programs: programs)
        var realm: [UInt8] = []
        var nonce: [UInt8] = []
        // The first answer says realm and nonce; a nonce may be stale once.
        for attempt in 0..<3 {
            var request = STUNMessage(STUNMessage.Kind.allocate, transaction: random.bytes(12))
            request.add(.requestedTransport, [17, 0, 0, 0])
            let key = ProofHash.md5.hash(user + [UInt8(ascii: ":")] + realm + [UInt8(ascii: ":")] + password)
            if attempt > 0 { identify(&request, user, realm, nonce) }
            try conversation.send(attempt > 0 ? request.bytes(provedWith: key) : request.bytes())
            let answer = try answer(to: request, in: &conversation)
            switch (answer.kind, answer.errorCode) {
            case (STUNMessage.Kind.allocated, _):
                guard attempt > 0 else { return .undecided("the server asks nobody for a password") }
                var end = STUNMessage(STUNMessage.Kind.refresh, transaction: random.bytes(12))
                end.add(.lifetime, [0, 0, 0, 0])
                identify(&end, user, realm, nonce)
                try conversation.send(end.bytes(provedWith: key))
                _ = try self.answer(to: end, in: &conversation)
                return .accepted
            case (_, 401) where attempt > 0: return .refused
            case (_, 401), (_, 438):
                guard let newNonce = answer.value(of: .nonce) else { return .undecided("the server gives no nonce") }
                nonce = newNonce
                realm = answer.value(of: .realm) ?? realm
            case (_, let code): return .undecided("the server answers with error \(code ?? 0)")
            }
        }
        return .undecided("the server takes no nonce of its own")
    }

    private static func identify(_ message: inout STUNMessage, _ user: [UInt8], _ realm: [UInt8], _ nonce: [UInt8]) {
        message.add(.userName, user)
        message.add(.realm, realm)
        message.add(.nonce, nonce)
    }

    private static func answer(
        to request: STUNMessage,
        in conversation: inout Conversation
    ) throws(ProcessError) -> STUNMessage {
        while true {
            let bytes = try conversation.receive(within: .seconds(5)) { STUNMessage.length(of: $0) }
            if let message = STUNMessage(bytes), message.answers(request) { return message }
        }
    }
}
