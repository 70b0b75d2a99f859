import Archive
import Bundling
import Sodium

/// A small bundle, and ways to sign what is none.
enum Sample {
    static let released: Int64 = 1_700_000_000
    static let fileName = "demo-1.0.tar"

    static let members = [
        Member(path: "compose.yml", bytes: Array("services: {}\n".utf8)),
        Member(path: "bin/start", isExecutable: true, bytes: Array("#!/bin/sh\n".utf8)),
        Member(path: "empty", bytes: []),
    ]

    static func packed(_ members: [Member] = members) throws -> PreparedBundle {
        try BundleWriter(bundleName: "demo", version: "1.0", released: released).pack(members)
    }

    static func verifier() throws -> BundleVerifier {
        BundleVerifier(keys: [try FixedKey.secretKey().publicKey])
    }

    /// Signs any bytes as a bundle, as a signer would who means ill: with the right key and a right comment.
    static func sign(
        _ bytes: [UInt8],
        tar: [UInt8]? = nil,
        fileName: String = fileName,
        timestamp: Int64 = released
    ) throws -> [UInt8] {
        let statement = TrustedComment(
            timestamp: timestamp,
            fileName: fileName,
            identity: BLAKE2b.hash(tar ?? bytes)
        )
        return try Signature(of: bytes, by: FixedKey.secretKey(), trustedComment: statement.comment()).serialized()
    }

    /// Verifies bytes that are signed as above.
    static func verifySigned(
        _ bytes: [UInt8],
        tar: [UInt8]? = nil,
        fileName: String = fileName
    ) throws -> VerifiedBundle {
        try verifier().verify(bytes, signature: sign(bytes, tar: tar, fileName: fileName), fileName: fileName)
    }

    /// A canonical tar of any members, with any manifest.
    static func tar(manifest: [UInt8]?, _ members: [Member], modified: Int64 = released) throws -> [UInt8] {
        let list = manifest.map { [Member(path: Manifest.name, bytes: $0)] } ?? []
        return try CanonicalArchive(members: list + members, leading: Manifest.name, modified: modified).serialized()
    }
}
