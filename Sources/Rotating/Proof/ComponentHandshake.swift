internal import Collecting
internal import Sodium

/// The handshake of an external component with an XMPP server (XEP-0114).
enum ComponentHandshake {
    /// Presents a secret.
    ///
    /// - Parameters:
    ///   - secret: the secret shared by the component and the server.
    ///   - name: the component's address.
    ///   - route: the route to the port for components.
    ///   - programs: runs the program that connects.
    /// - Returns: the server's verdict.
    /// - Throws: ``ProcessError`` if there is no answer.
    static func present(
        _ secret: borrowing SecretBytes,
        as name: String,
        to route: Route,
        programs: Programs
    ) throws(ProcessError) -> Verdict {
        var conversation = try Conversation.plain(route, programs: programs)
        try conversation.send(
            "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
                + "xmlns:stream='http://etherx.jabber.org/streams' to='\(XMLText.escaped(name))'>"
        )
        let header = try conversation.receive { received in
            guard let start = received.firstRange(of: Array("<stream:stream".utf8))?.lowerBound else { return nil }
            return received[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        }
        guard let stream = header.firstRange(of: Array("<stream:stream".utf8))?.lowerBound,
            let id = XMLText.attribute("id", in: Array(header[stream...]))
        else { return .undecided("the server's stream has no id") }
        let digest = Hex.encode(ProofHash.sha1.hash(id + secret.exposed()))
        try conversation.send("<handshake>\(digest)</handshake>")
        let answer = try conversation.receive { received in
            XMLText.end(of: "handshake", in: received) ?? XMLText.end(of: "stream:error", in: received)
        }
        if XMLText.holds("handshake", in: answer) { return .accepted }
        if XMLText.holds("not-authorized", in: answer) { return .refused }
        // Prosody checks the secret before it checks whether the component is already connected.
        if XMLText.holds("conflict", in: answer) { return .accepted }
        return .undecided("the server answered the handshake with \(XMLText.names(in: answer))")
    }
}
