internal import Archive
public import Sodium

/// The statement about a bundle in its signature.
///
/// It starts like minisign's own default, which is well known, and names the archive inside: `timestamp:SECONDS`,
/// `file:NAME`, `hashed`, `tar:blake2b-256:HEX`, separated by tabs.
public struct TrustedComment: Hashable, Sendable {
    /// The release time in seconds since 1970, as claimed by the signer.
    public var timestamp: Int64
    /// The file name of the bundle.
    public var fileName: String
    /// The BLAKE2b-256 of the uncompressed tar; for a private bundle, that of the sealed file.
    public var identity: Digest
    /// Whether the bundle is private; its comment has `age:` in place of `tar:`.
    public var isPrivate: Bool { PrivateForm.isMeant(by: fileName) }

    /// Makes a statement.
    public init(timestamp: Int64, fileName: String, identity: Digest) {
        self.timestamp = timestamp
        self.fileName = fileName
        self.identity = identity
    }

    /// Returns the comment to sign.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents` if the file name has control characters.
    public func comment() throws(BundleError) -> Comment {
        try Comment(text)
    }

    private var text: String {
        "timestamp:\(timestamp)\tfile:\(fileName)\thashed\t\(isPrivate ? "age" : "tar"):\(identity)"
    }

    /// Reads the comment of a signature.
    ///
    /// - Throws: ``BundleError`` with code `foreignComment` if it is not in exactly this form.
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
        // Writing it again must give the same text: no sign, no leading zero, no other spelling.
        guard Array(text.utf8) == comment.bytes else { throw Self.foreign }
    }

    private static let foreign = BundleError(
        .foreignComment,
        "the trusted comment is not that of a bundle, which must name the time, the file and the archive inside"
    )

    private static func value(of name: String, in field: Substring) -> String? {
        field.hasPrefix(name) ? String(field.dropFirst(name.count)) : nil
    }
}
