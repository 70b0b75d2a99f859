internal import Documents

// IPv4 addresses in running text, and the numbers that only look like them.
extension AddressReader {
    /// The IPv4 address that contains the byte at `offset`; nil if there is none, or it identifies nothing.
    func ipv4(around offset: Int) -> Span? {
        let set = ByteSet.digits.union(ByteSet("."))
        var span = run(of: set, around: offset)
        // The digits of an escape do not belong to the address: `%22` and `\u0022`.
        if byte(span.start - 1) == UInt8(ascii: "%"), span.count > 9 {
            span.start += 2
        } else if byte(span.start - 1) == UInt8(ascii: "u"), byte(span.start - 2) == UInt8(ascii: "\\"), span.count > 11
        {
            span.start += 4
        }
        while span.count > 0, text[span.start] == UInt8(ascii: ".") { span.start += 1 }
        while span.count > 0, text[span.end - 1] == UInt8(ascii: ".") { span.end -= 1 }
        guard let address = IPv4Address(text[span.range]), !isVersion(span),
            !continuesWord(span, hasManyDigits: address.hasManyDigits)
        else { return nil }
        // The address of such a name is the other way round; see ``ReverseName``.
        guard !follows(Self.reverseZone, at: span.end), !isBeforeNibbles(span.end) else { return nil }
        guard !isSpecial(address, prefix: prefixLength(behind: span) ?? maskLength(behind: span)) else { return nil }
        return span
    }

    /// Whether the digits up to `end` are in a name under `ip6.arpa`, which has one digit in each label.
    private func isBeforeNibbles(_ end: Int) -> Bool {
        guard byte(end) == UInt8(ascii: ".") else { return false }
        return follows("ip6.arpa", at: WordCharacter.runEnd(of: Self.nibbles, from: end, atMost: 64, in: text))
    }

    private static let nibbles = ByteSet.hexDigits.union(ByteSet("."))

    /// The length of the network mask after a slash, as in `10.0.0.0/255.0.0.0`; nil if there is none.
    private func maskLength(behind span: Span) -> Int? {
        guard byte(span.end) == UInt8(ascii: "/"), span.end + 1 < text.count else { return nil }
        let mask = run(of: ByteSet.digits.union(ByteSet(".")), around: span.end + 1)
        guard let address = IPv4Address(text[mask.range]), address.isMask else { return nil }
        return address.number.nonzeroBitCount
    }

    /// Whether the bytes are part of a longer word.
    ///
    /// Underscores join words, but rarely a word and a version with many digits.
    func continuesWord(_ span: Span, hasManyDigits: Bool = false) -> Bool {
        if let before = byte(span.start - 1) {
            if WordCharacter.ends(at: span.start, in: text) && !isEscape(before: span.start)
                && !isOption(before: span.start)
                || before == UInt8(ascii: "_") && !hasManyDigits && !isNamedMachine(before: span.start)
            {
                return true
            }
            if isNamedMachine(before: span.start) { return false }
            // `name-1.2.3.4` is an address; `name-1.2.3.4.tar.gz` and `name-1.2.3.4-slim` are releases.
            if before == UInt8(ascii: "-"), byte(span.end) == UInt8(ascii: ".") || byte(span.end) == UInt8(ascii: "-"),
                byte(span.end + 1).map(ByteSet.letters.contains) == true
            {
                return true
            }
        }
        return WordCharacter.starts(at: span.end, in: text) || byte(span.end) == UInt8(ascii: "_") && !hasManyDigits
    }

    /// Whether the text before `offset` is a word for a machine and a separator, as in `host_10.0.3.7.log` and
    /// `ip-10.0.3.7-backup`.
    private func isNamedMachine(before offset: Int) -> Bool {
        guard let sign = byte(offset - 1), ByteSet("_-").contains(sign) else { return false }
        let word = text[max(0, offset - 9)..<(offset - 1)].reversed().prefix(while: ByteSet.letters.contains)
        return Self.machineWords.contains(String(decoding: word.reversed(), as: UTF8.self).lowercased())
    }

    private static let machineWords: Set<String> = ["addr", "client", "host", "ip", "node", "peer", "server", "vm"]

    /// Whether the preceding letter is an option directly before its value, as in `mysqldump -h10.0.0.1`.
    private func isOption(before offset: Int) -> Bool {
        guard let letter = byte(offset - 1), ByteSet.letters.contains(letter), letter | 0x20 != UInt8(ascii: "v"),
            byte(offset - 2) == UInt8(ascii: "-")
        else { return false }
        return byte(offset - 3).map(ByteSet.space.contains) ?? true
    }

    func isEscape(before offset: Int) -> Bool { EscapeBefore.length(before: offset, in: text) > 0 }

    /// Whether the preceding words show that the four numbers are a version.
    private func isVersion(_ span: Span) -> Bool {
        let before = text[max(0, span.start - 24)..<span.start].map { $0 | 0x20 }
        let line = before.split(separator: UInt8(ascii: "\n") | 0x20).last.map(Array.init) ?? before
        return ["version", "release", "ver.", " rv:", "(rv:"].contains { Self.contains(line, Array($0.utf8)) }
            || isProduct(span) || isSection(line) || isObjectIdentifier(span) || isRevision(span)
            || PackageList.holds(span, in: text)
    }

