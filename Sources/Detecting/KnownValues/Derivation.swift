internal import Documents

/// A rewritten form of a value that still identifies it and that is not an encoding.
///
/// Applied to a value, it gives the form to search for; applied to its stand-in, it gives the replacement.
public enum Derivation: String, Hashable, Sendable, CaseIterable {
    /// The name of an IPv4 address under `in-addr.arpa` (RFC 1035 section 3.5).
    case reversedAddress
    /// The name of the zone of an IPv4 address in a 24-bit network, as in zone files and their names.
    case reversedNetwork
    /// The 24-bit network of an IPv4 address, as in the host of a MySQL account: `192.0.2.%`.
    case wildcardNetwork
    /// The name of an IPv6 address under `ip6.arpa` (RFC 3596 section 2.5).
    case reversedNibbles
    /// The name of the zone of an IPv6 network of 32, 48 or 64 bits, as in zone files and their names.
    case reversedZone
    /// The name of the zone of an IPv6 network of any other number of bits.
    case reversedShortZone
    /// The numbers of an IPv4 address, or the labels of a domain, joined by dashes, as in host names.
    case dashed
    /// The labels of a domain joined by underscores, as in names of variables and databases.
    case underscored
    /// The labels of a domain joined by underscores, which also replace its dashes, as in names that may have no dash:
    /// `wren_field_test`.
    case identifier
    /// The labels of a domain as the components of a distinguished name (RFC 2247): `dc=wren,dc=test`.
    case domainComponents
    /// The labels of a domain, or the numbers of an address, with escaped dots, as in regular expressions:
    /// `wren\.test`.
    case escapedDots
    /// The labels of a domain with escaped dots and dashes, as Python's `re.escape` writes them: `wren\-field\.test`.
    case escapedMarks
    /// The labels of a domain with doubly escaped dots, as in a string that holds a regular expression: `wren\\.test`.
    case doublyEscapedDots
    /// The registered label, `wrenfield` of `wrenfield.test`, as in names of projects, buckets and zones.
    case registeredLabel
    /// The labels of a domain in reverse order, as in names of packages and programs: `test.wren`.
    case reversedLabels
    /// The part of an email address before the @, as in names of mail folders.
    case localPart
    /// A secret with its dollar signs doubled, as Docker Compose requires.
    case doubledDollars
    /// The digits of a phone number, as in SIP.
    case digitsOnly
    /// The number of an autonomous system as registers write it: `AS64496`.
    case systemName
    /// The digits of a hardware address without the separators, as in serial numbers and names.
    case joinedDigits
    /// The labels of a domain with `%2e` between them, as in the names of Prosody's host folders.
    ///
    /// It is not searched for separately, because percent escapes are decoded.
    case percentEncodedDots
    /// The value in upper case.
    ///
    /// It is not searched for separately, because case-insensitive values match in either case.
    case uppercased
    /// The components of a distinguished name with upper-case types: `DC=wren,DC=test`.
    ///
    /// It is not searched for separately, for the same reason as upper case.
    case capitalComponents

    /// Whether values of `kind` can have this form.
    func applies(to kind: Kind) -> Bool {
        switch self {
        case .reversedAddress, .reversedNetwork, .wildcardNetwork: kind == .ipv4
        case .reversedNibbles, .reversedZone, .reversedShortZone: kind == .ipv6
        case .dashed: kind == .ipv4 || kind == .domain
        case .escapedDots: kind == .domain || kind == .ipv4 || kind == .email
        case .identifier: kind == .domain || kind == .projectID
        case .underscored, .domainComponents, .registeredLabel, .reversedLabels, .escapedMarks, .doublyEscapedDots:
            kind == .domain
        case .localPart: kind == .email
        case .doubledDollars: kind.severity == .secret
        case .digitsOnly: kind == .phone
        case .systemName: kind == .accountID
        case .joinedDigits: kind == .mac
        case .percentEncodedDots, .uppercased, .capitalComponents: false
        }
    }

    /// The forms of a domain that are unlikely to be written with another meaning.
    static let ofAnyConfidence: Set<Derivation> = [.escapedDots, .escapedMarks, .doublyEscapedDots, .domainComponents]

    /// Whether the form is used as part of other names.
    var isPartOfNames: Bool { [.dashed, .underscored, .identifier, .registeredLabel].contains(self) }

