internal import Archive

/// A comment of a key or a signature: untrusted bytes, to be shown only in escaped form.
public struct Comment: Hashable, Sendable {
    /// The bytes between the prefix of the line and its end.
    public let bytes: [UInt8]

    /// Takes the bytes of a line unchanged.
    init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// Makes a comment to write.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents` if it has control characters other than a tab, which newer
    ///   versions of minisign refuse.
    public init(_ text: String) throws(BundleError) {
        let isControl = { (scalar: Unicode.Scalar) in scalar.value < 0x20 && scalar != "\t" || isC1(scalar) }
        guard !text.unicodeScalars.contains(where: isControl) else {
            throw BundleError(.invalidContents, "a comment must not have control characters")
        }
        bytes = Array(text.utf8)
    }

    /// The comment for a terminal: control characters and invalid UTF-8 are escaped with a backslash.
    public var escaped: String { Archive.escaped(bytes) }
}

private func isC1(_ scalar: Unicode.Scalar) -> Bool { (0x7F...0x9F).contains(scalar.value) }

extension Comment: CustomStringConvertible {
    /// The comment for a terminal.
    public var description: String { escaped }
}
