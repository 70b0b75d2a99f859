internal import Documents

/// A name under `in-addr.arpa` or `ip6.arpa`: of an address, or of the zone of a network.
///
/// Sources: RFC 1035 section 3.5, RFC 2317, RFC 3596 section 2.5.
struct ReverseName {
    /// ``Kind/ipv4`` or ``Kind/ipv6``.
    let kind: Kind
    /// The address as text; of a network, its first address.
    let address: [UInt8]

    /// The minimum number of labels, of IPv4 and of IPv6: a larger network is a provider's rather than an owner's.
    private static let (fewestNumbers, fewestDigits) = (3, 8)
    private static let longestName = 96

    /// Reads the name that ends at `end`; nil for any other name, and for one that identifies nobody.
    init?(endingAt end: Int, in text: [UInt8]) {
        let start = WordCharacter.runStart(of: .hostName, before: end, atMost: Self.longestName, in: text)
        let labels = text[start..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 2, !WordCharacter.starts(at: end, in: text) else { return nil }
        // In `0-63.2.0.192.in-addr.arpa`, a range of the network comes first.
        let numbers = labels.dropLast(2).reversed().prefix { $0.allSatisfy(ByteSet.hexDigits.contains) && !$0.isEmpty }
        let (address, kind): ([UInt8]?, Kind) =
            switch String(decoding: labels[labels.count - 2], as: UTF8.self).lowercased() {
            case "in-addr": (Self.ipv4(Array(numbers)), .ipv4)
            case "ip6": (Self.ipv6(Array(numbers)), .ipv6)
            default: (nil, .ipv4)
            }
        guard let address, !ReservedValues.builtIn.contains(address, kind: kind) else { return nil }
        self.kind = kind
        self.address = address
    }

    private static func ipv4(_ numbers: [ArraySlice<UInt8>]) -> [UInt8]? {
        guard (fewestNumbers...4).contains(numbers.count) else { return nil }
        let zeros = [ArraySlice("0".utf8)][..<(4 - numbers.count)]
        let text = Array((numbers + zeros).joined(separator: [UInt8(ascii: ".")]))
        guard let address = IPv4Address(text), !AddressReader(text: text).isSpecial(address, prefix: nil) else {
            return nil
        }
        return text
    }

    private static func ipv6(_ digits: [ArraySlice<UInt8>]) -> [UInt8]? {
        guard (fewestDigits...32).contains(digits.count), digits.allSatisfy({ $0.count == 1 }) else { return nil }
        let values = digits.compactMap { $0.first?.hexValue } + [UInt8](repeating: 0, count: 32 - digits.count)
        let groups = stride(from: 0, to: 32, by: 4).map { first in
            values[first..<(first + 4)].reduce(UInt16(0)) { $0 << 4 | UInt16($1) }
        }
        let text = Array(IPv6Address(groups: groups).text.utf8)
        return AddressReader(text: text).ipv6(around: 0) == Span(0, text.count) ? text : nil
    }
}