    /// Returns the form of `value`; nil if it has none.
    public func apply(to value: [UInt8]) -> [UInt8]? {
        let dot = UInt8(ascii: ".")
        switch self {
        case .reversedAddress: return Self.reversedName(of: value, labels: 4)
        case .reversedNetwork: return Self.reversedName(of: value, labels: 3)
        case .wildcardNetwork:
            let parts = value.split(separator: dot, omittingEmptySubsequences: false)
            return parts.count == 4 ? Array(parts.prefix(3).joined(separator: [dot])) + Array(".%".utf8) : nil
        case .reversedNibbles:
            guard let address = IPv6Address(value) else { return nil }
            return Array(address.nibbles.reversed().map { [$0] }.joined(separator: [dot])) + Array(".ip6.arpa".utf8)
        case .reversedZone: return Self.reversedZone(of: value, digitsInStep: 4)
        case .reversedShortZone: return Self.reversedZone(of: value, digitsInStep: 1)
        case .dashed: return value.map { $0 == dot ? UInt8(ascii: "-") : $0 }
        case .underscored: return value.map { $0 == dot ? UInt8(ascii: "_") : $0 }
        case .identifier:
            return value.map { $0 == dot || $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
        case .escapedDots: return value.flatMap { $0 == dot ? [UInt8(ascii: "\\"), dot] : [$0] }
        case .escapedMarks:
            let dash = UInt8(ascii: "-")
            return value.flatMap { $0 == dot || $0 == dash ? [UInt8(ascii: "\\"), $0] : [$0] }
        case .doublyEscapedDots:
            return value.flatMap { $0 == dot ? [UInt8(ascii: "\\"), UInt8(ascii: "\\"), dot] : [$0] }
        case .registeredLabel: return Array(value.prefix { $0 != dot })
        case .reversedLabels:
            return Array(
                value.split(separator: dot, omittingEmptySubsequences: false).reversed().joined(separator: [dot])
            )
        case .localPart: return Array(value.prefix { $0 != UInt8(ascii: "@") })
        case .domainComponents: return Self.components(of: value, type: "dc=")
        case .capitalComponents: return Self.components(of: value, type: "DC=")
        case .uppercased:
            return value.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 & ~0x20 : $0 }
        case .doubledDollars:
            let dollar = UInt8(ascii: "$")
            return value.flatMap { $0 == dollar ? [dollar, dollar] : [$0] }
        case .digitsOnly: return value.filter(ByteSet.digits.contains)
        case .systemName: return Array("AS".utf8) + value
        case .joinedDigits: return value.filter(ByteSet.hexDigits.contains)
        case .percentEncodedDots: return value.flatMap { $0 == dot ? Array("%2e".utf8) : [$0] }
        }
    }

    /// Returns the name under `in-addr.arpa` of the first numbers of an address; nil if it is not one.
    private static func reversedName(of address: [UInt8], labels: Int) -> [UInt8]? {
        let parts = address.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return Array(parts.prefix(labels).reversed().joined(separator: [UInt8(ascii: ".")]))
            + Array(".in-addr.arpa".utf8)
    }

    /// Returns the name under `ip6.arpa` of a network of at most 64 bits, without the zeros at its end, which are left
    /// out in steps of so many hexadecimal digits; nil for another address.
    private static func reversedZone(of network: [UInt8], digitsInStep step: Int) -> [UInt8]? {
        guard let digits = IPv6Address(network)?.nibbles,
            let last = digits.lastIndex(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        let count = max(fewestDigits, (last + step) / step * step)
        guard count <= mostDigits else { return nil }
        return Array(digits.prefix(count).reversed().map { [$0] }.joined(separator: [UInt8(ascii: ".")]))
            + Array(".ip6.arpa".utf8)
    }

    /// The number of hexadecimal digits of the largest and the smallest network whose zone is searched for.
    private static let (fewestDigits, mostDigits) = (8, 16)

    private static func components(of domain: [UInt8], type: String) -> [UInt8] {
        Array(
            domain.split(separator: UInt8(ascii: ".")).map { Array(type.utf8) + $0 }.joined(separator: [
                UInt8(ascii: ",")
            ])
        )
    }
}
