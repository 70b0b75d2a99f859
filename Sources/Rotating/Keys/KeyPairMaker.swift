package import Collecting
package import Sodium

/// Generates key pairs, and computes the public half of a deployment's key.
///
/// Keys on Curve25519 come from libsodium. RSA keys come from the `openssl` command, which writes a key to standard
/// output and reads one from standard input: no key is in an argument, an environment or a file.
package struct KeyPairMaker: Sendable {
    private let random: RandomSource
    private let programs: Programs?
    private let isPreview: Bool

    /// The time limit for `openssl`; a key of 8192 bits takes tens of seconds.
    private static let limit = Duration.seconds(180)
    /// The number of random bytes in the name of an Ed25519 key.
    private static let nameCount = 3

    /// Makes a key generator.
    ///
    /// - Parameters:
    ///   - random: the source of the keys from libsodium.
    ///   - programs: starts `openssl`; nil if no program may be started, so that no RSA key can be made.
    ///   - isPreview: whether no key is written in the end. An RSA key, which takes seconds to minutes to generate, is
    ///     then replaced with a text of the same form.
    package init(random: RandomSource, programs: Programs?, isPreview: Bool = false) {
        self.random = random
        self.programs = programs
        self.isPreview = isPreview
    }

    /// Generates a pair, in the same text format as the key that it replaces.
    ///
    /// - Throws: ``RotationError`` `noProgram` if `openssl` is missing, takes too long or does not produce a key.
    package func fresh(_ form: KeyForm, like old: [UInt8]) throws -> KeyPair {
        switch form {
        case .x25519:
            var scalar = random.secret(X25519.count)
            // RFC 7748 section 5 clamps a key when reading it; WireGuard's own tools store it clamped.
            scalar[0] &= 0xF8
            scalar[X25519.count - 1] = scalar[X25519.count - 1] & 0x7F | 0x40
            return try pair(form, of: scalar.withBytes { Base64.encodeSecret($0) })
        case .ed25519:
            let seed = random.secret(SigningKey.seedCount).withBytes { Base64.encodeSecret($0, as: .standardUnpadded) }
            let name = Array("a_".utf8) + Hex.encode(random.bytes(Self.nameCount)).utf8 + [UInt8(ascii: " ")]
            var text = SecretBytes(count: name.count + seed.count)
            text.replace(at: 0, with: name)
            text.replace(at: name.count, with: seed)
            return try pair(form, of: text)
        case .rsa(let bits):
            guard !isPreview else { return try lookalike(of: pair(form, of: SecretBytes(copying: old))) }
            return try pair(form, of: rsaKey(bits: bits, like: old))
        }
    }

    /// Returns a pair of texts that look like the given keys but are not keys.
    private func lookalike(of pair: consuming KeyPair) -> KeyPair {
        let key = lookalike(of: pair.privateKey.exposed())
        return KeyPair(privateKey: SecretBytes(copying: key), publicHalf: pair.publicHalf.map { lookalike(of: $0) })
    }

    /// Returns a text with other letters and digits; the lines around a PEM key stay.
    private func lookalike(of text: [UInt8]) -> [UInt8] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let newline = UInt8(ascii: "\n")
        let lines = text.split(separator: newline, omittingEmptySubsequences: false).map { line -> [UInt8] in
            guard !line.starts(with: "-----".utf8) else { return Array(line) }
            return zip(line, random.bytes(line.count)).map { byte, number in
                letters.contains(byte) ? letters[Int(number) % letters.count] : byte
            }
        }
        return Array(lines.joined(separator: [newline]))
    }

    /// Returns the pair of an existing private key.
    ///
    /// - Throws: ``RotationError`` `unreadableKey` if the key does not have this form; and as ``fresh(_:like:)`` does.
    package func pair(_ form: KeyForm, of text: borrowing SecretBytes) throws -> KeyPair {
        switch form {
        case .x25519:
            let scalar = try decoded(text, as: .standard)
            guard scalar.count == X25519.count else { throw Self.noKey("X25519") }
            let point = X25519.publicPoint(of: scalar)
            return KeyPair(privateKey: text.copy(), publicHalf: [Array(Base64.encode(point).utf8)])
        case .ed25519:
            let words = text.exposed().split(separator: UInt8(ascii: " "))
            guard words.count == 2 else { throw Self.noKey("Ed25519") }
            let seed = try decoded(SecretBytes(copying: Array(words[1])), as: .standardUnpadded)
            guard seed.count == SigningKey.seedCount else { throw Self.noKey("Ed25519") }
            let key = try SigningKey(seed: seed).verificationKey
            let half = Array(Base64.encode(key.bytes, as: .standardUnpadded).utf8)
            return KeyPair(privateKey: text.copy(), publicHalf: [half])
        case .rsa: return KeyPair(privateKey: text.copy(), publicHalf: try publicHalf(ofRSA: text))
        }
    }

    private func decoded(_ text: borrowing SecretBytes, as alphabet: Base64.Alphabet) throws -> SecretBytes {
        do throws(SodiumError) {
            return try text.withBytes { text throws(SodiumError) in try Base64.decodeSecret(text, as: alphabet) }
        } catch {
            throw Self.noKey("Curve25519")
        }
    }

    // MARK: - RSA

    /// Generates a key in PEM with the same label as `old`, or as one line of base64 if `old` is one.
    private func rsaKey(bits: Int, like old: [UInt8]) throws -> SecretBytes {
        let made = try openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:\(bits)"])
        if old.starts(with: PEMBlock.begin(.privateKey)) { return PEMBlock.trimmed(made) }
        if old.starts(with: PEMBlock.begin(.rsaPrivateKey)) {
            return PEMBlock.trimmed(try openssl(["pkey", "-traditional"], sending: made))
        }
        return PEMBlock.body(of: made)
    }

    /// Returns the public half of a key: as PEM, and as its base64 on one line.
    private func publicHalf(ofRSA key: borrowing SecretBytes) throws -> [[UInt8]] {
        let candidates: [PEMBlock.Label?] =
            key.exposed().starts(with: PEMBlock.mark) ? [nil] : [.privateKey, .rsaPrivateKey]
        for label in candidates {
            let pem = label.map { PEMBlock.wrapped(key, as: $0) } ?? key.copy()
            do throws(RotationError) {
                let half = try openssl(["pkey", "-pubout"], sending: pem)
                return [PEMBlock.trimmed(half).exposed(), PEMBlock.body(of: half).exposed()]
            } catch {
                guard error.code == .unreadableKey else { throw error }
            }
        }
        throw Self.noKey("RSA")
    }

    private func openssl(_ arguments: [String]) throws(RotationError) -> SecretBytes {
        try openssl(arguments, sending: SecretBytes(count: 0))
    }

    private func openssl(_ arguments: [String], sending key: borrowing SecretBytes) throws(RotationError) -> SecretBytes
    {
        guard let programs else { throw Self.noOpenSSL }
        var answer: Programs.Answer
        do throws(ProcessError) {
            answer = try programs.run(["openssl"] + arguments, sending: key, within: Self.limit)
        } catch {
            throw error.code == .notInstalled ? Self.noOpenSSL : RotationError(.noProgram, error.message)
        }
        guard answer.status == 0 else {
            // If no key was given to read, generating one failed.
            guard key.count == 0 else { throw Self.noKey("RSA") }
            throw RotationError(.noProgram, "openssl failed to make an RSA key: \(answer.lastError)")
        }
        return SecretBytes(zeroing: &answer.output)
    }

    private static let noOpenSSL = RotationError(
        .noProgram,
        "RSA keys are made with openssl, which is not installed"
    )

    private static func noKey(_ name: String) -> RotationError {
        RotationError(.unreadableKey, "the deployment's key cannot be read as a \(name) key")
    }
}
