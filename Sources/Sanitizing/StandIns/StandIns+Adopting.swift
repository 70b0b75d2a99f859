internal import Detecting

extension StandIns {
    /// Takes over a stand-in from an earlier run: no other value gets it, and stand-ins that contain it follow it.
    mutating func adopt(_ standIn: String, for value: [UInt8], kind: Kind) {
        reserve(standIn)
        let text = Array(standIn.utf8)
        switch kind {
        case .ipv4:
            if let address = AddressText.ipv4(value), let other = AddressText.ipv4(text) {
                addresses.adopt(ipv4: address, as: other)
            }
        case .ipv6:
            if let address = AddressText.ipv6(value), let other = AddressText.ipv6(text) {
                addresses.adopt(ipv6: address, as: other)
            }
        case .domain:
            domainNames[value] = standIn
            adoptDomain(behind: value, of: standIn)
        case .hostName:
            if let number = Self.number(ofHost: standIn) {
                let suffix = HostLabels.privateSuffix(of: String(decoding: value, as: UTF8.self)) ?? ""
                // A stand-in without the suffix belongs to the whole name.
                let kept = standIn.hasSuffix(suffix) ? suffix.utf8.count : 0
                hosts.adopt(Array(value.dropLast(kept)), number: number)
            }
        case .userName: userNames[value] = standIn
        case .phone: adoptPhone(text, for: value)
        case .homePath:
            // The last component is the user name, which the same person may have elsewhere.
            let slash = UInt8(ascii: "/")
            guard let name = value.split(separator: slash).last, let other = text.split(separator: slash).last else {
                return
            }
            let user = String(decoding: other, as: UTF8.self)
            reserve(user)
            if userNames[Array(name)] == nil { userNames[Array(name)] = user }
        default: return
        }
    }

    /// Takes over the stand-in of the domain behind the labels of a host, and the numbers of the labels.
    private mutating func adoptDomain(behind host: [UInt8], of standIn: String) {
        guard let base = HostLabels.domain(behindHost: host) else { return }
        let labels = host.dropLast(base.utf8.count).split(separator: UInt8(ascii: "."))
        let standIns = standIn.split(separator: ".")
        guard labels.count + 1 < standIns.count else { return }
        let domain = standIns.dropFirst(labels.count).joined(separator: ".")
        if domainNames[Array(base.utf8)] == nil {
            reserve(domain)
            domainNames[Array(base.utf8)] = domain
        }
        for (label, standIn) in zip(labels, standIns) {
            if let number = Self.number(ofHost: String(standIn)) { hosts.adopt(Array(label), number: number) }
        }
    }

    /// The number, from 0, of a host's stand-in `host1`; nil if the text is not one.
    private static func number(ofHost standIn: String) -> Int? {
        let name = standIn.prefix { $0 != "." }
        guard name.hasPrefix("host"), let number = Int(name.dropFirst(4)), number > 0 else { return nil }
        return number - 1
    }
}
