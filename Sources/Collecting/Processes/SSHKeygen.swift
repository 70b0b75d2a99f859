internal import Glibc
public import SystemPackage

/// Signs with OpenSSH's `ssh-keygen`, using a key in a file or in the user's agent.
public struct SSHKeygen: Sendable {
    /// The variables that it gets, to find the agent and to ask for a passphrase.
    private static let variables = [
        "HOME", "PATH", "LANG", "LC_ALL", "TERM", "DISPLAY", "WAYLAND_DISPLAY", "SSH_AUTH_SOCK", "SSH_ASKPASS",
        "SSH_ASKPASS_REQUIRE",
    ]
    /// The maximum size of a signature in bytes.
    private static let limit = 1 << 14

    /// The key's file: a private key, or a public key if the agent holds the private one.
    public var key: FilePath
    private let environment: [String: String]

    /// Configures the signer.
    ///
    /// - Parameters:
    ///   - key: the key's file.
    ///   - environment: the variables of this process, some of which are passed on.
    public init(key: FilePath, environment: [String: String]) {
        self.key = key
        self.environment = environment.filter { Self.variables.contains($0.key) }
    }

    /// Signs a message.
    ///
    /// - Parameters:
    ///   - namespace: the purpose of the signature.
    ///   - message: delivers the message in pieces.
    /// - Returns: the armored signature.
    /// - Throws: ``CollectingError`` `missing` or `unreadable`, with ssh-keygen's message; what `message` throws.
    public func sign(namespace: String, message: (_ send: ([UInt8]) throws -> Void) throws -> Void) throws -> [UInt8] {
        let arguments = ["ssh-keygen", "-Y", "sign", "-f", key.string, "-n", namespace]
        var program: ChildProcess
        do {
            program = try ChildProcess(arguments, environment: environment, input: .sent)
        } catch {
            throw CollectingError(
                .missing,
                at: "ssh-keygen",
                "cannot be run: \(error); it is part of OpenSSH 8.1 and later"
            )
        }
        do {
            try message { try program.send($0) }
        } catch Errno.brokenPipe {
            // It has already ended; its output shows why.
        }
        program.closeInput()
        let output = try program.output.read(atMost: Self.limit)
        let ending = program.finish()
        guard ending.status == 0 else {
            let said = String(decoding: ending.errors, as: UTF8.self).split(whereSeparator: \.isNewline).last
                .map(String.init)
            throw CollectingError(
                .unreadable,
                at: key.string,
                "ssh-keygen failed to sign: \(said ?? "no reason given")"
            )
        }
        return output
    }
}
