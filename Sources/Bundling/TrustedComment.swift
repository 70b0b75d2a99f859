internal import Archive
public import Sodium

/// What the signature of a bundle says about it.
///
/// It starts as minisign's own default does, so that people know it, and names the archive inside:
/// `timestamp:SECONDS`, `file:NAME`, `hashed`, `tar:blake2b-256:HEX`, separated by tabs.
public struct TrustedComment: Hashable, Sendable {
    /// When the bundle was released, in seconds since 1970: what the signer says, and no proof of a time.
    public var timestamp: Int64
    /// The file name under which the bundle is shipped.
    public var fileName: String
    /// The BLAKE2b-256 of the uncompressed tar; of a private bundle, that of the sealed file.
    public var identity: Digest
    /// Whether the bundle is private; its comment has `age:` in the place of `tar:`.
    public var isPrivate: Bool { PrivateForm.isMeant(by: fileName) }

    /// Makes what is said.
    public init(timestamp: Int64, fileName: String, identity: Digest) {
        self.timestamp = timestamp
        self.fileName = fileName
        self.identity = identity
    }

    /// The comment to sign.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents` where the file name has control characters.
    public func comment() throws(BundleError) -> Comment {
        try Comment(text)
    }

    private var text: String {
        "timestamp:\(timestamp)\tfile:\(fileName)\thashed\t\(isPrivate ? "age" : "tar"):\(identity)"
    }

    /// Reads the comment of a signature.
    ///
    /// - Throws: ``BundleError`` with code `foreignComment` where it is not written exactly so.
    public init(parsing comment: Comment) throws(BundleError) {
        let fields = String(decoding: comment.bytes, as: UTF8.self).split(
            separator: "\t",
            omittingEmptySubsequences: false
        )
        guard fields.count == 4,
            let timestamp = Self.value(of: "timestamp:", in: fields[0]).flatMap({ Int64($0) }),
            let fileName = Self.value(of: "file:", in: fields[1]),
            let identity = Self.value(of: PrivateForm.isMeant(by: fileName) ? "age:" : "tar:", in: fields[3])
                .flatMap({ Digest($0) }),
            identity.algorithm == .blake2b256
        else { throw Self.foreign }
        self.init(timestamp: timestamp, fileName: fileName, identity: identity)
        // Written again it must be the same: no sign, no leading zero, no other spelling of anything.
        guard Array(text.utf8) == comment.bytes else { throw Self.foreign }
    }

    private static let foreign = BundleError(
        .foreignComment,
        "the trusted comment is not that of a bundle: it must name the time, the file and the archive inside"
    )

    private static func value(of name: String, in field: Substring) -> String? {
        field.hasPrefix(name) ? String(field.dropFirst(name.count)) : nil
    }
}
