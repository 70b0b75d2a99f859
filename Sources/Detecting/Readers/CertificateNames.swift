/// The host names in a certificate: its subject alternative names and its subject's common name, RFC 5280.
///
/// The structure is not validated: the two object identifiers are looked for, and what follows is read with care.
struct CertificateNames {
    /// The names, in the order of the certificate, without the `*.` of a wildcard.
    let hosts: [String]

    private static let subjectAlternativeName: [UInt8] = [0x06, 0x03, 0x55, 0x1d, 0x11]
    private static let commonName: [UInt8] = [0x06, 0x03, 0x55, 0x04, 0x03]

    /// Reads the body of a PEM certificate; no names where it is none.
    init(base64: some Sequence<UInt8>) {
        // In JSON, line ends are spelled `\n`: a backslash and a letter that are no base64 there.
        var cleaned: [UInt8] = []
        var afterBackslash = false
        for byte in base64 {
            if byte == UInt8(ascii: "\\") {
                afterBackslash = true
            } else {
                if !afterBackslash { cleaned.append(byte) }
                afterBackslash = false
            }
        }
        let bytes = Base64Text.decode(cleaned) ?? []
        var hosts: [String] = []
        for offset in bytes.indices {
            let rest = bytes[offset...]
            if rest.starts(with: Self.commonName), let value = Self.element(in: bytes, at: offset + 5) {
                hosts.append(String(decoding: bytes[value], as: UTF8.self))
            } else if rest.starts(with: Self.subjectAlternativeName) {
                var position = offset + 5
                // The extension may be marked critical before its value.
                if position + 2 < bytes.count, bytes[position] == 0x01 { position += 3 }
                guard let octets = Self.element(in: bytes, at: position),
                    let names = Self.element(in: bytes, at: octets.lowerBound)
                else { continue }
                var name = names.lowerBound
                while let value = Self.element(in: bytes, at: name), value.upperBound <= names.upperBound {
                    if bytes[name] == 0x82 { hosts.append(String(decoding: bytes[value], as: UTF8.self)) }
                    name = value.upperBound
                }
            }
        }
        self.hosts = hosts.map { $0.hasPrefix("*.") ? String($0.dropFirst(2)) : $0 }
    }

    /// The contents of the DER element at `offset`.
    private static func element(in bytes: [UInt8], at offset: Int) -> Range<Int>? {
        guard offset + 1 < bytes.count else { return nil }
        var length = Int(bytes[offset + 1])
        var start = offset + 2
        if length >= 0x80 {
            let count = length & 0x7f
            guard (1...3).contains(count), start + count <= bytes.count else { return nil }
            length = bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
            start += count
        }
        return length > 0 && start + length <= bytes.count ? start..<(start + length) : nil
    }
}
