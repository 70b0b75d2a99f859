public import Sodium

/// A minisign signature over the BLAKE2b-512 of a file, with its two comments.
///
/// Four lines: an untrusted comment, which is not authenticated; the base64 of `ED`, the key id and the signature; a
/// trusted comment; the base64 of a second signature, over the first one and the trusted comment.
public struct Signature: Hashable, Sendable {
    /// minisign's default untrusted comment of a signature.
    public static let defaultComment = Comment(bytes: "signature from minisign secret key".utf8)
    /// The maximum size of a signature file in bytes.
    public static let limit = 1 << 14

    private static let encodedCount = 2 + KeyID.count + SigningKey.signatureCount

    /// The comment in the first line, which anyone may have changed.
    public let untrustedComment: Comment
    /// The id of the signing key.
    public let keyID: KeyID
    /// The comment in the third line, which is signed.
    public let trustedComment: Comment
    /// Whether it signs the file itself instead of its hash, as minisign did before 2021 and OpenBSD's signify does.
    public let isLegacy: Bool
    private let fileSignature: [UInt8]
    private let commentSignature: [UInt8]
}

// MARK: - Signing

extension Signature {
    /// Signs a file; the result is what `minisign -S -t COMMENT` writes with the same key.
    ///
    /// - Parameters:
    ///   - file: all bytes of the file.
    ///   - key: the key.
    ///   - trustedComment: the signed statement about the file.
    ///   - untrustedComment: the comment in the first line.
    /// - Throws: ``BundleError`` with code `invalidContents` if a comment is longer than minisign reads.
    public init(
        of file: [UInt8],
        by key: borrowing SecretKey,
        trustedComment: Comment,
        untrustedComment: Comment = Signature.defaultComment
    ) throws(BundleError) {
        try self.init(
            ofDigest: BLAKE2b.hash(file, .bytes64),
            by: key,
            trustedComment: trustedComment,
            untrustedComment: untrustedComment
        )
    }

    /// Signs a file by its BLAKE2b-512, as ``init(of:by:trustedComment:untrustedComment:)`` does.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents` if a comment is longer than minisign reads.
    public init(
        ofDigest digest: Digest,
        by key: borrowing SecretKey,
        trustedComment: Comment,
        untrustedComment: Comment = Signature.defaultComment
    ) throws(BundleError) {
        let lengths = (
            untrusted: KeyText.untrustedPrefix.utf8.count + untrustedComment.bytes.count + 1,
            trusted: KeyText.trustedPrefix.utf8.count + trustedComment.bytes.count + 1
        )
        guard lengths.untrusted <= KeyText.untrustedLimit, lengths.trusted <= KeyText.trustedLimit else {
            throw BundleError(.invalidContents, "a comment of the signature is too long")
        }
        let signature = key.sign(digest.bytes)
        self.untrustedComment = untrustedComment
        self.trustedComment = trustedComment
        keyID = key.publicKey.id
        isLegacy = false
        fileSignature = signature
        commentSignature = key.sign(signature + trustedComment.bytes)
    }

    /// Returns the bytes of the signature file.
    public func serialized() -> [UInt8] {
        let algorithm = isLegacy ? KeyText.plainAlgorithm : KeyText.prehashedAlgorithm
        let first = Base64.encode(algorithm + keyID.bytes + fileSignature)
        let second = Base64.encode(commentSignature)
        var text = Array(KeyText.untrustedPrefix.utf8) + untrustedComment.bytes
        text += Array("\n\(first)\n\(KeyText.trustedPrefix)".utf8) + trustedComment.bytes
        text += Array("\n\(second)\n".utf8)
        return text
    }
}

// MARK: - Reading and checking

extension Signature {
    /// Reads a signature file: exactly four lines, each with a final line feed.
    ///
    /// - Parameters:
    ///   - text: all bytes of the file.
    ///   - acceptingLegacy: whether a signature over the file itself instead of its hash is accepted.
    /// - Throws: ``BundleError`` with code `malformedSignature`, or `unsupportedSignature` for a legacy signature.
    public init(parsing text: [UInt8], acceptingLegacy: Bool = false) throws(BundleError) {
        guard text.count <= Self.limit else {
            throw BundleError(.malformedSignature, "the signature has more than \(Self.limit) bytes")
        }
        guard !text.contains(UInt8(ascii: "\r")) else {
            throw BundleError(
                .malformedSignature,
                "the signature has carriage returns: its line endings were changed in transit"
            )
        }
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 5, lines[4].isEmpty,
            lines[0].starts(with: KeyText.untrustedPrefix.utf8), lines[2].starts(with: KeyText.trustedPrefix.utf8),
            lines[0].count < KeyText.untrustedLimit, lines[2].count < KeyText.trustedLimit
        else {
            throw BundleError(.malformedSignature, "the signature is not the four lines that minisign writes")
        }
        let first = try Self.decode(lines[1])
        let second = try Self.decode(lines[3])
        guard first.count == Self.encodedCount, second.count == SigningKey.signatureCount else {
            throw BundleError(.malformedSignature, "this is not a minisign signature")
        }
        switch Array(first[0..<2]) {
        case KeyText.prehashedAlgorithm: isLegacy = false
        case KeyText.plainAlgorithm where acceptingLegacy: isLegacy = true
        case KeyText.plainAlgorithm:
            throw BundleError(
                .unsupportedSignature,
                "the signature is in minisign's legacy form, which is not accepted: sign without -l"
            )
        default: throw BundleError(.malformedSignature, "the signature's algorithm is not known")
        }
        untrustedComment = Comment(bytes: lines[0].dropFirst(KeyText.untrustedPrefix.utf8.count))
        keyID = KeyID(bytes: first[2...])
        fileSignature = Array(first[(2 + KeyID.count)...])
        trustedComment = Comment(bytes: lines[2].dropFirst(KeyText.trustedPrefix.utf8.count))
        commentSignature = second
    }

    private static func decode(_ line: ArraySlice<UInt8>) throws(BundleError) -> [UInt8] {
        do throws(SodiumError) {
            return try Base64.decode(Array(line))
        } catch {
            throw BundleError(.malformedSignature, error)
        }
    }

    /// Checks that `key` made this signature of `file`, and of the trusted comment.
    ///
    /// - Throws: ``BundleError`` with code `unknownSigner` or `badSignature`.
    public func check(_ file: [UInt8], by key: PublicKey) throws(BundleError) {
        try check(message: isLegacy ? file : BLAKE2b.hash(file, .bytes64).bytes, by: key)
    }

    /// Checks that `key` made this signature of a message and of the trusted comment.
    ///
    /// The message is the BLAKE2b-512 of a file, or for a legacy signature the whole file.
    ///
    /// - Throws: ``BundleError`` with code `unknownSigner` or `badSignature`.
    public func check(message: [UInt8], by key: PublicKey) throws(BundleError) {
        guard keyID == key.id else {
            throw BundleError(.unknownSigner, "the signature was made by key \(keyID), but the given key is \(key.id)")
        }
        guard key.verificationKey.isValid(fileSignature, for: message) else {
            throw BundleError(.badSignature, "the signature does not match the file")
        }
        guard key.verificationKey.isValid(commentSignature, for: fileSignature + trustedComment.bytes) else {
            throw BundleError(.badSignature, "the trusted comment was changed after signing")
        }
    }
}
