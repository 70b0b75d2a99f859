internal import CSodium

/// The scrypt recipient type of age: a passphrase.
enum AgeScrypt {
    private static let saltCount = 16
    private static let label = Array("age-encryption.org/v1/scrypt".utf8)

    /// Wraps a file key with a passphrase.
    ///
    /// - Throws: ``AgeError`` `workFactor` if there is too little memory.
    static func wrap(
        _ fileKey: borrowing SecretBytes,
        with passphrase: borrowing SecretBytes,
        workFactor: Int,
        random: RandomSource
    ) throws(AgeError) -> AgeStanza {
        let salt = random.bytes(saltCount)
        let key = try key(of: passphrase, salt: salt, workFactor: workFactor)
        return AgeStanza(
            arguments: [
                AgeStanza.Kind.scrypt.rawValue, Base64.encode(salt, as: .standardUnpadded), String(workFactor),
            ],
            body: AgeFileKey.wrap(fileKey, with: key)
        )
    }

    /// The salt of a stanza, and the base-two logarithm of its work; `Int.max` if that overflows.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    static func parameters(of stanza: AgeStanza) throws(AgeError) -> (salt: [UInt8], workFactor: Int) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard stanza.arguments.count == 3, stanza.body.count == AgeFileKey.wrappedCount,
            let salt = stanza.bytes(ofArgument: 1, count: saltCount),
            stanza.arguments[2].utf8.allSatisfy(digits.contains), stanza.arguments[2].utf8.first != digits.lowerBound
        else { throw AgeHeader.malformed("a passphrase recipient has wrong arguments or a wrong body") }
        return (salt, Int(stanza.arguments[2]) ?? .max)
    }

    /// Unwraps the file key; nil if the passphrase is wrong.
    ///
    /// - Throws: ``AgeError`` `malformed` or `workFactor`.
    static func unwrap(
        _ stanza: AgeStanza,
        with passphrase: borrowing SecretBytes,
        maximumWorkFactor: Int
    ) throws(AgeError) -> SecretBytes? {
        let (salt, workFactor) = try parameters(of: stanza)
        guard workFactor <= maximumWorkFactor else {
            throw AgeError(
                .workFactor,
                "trying the passphrase takes 2^\(workFactor == .max ? "…" : String(workFactor)) steps, and at most "
                    + "2^\(maximumWorkFactor) are allowed"
            )
        }
        return AgeFileKey.unwrap(stanza.body, with: try key(of: passphrase, salt: salt, workFactor: workFactor))
    }

    private static func key(
        of passphrase: borrowing SecretBytes,
        salt: [UInt8],
        workFactor: Int
    ) throws(AgeError) -> SecretBytes {
        Library.start()
        let fullSalt = label + salt
        var key = SecretBytes(count: ChaChaPoly.keyCount)
        let length = key.count
        let status = key.withMutableBytes { target in
            unsafe target.withCBytes { target in
                passphrase.withBytes { passphrase in
                    unsafe passphrase.withCBytes { text in
                        unsafe crypto_pwhash_scryptsalsa208sha256_ll(
                            text,
                            passphrase.byteCount,
                            fullSalt,
                            fullSalt.count,
                            1 << UInt64(workFactor),
                            8,
                            1,
                            target,
                            length
                        )
                    }
                }
            }
        }
        guard status == 0 else {
            throw AgeError(.workFactor, "there is too little memory to try the passphrase with 2^\(workFactor) steps")
        }
        return key
    }
}
