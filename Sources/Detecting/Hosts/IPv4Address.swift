/// An IPv4 address in dotted decimal form.
struct IPv4Address: Hashable, Sendable {
    /// The address as a number.
    let number: UInt32

    /// Parses an address; nil if `text` is not one, or has a number above 255 or with a leading zero.
    init?(_ text: some Collection<UInt8>) {
        var number: UInt32 = 0
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var value: UInt32 = 0
            for byte in part {
                guard ByteSet.digits.contains(byte) else { return nil }
                value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
            }
            guard value <= 255 else { return nil }
            number = number << 8 | value
        }
        self.number = number
    }

    /// Whether the address is in the network of `prefix` bits at `a.b.c.d`.
    func isIn(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, prefix: UInt32) -> Bool {
        let network = a << 24 | b << 16 | c << 8 | d
        return prefix == 0 || (number ^ network) >> (32 - prefix) == 0
    }

    /// Whether the number is a netmask, or the inverse of one.
    var isMask: Bool {
        let inverted = ~number
        return inverted & (inverted &+ 1) == 0 && number >= 0xff00_0000
            || number & (number &+ 1) == 0 && number < 0x0100_0000
    }

    /// Whether at least three of its numbers have two digits or more, which is rare in versions.
    var hasManyDigits: Bool { [24, 16, 8, 0].count { number >> UInt32($0) & 0xff >= 10 } >= 3 }

    /// Whether it is the first address of an RFC 1918 block, with which networks of many sizes begin.
    var beginsPrivateBlock: Bool { [0x0a00_0000, 0xac10_0000, 0xc0a8_0000].contains(number) }

    /// Whether it is in a private network (RFC 1918, RFC 6598).
    var isPrivate: Bool {
        isIn(10, 0, 0, 0, prefix: 8) || isIn(172, 16, 0, 0, prefix: 12) || isIn(192, 168, 0, 0, prefix: 16)
            || isIn(100, 64, 0, 0, prefix: 10)
    }
}
