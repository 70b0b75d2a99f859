internal import Collecting
internal import SystemPackage

/// A connection to a server through a program that relays bytes: `openssl s_client` for TLS, `bash` for a plain port.
struct Conversation: ~Copyable {
    private var process: ChildProcess
    private let program: String
    private let pace: Pace
    private var buffer: [UInt8] = []
    private var isEnded = false

    /// The time limit for one answer of a server.
    static let answerTime = Duration.seconds(15)
    /// The maximum size in bytes of one expected message; no XMPP stream header is longer.
    private static let limit = 1 << 18

    /// Starts the program; only its output shows whether it reaches the server.
    private init(_ arguments: [String], at reach: Reach, programs: Programs) throws(ProcessError) {
        let command = reach.command(arguments)
        process = try programs.start(command.arguments, variables: command.variables, input: .sent)
        program = arguments[0]
        pace = programs.pace
    }

    /// Opens a connection that `openssl` secures with STARTTLS.
    ///
    /// The certificate is not checked, because Jitsi's own certificates are self-signed. A caller must not trust the
    /// other side to be the server before it has proved itself; see ``Prover/logIn(_:to:by:proved:)``.
    static func startTLS(_ route: Route, domain: String, programs: Programs) throws(ProcessError) -> Conversation {
        try Conversation(
            [
                // The program ends with its input: a session must not outlive this process, no matter how the process
                // ends.
                "openssl", "s_client", "-quiet", "-no_ign_eof", "-starttls", "xmpp", "-xmpphost", domain,
                "-connect", "\(route.host):\(route.port)",
            ],
            at: route.reach,
            programs: programs
        )
    }

    /// Opens a connection to a TLS port; the certificate is not checked.
    static func tls(_ route: Route, programs: Programs) throws(ProcessError) -> Conversation {
        try Conversation(
            ["openssl", "s_client", "-quiet", "-no_ign_eof", "-connect", "\(route.host):\(route.port)"],
            at: route.reach,
            programs: programs
        )
    }

    /// Opens a connection without TLS.
    static func plain(
        _ route: Route,
        _ transport: Transport = .tcp,
        programs: Programs
    ) throws(ProcessError) -> Conversation {
        let script = "exec 3<>/dev/$1/$2/$3 || exit 9; cat <&3 & r=$!; cat >&3; kill $r"
        return try Conversation(
            ["bash", "-c", script, "bash", transport.rawValue, route.host, String(route.port)],
            at: route.reach,
            programs: programs
        )
    }

    /// Sends bytes.
    func send(_ bytes: [UInt8]) throws(ProcessError) {
        do throws(Errno) {
            try process.send(bytes)
        } catch {
            throw ended
        }
    }

    /// Sends text.
    func send(_ text: String) throws(ProcessError) { try send(Array(text.utf8)) }

    /// Receives until `length` returns the size of the expected message; bytes after it are kept for the next call.
    ///
    /// - Throws: ``ProcessError`` `ended` if the connection ends first, `timedOut` or `tooMuchOutput`.
    mutating func receive(
        within time: Duration = Conversation.answerTime,
        _ length: (_ received: [UInt8]) -> Int?
    ) throws(ProcessError) -> [UInt8] {
        let end = pace.now() + time
        while true {
            if let count = length(buffer) {
                defer { buffer.removeFirst(count) }
                return Array(buffer[..<count])
            }
            guard !isEnded else { throw ended }
            guard buffer.count <= Self.limit else {
                throw ProcessError(.tooMuchOutput, of: program, "the server sent more than expected")
            }
            let left = end - pace.now()
            guard left > .zero else {
                throw ProcessError(
                    .timedOut,
                    of: program,
                    "the server did not answer within \(time.components.seconds) seconds"
                )
            }
            take(process.wait(for: left))
        }
    }

    /// Waits for the server to close the connection, and discards its output.
    ///
    /// - Returns: whether the server closed it in time.
    mutating func isClosed(within time: Duration) -> Bool {
        let end = pace.now() + time
        while !isEnded {
            let left = end - pace.now()
            guard left > .zero else { return false }
            take(process.wait(for: left))
            if buffer.contains(Array("</stream:stream>".utf8)) { return true }
            buffer = buffer.suffix(Self.limit)
        }
        return true
    }

    private mutating func take(_ said: [ChildProcess.Said]) {
        for part in said {
            guard case .output(let bytes) = part else { continue }
            buffer += bytes
            if bytes.isEmpty { isEnded = true }
        }
    }

    private var ended: ProcessError {
        ProcessError(.ended, of: program, "the server cannot be reached, or closed the connection")
    }
}