    /// Whether the words before four numbers show that they are a section of a specification: `XEP 60 8.1.9.2`, `RFC
    /// 6120, section`.
    private func isSection(_ line: [UInt8]) -> Bool {
        let words = line.split { !ByteSet.alphanumerics.contains($0) }
        guard let last = words.last else { return false }
        if last.elementsEqual("section".utf8) || last.elementsEqual("chapter".utf8) { return true }
        guard last.allSatisfy(ByteSet.digits.contains), let document = words.dropLast().last else { return false }
        return document.elementsEqual("xep".utf8) || document.elementsEqual("rfc".utf8)
    }

    /// Whether four numbers are the revision of a file, `Makefile,v 1.30.6.1 2008/11/25`, or are followed by the commit
    /// of a build: `# 2.3.4.1 (f79e8e7e4)`.
    private func isRevision(_ span: Span) -> Bool {
        if text[..<span.start].suffix(3).elementsEqual(",v ".utf8) { return true }
        guard byte(span.end) == UInt8(ascii: " "), byte(span.end + 1) == UInt8(ascii: "(") else { return false }
        let digits = text[(span.end + 2)...].prefix(41).prefix(while: ByteSet.hexDigits.contains)
        return digits.count >= 7 && byte(digits.endIndex) == UInt8(ascii: ")")
            && digits.contains(where: ByteSet.letters.contains)
    }

    /// Whether the line shows, before four numbers, that they are an object identifier: `oid_common_name = "2.5.4.3"`.
    private func isObjectIdentifier(_ span: Span) -> Bool {
        let before = text[max(0, span.start - 64)..<span.start]
        let line = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? before
        return line.split { !ByteSet.letters.contains($0) }.contains { word in
            word.elementsEqual("oid".utf8) { $0 | 0x20 == $1 }
        }
    }

    /// Whether a program's name and a slash precede, as in a browser's `Mozilla/5.0.0.1`.
    private func isProduct(_ span: Span) -> Bool {
        guard byte(span.start - 1) == UInt8(ascii: "/") else { return false }
        let name = text[max(0, span.start - 25)..<(span.start - 1)].reversed().prefix(while: ByteSet.letters.contains)
        guard name.count > 2, let first = name.last else { return false }
        return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first && byte(span.start - 2 - name.count) != UInt8(ascii: "/")
    }

    /// The prefix length after a slash, as in `10.0.0.0/8`; nil if there is none or another address follows.
    func prefixLength(behind span: Span) -> Int? {
        guard byte(span.end) == UInt8(ascii: "/") else { return nil }
        var position = span.end + 1
        var length = 0
        while let digit = byte(position), ByteSet.digits.contains(digit), position - span.end <= 3 {
            length = length * 10 + Int(digit - UInt8(ascii: "0"))
            position += 1
        }
        return position > span.end + 1 && byte(position) != UInt8(ascii: ".") && length <= 128 ? length : nil
    }

    /// Whether an address identifies no machine: loopback, a mask, or an edge of a block that everyone uses.
    func isSpecial(_ address: IPv4Address, prefix: Int?) -> Bool {
        // The same number four times is a dummy or a public resolver.
        if address.number.isMultiple(of: 0x0101_0101), !address.isIn(10, 0, 0, 0, prefix: 8) { return true }
        if address.isMask || address.isIn(0, 0, 0, 0, prefix: 8) || address.isIn(127, 0, 0, 0, prefix: 8) {
            return true
        }
        if address.isIn(169, 254, 0, 0, prefix: 16) || address.isIn(192, 0, 0, 0, prefix: 24) { return true }
        if address.isIn(192, 88, 99, 0, prefix: 24) || address.isIn(224, 0, 0, 0, prefix: 4) { return true }
        // The default networks of Docker and Kubernetes, and private blocks too large for a single owner.
        if let prefix, address.isPrivate, address.number & (UInt32.max >> UInt32(prefix)) == 0,
            (8...13).contains(prefix) || prefix == 16 && Self.poolsOfContainers.contains(address.number)
        {
            return true
        }
        // A large block of the internet assigned to a provider identifies no owner.
        if let prefix, prefix <= 20, !address.isPrivate, address.number & (UInt32.max >> UInt32(prefix)) == 0 {
            return true
        }
        let blocks: [(UInt32, UInt32, UInt32)] = [
            (0x0a00_0000, 0xff00_0000, 8), (0xac10_0000, 0xfff0_0000, 12), (0xc0a8_0000, 0xffff_0000, 16),
            (0x6440_0000, 0xffc0_0000, 10), (0x0a80_0000, 0xff80_0000, 9), (0xf000_0000, 0xf000_0000, 4),
        ]
        for (network, mask, length) in blocks where address.number & mask == network {
            let isEdge = address.number == network || address.number == network | ~mask
            if isEdge, (prefix ?? 0) <= max(Int(length), 16) { return true }
        }
        return false
    }

    /// The 16-bit networks of docker0, flannel and k3s: 172.17.0.0, 10.244.0.0, 10.42.0.0, 10.43.0.0.
    private static let poolsOfContainers: Set<UInt32> = [0xac11_0000, 0x0af4_0000, 0x0a2a_0000, 0x0a2b_0000]

    private static let reverseZone = ".in-addr.arpa"
}
