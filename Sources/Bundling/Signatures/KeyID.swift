/// The eight bytes that distinguish minisign keys.
///
/// They are random, and prove nothing.
public struct KeyID: Hashable, Sendable {
    /// The number of bytes.
    static let count = 8

    /// The bytes, read as a little-endian number, as minisign displays them.
    public let value: UInt64

    /// Makes a key id from the number that minisign displays.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// Makes a key id from its bytes in a file; bytes after the eighth are ignored.
    init(bytes: some Collection<UInt8>) {
        value = bytes.prefix(Self.count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The bytes as stored in a file.
    var bytes: [UInt8] {
        (0..<Self.count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

extension KeyID: CustomStringConvertible {
    /// Sixteen upper-case hexadecimal digits, as minisign displays them.
    public var description: String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 2 * Self.count - digits.count) + digits
    }
}
