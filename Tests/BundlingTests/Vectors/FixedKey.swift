import Bundling
import Sodium

/// A throw-away key from a fixed seed, and what minisign 0.11 made with it.
enum FixedKey {
    /// The key with seed bytes 20 to 3f and key id bytes a1 b2 c3 d4 e5 f6 07 18, which protects nothing.
    static func secretKey() throws -> SecretKey {
        let seed = SecretBytes(copying: Array(0x20..<0x40))
        return SecretKey(id: KeyID(0x1807_F6E5_D4C3_B2A1), signingKey: try SigningKey(seed: seed))
    }

    /// Another key, which nobody trusts.
    static func strangersKey() throws -> SecretKey {
        let seed = SecretBytes(copying: Array(0x40..<0x60))
        return SecretKey(id: KeyID(1), signingKey: try SigningKey(seed: seed))
    }

    static let publicKeyText = """
        untrusted comment: minisign public key 1807F6E5D4C3B2A1
        RWShssPU5fYHGCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X

        """

    static let message = "The message of the signature vectors.\n"

    /// `minisign -S -t 'a trusted comment'`.
    static let signatureText = """
        untrusted comment: signature from minisign secret key
        RUShssPU5fYHGIuyk7X4XggPrGLfSsAmMgZu8S1xGsw2TsbMeomNW82rifU87muqpryAwF7rlovoZQ2scjvLzefClf9RVr6e1wQ=
        trusted comment: a trusted comment
        tvtufbzlqGoYBR+rv9Bvl1+xE8mhRoWdWG4nLFvKkwVTJjBM4fgjeCtnsApDFQMdyhgKWsOMN9Z9XuXpXJpZDQ==

        """

    /// `minisign -S -l -t 'a trusted comment'`.
    static let legacySignatureText = """
        untrusted comment: signature from minisign secret key
        RWShssPU5fYHGM678FKot//y6xyWJD1J5zkyEzvAuzHZAn44YksIZJ//hN5ESfS3FM83cSi+nrTIAiFkQkLncx6BtMOpsU9HAwM=
        trusted comment: a trusted comment
        D/FmsuP1BwBNXP/DtcIdXmzI6iMrVWZKoGjdpDQ3azhRGamjLdEIshRTf5DzkuK8Ojq2AotfbcfwGFT3SqvjDA==

        """
}
