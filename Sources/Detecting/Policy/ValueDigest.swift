internal import Sodium

/// The public id of a value that is kept in a published tree.
///
/// It is not secret, because anyone who has it also has the tree that contains the value.
public enum ValueDigest {
    /// Returns `blake2b:` and 64 lower-case hexadecimal digits: the BLAKE2b-256 hash (RFC 7693) of the value, which is
    /// first lower-cased if case does not matter for values of the kind.
    public static func digest(of bytes: [UInt8], kind: Kind) -> String {
        "blake2b:" + BLAKE2b.hash(KnownValue.isCaseInsensitive(bytes, kind: kind) ? bytes.map(\.lowered) : bytes).hex
    }

    /// Whether a text has the form of a digest.
    public static func isDigest(_ text: String) -> Bool {
        let digits = text.dropFirst("blake2b:".count)
        return text.hasPrefix("blake2b:") && digits.utf8.count == 64
            && digits.utf8.allSatisfy { ByteSet.hexDigits.contains($0) && $0 == $0.lowered }
    }
}
