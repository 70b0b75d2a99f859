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
        case .domain: domainNames[value] = standIn
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
}
