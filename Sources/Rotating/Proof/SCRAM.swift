internal import Sodium

/// The client side of one SCRAM login (RFC 5802), without channel binding.
///
/// The password is proved but never sent, and the server proves that it knows the keys derived from the password.
struct SCRAM {
    private let hash: ProofHash
    private let firstBare: [UInt8]
    private let nonce: [UInt8]

    /// Begins a login.
    ///
    /// - Parameters:
    ///   - hash: the hash function of the mechanism.
    ///   - user: the part of the address before the `@`.
    ///   - nonce: fresh text without a comma.
    init(_ hash: ProofHash, user: String, nonce: String) {
        self.hash = hash
        self.nonce = Array(nonce.utf8)
        let name = user.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "="): Array("=3D".utf8)
            case UInt8(ascii: ","): Array("=2C".utf8)
            default: [byte]
            }
        }
        firstBare = Array("n=".utf8) + name + Array(",r=".utf8) + self.nonce
    }

    /// The first message.
    var first: [UInt8] { Array("n,,".utf8) + firstBare }

    /// The answer to a challenge.
    struct Answer {
        /// The second message.
        var message: [UInt8]
        /// The final message of a server that knows the keys derived from the password.
        var serverFinal: [UInt8]
    }

    /// Answers a challenge; nil if it is malformed, or demands too much work.
    func answer(_ challenge: [UInt8], password: [UInt8]) -> Answer? {
        var fields: [UInt8: [UInt8]] = [:]
        for part in challenge.split(separator: UInt8(ascii: ",")) where part.dropFirst().first == UInt8(ascii: "=") {
            fields[part[part.startIndex]] = Array(part.dropFirst(2))
        }
        guard let serverNonce = fields[UInt8(ascii: "r")], serverNonce.starts(with: nonce),
            let salt = try? Base64.decode(fields[UInt8(ascii: "s")] ?? []), !salt.isEmpty,
            let iterations = Int(String(decoding: fields[UInt8(ascii: "i")] ?? [], as: UTF8.self)),
            (1...Self.iterationLimit).contains(iterations)
        else { return nil }
        let salted = hash.derivedKey(from: password, salt: salt, iterations: iterations)
        let clientKey = hash.authenticationCode(of: Array("Client Key".utf8), key: salted)
        let serverKey = hash.authenticationCode(of: Array("Server Key".utf8), key: salted)
        let withoutProof = Array("c=biws,r=".utf8) + serverNonce
        let comma = [UInt8(ascii: ",")]
        let signed = firstBare + comma + challenge + comma + withoutProof
        let signature = hash.authenticationCode(of: signed, key: hash.hash(clientKey))
        let proof = zip(clientKey, signature).map { $0 ^ $1 }
        return Answer(
            message: withoutProof + Array(",p=\(Base64.encode(proof))".utf8),
            serverFinal: Array("v=\(Base64.encode(hash.authenticationCode(of: signed, key: serverKey)))".utf8)
        )
    }

    /// The maximum number of iterations; 10,000 is usual.
    private static let iterationLimit = 1_000_000
}
