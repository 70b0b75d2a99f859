internal import Documents

/// An IPv6 address in one of the spellings of RFC 4291 section 2.2.
struct IPv6Address: Hashable, Sendable {
    /// The eight groups.
    let groups: [UInt16]

    /// Parses an address; nil if `text` is not one.
    init?(_ text: some Collection<UInt8>) {
        let bytes = Array(text)
        guard (2...45).contains(bytes.count) else { return nil }
        var head: [UInt16] = []
        var tail: [UInt16]?
        var position = 0
        if bytes.starts(with: "::".utf8) {
            tail = []
            position = 2
        }
        while position < bytes.count {
            let start = position
            var group = 0
            while position < bytes.count, let digit = bytes[position].hexValue, position - start < 5 {
                group = group * 16 + Int(digit)
                position += 1
            }
            if position < bytes.count, bytes[position] == UInt8(ascii: "."), let address = IPv4Address(bytes[start...])
            {
                let parts = [UInt16(address.number >> 16), UInt16(address.number & 0xffff)]
                if tail == nil { head += parts } else { tail? += parts }
                position = bytes.count
                break
            }
            guard position > start, position - start <= 4 else { return nil }
            if tail == nil { head.append(UInt16(group)) } else { tail?.append(UInt16(group)) }
            guard position < bytes.count else { break }
            guard bytes[position] == UInt8(ascii: ":") else { return nil }
            position += 1
            guard position < bytes.count else { return nil }
            if bytes[position] == UInt8(ascii: ":") {
                guard tail == nil else { return nil }
                tail = []
                position += 1
            }
        }
        if let tail {
            guard head.count + tail.count < 8 else { return nil }
            groups = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        } else {
            guard head.count == 8 else { return nil }
            groups = head
        }
    }

    /// Makes an address of eight groups.
    init(groups: [UInt16]) { self.groups = groups }

    /// The address as RFC 5952 recommends to write it: in lower case, with two colons in place of the longest run of
    /// zeros.
    var text: String {
        var longest = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > max(1, longest.count) { longest = start..<index }
            start = index + 1
        }
        func joined(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !longest.isEmpty else { return joined(groups[...]) }
        return joined(groups[..<longest.lowerBound]) + "::" + joined(groups[longest.upperBound...])
    }

    /// The 32 hexadecimal digits in lower case.
    var nibbles: [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return groups.flatMap { group in [12, 8, 4, 0].map { digits[Int(group >> UInt16($0)) & 15] } }
    }
}
