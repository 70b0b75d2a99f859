/// Gives addresses stand-ins from the ranges reserved for documentation and benchmarks, network by network.
///
/// Two IPv4 addresses of one /24 stay in one /24, its first and last address stay first and last, and the others are
/// numbered in the order in which they are asked for. Public networks become 192.0.2.0/24, 198.51.100.0/24 and
/// 203.0.113.0/24 (RFC 5737), then networks of 198.18.0.0/15 (RFC 2544), where private ones go too: the private /24
/// networks of one /20 stay in one /20, so that the address of a subnet with 20 or more bits stays the address of one.
/// IPv6 addresses of one /64 stay in one /64 of 2001:db8::/32 (RFC 3849). Hardware addresses come from 00:00:5e:00:53:00
/// to ff (RFC 7042).
struct AddressStandIns {
    var publicNetworks: Numbering<[UInt8]> = Numbering()
    var privateBlocks: Numbering<[UInt8]> = Numbering()
    var furtherPrivateNetworks: Numbering<[UInt8]> = Numbering()
    private var hosts: [[UInt8]: Numbering<UInt8>] = [:]
    var networks6: Numbering<[UInt8]> = Numbering()
    private var hosts6: [[UInt8]: Numbering<[UInt8]>] = [:]
    private var hardware: Numbering<[UInt8]> = Numbering()

    static let documentation: [[UInt8]] = [[192, 0, 2], [198, 51, 100], [203, 0, 113]]
    /// The /24 networks of 198.18.0.0/15.
    static let benchmarkNetworks = 512
    /// How many of the 32 /20 blocks of 198.18.0.0/15 keep the private networks of one /20 together.
    static let blocks = 24
    /// How many /24 networks a /20 has.
    static let networksInBlock = 16

    /// The stand-in of an IPv4 address of four bytes.
    ///
    /// - Throws: ``SanitizingError`` `exhausted` when every reserved network is taken.
    mutating func ipv4(_ address: [UInt8], avoiding reserved: Set<String>) throws(SanitizingError) -> String {
        let network = Array(address.prefix(3))
        let standInNetwork = try Self.isPrivate(address) ? privateNetwork(network) : publicNetwork(network)
        let prefix = standInNetwork.map { String($0) }.joined(separator: ".") + "."
        let host = address[3]
        if host == 0 || host == 255 { return prefix + String(host) }
        // Where an earlier run has taken addresses of the network, there can be fewer than the 254 that hosts need.
        let standIn = hosts[network, default: Numbering()].text(for: host, avoiding: reserved) {
            $0 < 254 ? prefix + String(1 + $0) : ""
        }
        guard !standIn.isEmpty else { throw Self.exhausted("hosts in one IPv4 network") }
        return standIn
    }

    /// The stand-in of an IPv6 address of sixteen bytes.
    ///
    /// - Throws: ``SanitizingError`` `exhausted` when more networks or hosts are asked for than sixteen bits count.
    mutating func ipv6(_ address: [UInt8], avoiding reserved: Set<String>) throws(SanitizingError) -> String {
        let network = Array(address.prefix(8))
        let host = Array(address.suffix(8))
        let networkNumber = networks6.number(of: network) + 1
        let isNetworkItself = host.allSatisfy { $0 == 0 }
        let hostCount = hosts6[network, default: Numbering()].count
        guard networkNumber <= 0xFFFF, hostCount < 0xFFFF else { throw Self.exhausted("IPv6 addresses") }
        let prefix = "2001:db8:0:" + String(networkNumber, radix: 16) + "::"
        if isNetworkItself { return prefix }
        return hosts6[network, default: Numbering()].text(for: host, avoiding: reserved) {
            prefix + String($0 + 1, radix: 16)
        }
    }

    /// The stand-in of a hardware address of six bytes, written with colons.
    ///
    /// - Throws: ``SanitizingError`` `exhausted` when all 256 are taken.
    mutating func mac(_ address: [UInt8], avoiding reserved: Set<String>) throws(SanitizingError) -> String {
        let standIn = hardware.text(for: address, avoiding: reserved) { number in
            let last = String(number, radix: 16)
            return number > 0xFF ? "" : "00:00:5e:00:53:" + (last.count == 1 ? "0" + last : last)
        }
        guard !standIn.isEmpty else { throw Self.exhausted("hardware addresses") }
        return standIn
    }

    private mutating func publicNetwork(_ network: [UInt8]) throws(SanitizingError) -> [UInt8] {
        let number = publicNetworks.number(of: network)
        if number < Self.documentation.count { return Self.documentation[number] }
        // Private networks are numbered from the bottom of the range, further public ones from its top.
        return try benchmarkNetwork(Self.benchmarkNetworks - 1 - (number - Self.documentation.count))
    }

    private mutating func privateNetwork(_ network: [UInt8]) throws(SanitizingError) -> [UInt8] {
        let third = Int(network[2])
        let block = privateBlocks.number(of: [network[0], network[1], UInt8(third / Self.networksInBlock)])
        if block < Self.blocks {
            return try benchmarkNetwork(block * Self.networksInBlock + third % Self.networksInBlock)
        }
        let number = furtherPrivateNetworks.number(of: network)
        return try benchmarkNetwork(Self.blocks * Self.networksInBlock + number)
    }

    private func benchmarkNetwork(_ number: Int) throws(SanitizingError) -> [UInt8] {
        let furtherPublic = max(0, publicNetworks.count - Self.documentation.count)
        let further = furtherPrivateNetworks.count + furtherPublic
        guard further <= Self.benchmarkNetworks - Self.blocks * Self.networksInBlock else {
            throw Self.exhausted("IPv4 networks")
        }
        return [198, UInt8(18 + number / 256), UInt8(number % 256)]
    }

    /// Whether an IPv4 address is one of RFC 1918, RFC 6598 or RFC 3927.
    static func isPrivate(_ address: [UInt8]) -> Bool {
        switch (address[0], address[1]) {
        case (10, _), (172, 16...31), (192, 168), (100, 64...127), (169, 254): true
        default: false
        }
    }

    private static func exhausted(_ what: String) -> SanitizingError {
        SanitizingError(.exhausted, "there are more \(what) than the reserved ranges hold")
    }
}
