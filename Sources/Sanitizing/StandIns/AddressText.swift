/// Parses addresses.
enum AddressText {
    /// The four bytes of a dotted IPv4 address; nil if the text is not one.
    static func ipv4(_ text: [UInt8]) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8(String(decoding: $0, as: UTF8.self)) }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// The sixteen bytes of an IPv6 address (RFC 4291 section 2.2); nil if the text is not one.
    static func ipv6(_ text: [UInt8]) -> [UInt8]? {
        let string = String(decoding: text, as: UTF8.self)
        let halves = string.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        if halves.count == 1 { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// The six bytes of a hardware address with colons or dashes, or in Cisco's three groups with dots; nil if the text
    /// is not one.
    static func mac(_ text: [UInt8]) -> [UInt8]? {
        if let bytes = bytes(of: text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false), 3) {
            return bytes
        }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") }
        return bytes(of: parts, 6)
    }

    /// The six bytes of `count` hexadecimal numbers of equal length; nil if they do not fit.
    private static func bytes(of parts: [ArraySlice<UInt8>], _ count: Int) -> [UInt8]? {
        guard parts.count == count, parts.allSatisfy({ $0.count == 12 / count }) else { return nil }
        let digits = parts.flatMap(\.self)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { start in
            UInt8(String(decoding: digits[start..<(start + 2)], as: UTF8.self), radix: 16)
        }
        return bytes.count == 6 ? bytes : nil
    }

    /// Returns a hardware address with colons in Cisco's form: `0011.2233.4455`.
    static func dotted(_ mac: String) -> String {
        let parts = mac.split(separator: ":")
        return stride(from: 0, to: parts.count - 1, by: 2).map { String(parts[$0] + parts[$0 + 1]) }
            .joined(separator: ".")
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let tail = ipv4(Array(part.utf8)) {
                bytes += tail
            } else if part.utf8.count <= 4, let group = UInt16(part, radix: 16) {
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            } else {
                return nil
            }
        }
        return bytes
    }
}
