internal import Documents

/// The names in a certificate, a signing request or a PKCS#7 bundle: of the subject, of the alternative names, and of a
/// private issuer (RFC 5280, RFC 2986, RFC 2315).
///
/// The structure is walked, not validated: a name is any sequence of sets of attributes, and malformed data ends the
/// element that contains it.
struct CertificateNames {
    /// The type of a name.
    enum Sort: Hashable, Sendable { case host, email, address, commonName, organization }

    /// A name and its type.
    struct Name: Hashable, Sendable {
        var sort: Sort
        var text: String
    }

    /// The names in the order of the bytes, each once.
    private(set) var names: [Name] = []

    /// Whether a public authority's name was read, which identifies no owner.
    private(set) var namesPublicAuthority = false

    /// The host names, without the `*.` of a wildcard.
    var hosts: [String] { names.filter { $0.sort == .host }.map(\.text) }

    private static let depthLimit = 24
    /// The maximum length of a name in bytes.
    private static let longestName = 1 << 10

    private static let subjectAlternativeName: [UInt8] = [0x55, 0x1d, 0x11]
    private static let commonName: [UInt8] = [0x55, 0x04, 0x03]
    private static let organization: [UInt8] = [0x55, 0x04, 0x0a]
    private static let emailAddress: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01]

    /// Reads the body of a PEM text: wrapped at any width, indented, quoted line by line, or with line ends spelled
    /// `\n`.
    ///
    /// There are no names if it is not base64 of DER.
    init(base64: some Sequence<UInt8>) {
        self.init(der: Base64Codec.bytes(ofDigits: Self.digits(of: base64)[...]) ?? [])
    }

    /// Reads DER; there are no names if it is invalid.
    init(der bytes: [UInt8]) {
        guard let root = DERElement(in: bytes, at: 0, before: bytes.count), root.tag == DERElement.sequence else {
            return
        }
        walk(root, in: bytes, depth: 0)
        var seen: Set<Name> = []
        names = names.filter { seen.insert($0).inserted }
    }

    /// Returns the base64 in a body, without the text inserted between its lines.
    private static func digits(of body: some Sequence<UInt8>) -> [UInt8] {
        var digits: [UInt8] = []
        var isEscape = false
        // A body that is spread over several strings begins inside the first; the text between two strings is code.
        var isInString = true
        for byte in body {
            if isEscape {
                isEscape = false
            } else if byte == UInt8(ascii: "\\") {
                isEscape = true
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                isInString.toggle()
            } else if isInString, ![UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "|")].contains(byte) {
                digits.append(byte)
            }
        }
        return digits
    }

    // MARK: - Structure

    /// Searches an element and all its descendants for names.
    private mutating func walk(_ element: DERElement, in bytes: [UInt8], depth: Int) {
        guard depth < Self.depthLimit else { return }
        let children = element.children(in: bytes)
        if readAlternativeNames(children, in: bytes) { return }
        for child in children {
            if let attributes = attributes(of: child, in: bytes) {
                if Self.isPublicAuthority(attributes) { namesPublicAuthority = true } else { add(attributes) }
            } else if child.isConstructed {
                walk(child, in: bytes, depth: depth + 1)
            }
        }
    }

    /// An attribute of a name: its type and its text.
    private typealias Attribute = (type: ArraySlice<UInt8>, text: String)

    /// The attributes of a name; nil if the element is not one.
    private func attributes(of element: DERElement, in bytes: [UInt8]) -> [Attribute]? {
        guard element.tag == DERElement.sequence, !element.contents.isEmpty,
            bytes[element.contents.lowerBound] == DERElement.set
        else { return nil }
        var attributes: [Attribute] = []
        for set in element.children(in: bytes) {
            guard set.tag == DERElement.set else { return nil }
            for pair in set.children(in: bytes) {
                let parts = pair.children(in: bytes)
                guard pair.tag == DERElement.sequence, parts.count == 2, parts[0].tag == DERElement.objectIdentifier
                else { return nil }
                guard let text = Self.text(of: parts[1], in: bytes) else { continue }
                attributes.append((bytes[parts[0].contents], text))
            }
        }
        return attributes.isEmpty ? nil : attributes
    }

    /// The text of a string of one of the types used in names.
    private static func text(of element: DERElement, in bytes: [UInt8]) -> String? {
        guard (1...longestName).contains(element.contents.count) else { return nil }
        let contents = bytes[element.contents]
        switch element.tag {
        case 0x0c, 0x13, 0x14, 0x16: return String(validating: contents, as: UTF8.self)
        case 0x1e:
            guard contents.count.isMultiple(of: 2) else { return nil }
            let units = stride(from: contents.startIndex, to: contents.endIndex, by: 2).map {
                UInt16(contents[$0]) << 8 | UInt16(contents[$0 + 1])
            }
            return String(validating: units, as: UTF16.self)
        default: return nil
        }
    }

    // MARK: - Names

    private mutating func add(_ attributes: [Attribute]) {
        for (type, text) in attributes {
            if type.elementsEqual(Self.commonName) {
                names.append(Self.name(text))
            } else if type.elementsEqual(Self.emailAddress) {
                names.append(Name(sort: .email, text: text))
            } else if type.elementsEqual(Self.organization) {
                names.append(Name(sort: .organization, text: text))
            }
        }
    }

    /// Classifies a common name: a host, an IP address, an email address, or another name.
    private static func name(_ text: String) -> Name {
        if text.utf8.contains(UInt8(ascii: "@")) { return Name(sort: .email, text: text) }
        if IPv4Address(text.utf8) != nil || IPv6Address(text.utf8) != nil { return Name(sort: .address, text: text) }
        let host = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        let isHost = host.utf8.contains(UInt8(ascii: ".")) && host.utf8.allSatisfy(ByteSet.hostName.contains)
        return isHost ? Name(sort: .host, text: host) : Name(sort: .commonName, text: text)
    }

    /// Adds the names of the extension `subjectAltName`; returns false for another element.
    private mutating func readAlternativeNames(_ parts: [DERElement], in bytes: [UInt8]) -> Bool {
        guard let first = parts.first, first.tag == DERElement.objectIdentifier,
            bytes[first.contents].elementsEqual(Self.subjectAlternativeName),
            let octets = parts.first(where: { $0.tag == DERElement.octetString }),
            let list = DERElement(in: bytes, at: octets.contents.lowerBound, before: octets.contents.upperBound)
        else { return false }
        for name in list.children(in: bytes) {
            let contents = bytes[name.contents]
            switch name.tag {
            case 0x81: add(.email, contents)
            case 0x82:
                let isWildcard = contents.starts(with: "*.".utf8)
                add(.host, isWildcard ? contents.dropFirst(2) : contents)
            case 0x86: addHost(ofURL: contents)
            case 0x87: Self.address(contents).map { names.append(Name(sort: .address, text: $0)) }
            default: break
            }
        }
        return true
    }

    private mutating func add(_ sort: Sort, _ text: ArraySlice<UInt8>) {
        guard (1...Self.longestName).contains(text.count), let text = String(validating: text, as: UTF8.self) else {
            return
        }
        names.append(Name(sort: sort, text: text))
    }

    private mutating func addHost(ofURL url: ArraySlice<UInt8>) {
        guard let colon = url.firstIndex(of: UInt8(ascii: ":")), url[colon...].starts(with: "://".utf8) else { return }
        let host = url[(colon + 3)...].prefix { ByteSet.hostName.contains($0) }
        if host.contains(UInt8(ascii: ".")) { add(.host, host) }
    }

    /// The text of an IP address of four or sixteen bytes.
    private static func address(_ bytes: ArraySlice<UInt8>) -> String? {
        switch bytes.count {
        case 4: return bytes.map { String($0) }.joined(separator: ".")
        case 16:
            let groups = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            }
            return ipv6(groups)
        default: return nil
        }
    }

    /// The text of an IPv6 address (RFC 5952), with the longest run of zeros omitted.
    private static func ipv6(_ groups: [UInt16]) -> String {
        var longest = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > max(longest.count, 1) { longest = start..<end }
            start = max(end, start + 1)
        }
        func text(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !longest.isEmpty else { return text(groups[...]) }
        return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }

    /// Whether a name is that of an authority that issues to the public.
    private static func isPublicAuthority(_ attributes: [Attribute]) -> Bool {
        attributes.contains { attribute in
            guard attribute.type.elementsEqual(organization) || attribute.type.elementsEqual(commonName) else {
                return false
            }
            let text = attribute.text.lowercased()
            // A host name may begin like an authority's.
            if attribute.type.elementsEqual(commonName), text.contains("."), !text.contains(" ") { return false }
            return publicAuthorities.contains { text.hasPrefix($0) }
        }
    }

    /// The prefixes of the organisations and names of public authorities, from Mozilla's and Apple's programs.
    private static let publicAuthorities = [
        "let's encrypt", "internet security research group", "isrg root", "digicert", "sectigo", "comodo", "usertrust",
        "the usertrust network", "globalsign", "google trust services", "amazon", "entrust", "godaddy", "starfield",
        "identrust", "digital signature trust", "dst root", "zerossl", "buypass", "geotrust", "thawte", "verisign",
        "symantec", "rapidssl", "quovadis", "swisssign", "actalis", "certum", "unizeto", "asseco", "ssl.com",
        "ssl corporation", "microsoft", "apple", "baltimore", "cybertrust", "addtrust", "network solutions", "gandi",
        "trustasia", "startcom", "wosign", "cacert", "root ca", "telesec", "t-systems", "deutsche telekom", "d-trust",
        "geant", "terena", "harica", "hellenic academic", "wisekey", "certigna", "dhimyotis", "cloudflare",
    ]
}
