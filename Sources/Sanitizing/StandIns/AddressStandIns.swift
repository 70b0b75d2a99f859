/// Assigns addresses stand-ins from the ranges reserved for documentation and benchmarks, network by network.
///
/// - IPv4: two addresses in one /24 stay in one /24. Its first and last address stay first and last, and so do those of
///   a smaller network that is written with its mask; others are numbered in the order of requests.
/// - Public networks become 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24 (RFC 5737), then networks of 198.18.0.0/15
///   (RFC 2544).
/// - Private networks also move to 198.18.0.0/15. Those of one /20 stay in one /20, so that the address of a subnet
///   with 20 or more bits remains a subnet address. A larger subnet begins at a multiple of its size as long as there
///   is room, which suffices for two with 16 bits.
/// - If there are more networks than these, as in a deployment with a list of foreign addresses, addresses of the
///   remaining ones are numbered one by one.
/// - IPv6: addresses in one /64 stay in one /64 of 2001:db8::/32 (RFC 3849).
/// - Hardware addresses come from 00:00:5e:00:53:00 to ff (RFC 7042), then from the locally administered
///   02:00:5e:00:00:00 onwards.
struct AddressStandIns {
    var documentationNetworks: Numbering<[UInt8]> = Numbering()
    var privateBlocks: Numbering<[UInt8]> = Numbering()
    /// The numbers of blocks that are determined by the size of their network; see ``reserve(networks:)``.
    var reserved: [[UInt8]: Int] = [:]
    /// The networks with a network of their own in 198.18.0.0/15, numbered from the top of the range.
    var ownNetworks: Numbering<[UInt8]> = Numbering()
    /// The hosts of each /24 or subnet, by the number of the /24 and the last bytes that their stand-ins may have.
    private var hosts: [[Int]: Numbering<UInt8>] = [:]
    /// The networks smaller than a /24, by the first three bytes of their addresses.
    var subnets: [[UInt8]: [Subnet]] = [:]
    /// The last bytes of the stand-ins from an earlier run, by address.
    var adopted: [[UInt8]: UInt8] = [:]
    /// The addresses that are numbered one by one.
    var sharedHosts: Numbering<[UInt8]> = Numbering()
    var networks6: Numbering<[UInt8]> = Numbering()
    private var hosts6: [[UInt8]: Numbering<[UInt8]>] = [:]
    private var hardware: Numbering<[UInt8]> = Numbering()

    static let documentation: [[UInt8]] = [[192, 0, 2], [198, 51, 100], [203, 0, 113]]
    /// The number of /24 networks in 198.18.0.0/15.
    static let benchmarkNetworks = 512
    /// The number of the 32 /20 blocks in 198.18.0.0/15 that keep the private networks of one /20 together.
    static let blocks = 20
    /// The number of /24 networks in a /20.
    static let networksInBlock = 16
    /// The maximum number of networks with their own network in 198.18.0.0/15.
    static let ownNetworkLimit = 128
    /// The number of addresses in a /24 other than its first and last.
    static let hostsInNetwork = 254

    /// Returns the stand-in of an IPv4 address of four bytes.
    ///
    /// - Throws: ``SanitizingError`` `exhausted` if every reserved address is taken.
    mutating func ipv4(_ address: [UInt8], avoiding taken: TakenTexts) throws(SanitizingError) -> String {
        let network = Array(address.prefix(3))
        guard !sharedHosts.contains(address),
            let standInNetwork = network4(network, isPrivate: Self.isPrivate(address))
        else {
            return try sharedHost(address, avoiding: taken)
        }
        let prefix = standInNetwork.map { String($0) }.joined(separator: ".") + "."
        let host = address[3]
        if host == 0 || host == 255 { return prefix + String(host) }
        // If an earlier run took addresses of the network, fewer than 254 may be left for hosts.
        place(subnetsOf: network, under: prefix, avoiding: taken)
        let choices = choices(for: host, in: network)
        let key = network.map(Int.init) + [choices.first ?? 0, choices.count]
        let standIn = hosts[key, default: Numbering()].text(for: host, avoiding: taken) {
            $0 < choices.count ? prefix + String(choices[$0]) : ""
        }
        guard !standIn.isEmpty else { throw Self.exhausted("hosts in one IPv4 network") }
        return standIn
    }

    /// Returns the stand-in of an IPv6 address of sixteen bytes.
    ///
    /// - Throws: ``SanitizingError`` `exhausted` if more networks or hosts are requested than sixteen bits can count.
    mutating func ipv6(_ address: [UInt8], avoiding taken: TakenTexts) throws(SanitizingError) -> String {
        let network = Array(address.prefix(8))
        let host = Array(address.suffix(8))
        let networkNumber = networks6.number(of: network) + 1
        let isNetworkItself = host.allSatisfy { $0 == 0 }
        let hostCount = hosts6[network, default: Numbering()].count
        guard networkNumber <= 0xFFFF, hostCount < 0xFFFF else { throw Self.exhausted("IPv6 addresses") }
        let prefix = "2001:db8:0:" + String(networkNumber, radix: 16) + "::"
        if isNetworkItself { return prefix }
        return hosts6[network, default: Numbering()].text(for: host, avoiding: taken) {
            prefix + String($0 + 1, radix: 16)
        }
    }

    /// Returns the stand-in of a hardware address of six bytes, written with colons.
    mutating func mac(_ address: [UInt8], avoiding taken: TakenTexts) -> String {
        hardware.text(for: address, avoiding: taken) { number in
            let isReserved = number <= 0xFF
            let prefix = isReserved ? "00:00:5e:00:53" : "02:00:5e"
            return ([prefix] + Self.hexBytes(isReserved ? number : number - 0x100, count: isReserved ? 1 : 3))
                .joined(separator: ":")
        }
    }

    private static func hexBytes(_ number: Int, count: Int) -> [String] {
        number.littleEndianBytes(count).reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    }

    // MARK: - Networks

    /// Returns the network that replaces a /24; nil if its addresses are numbered one by one.
    private mutating func network4(_ network: [UInt8], isPrivate: Bool) -> [UInt8]? {
        // An earlier run may have given a private network one of its own when the blocks were taken.
        if isPrivate, !ownNetworks.contains(network) {
            let third = Int(network[2])
            let block = [network[0], network[1], UInt8(third / Self.networksInBlock)]
            if let number = numberOfBlock(block) {
                return Self.benchmarkNetwork(number * Self.networksInBlock + third % Self.networksInBlock)
            }
        } else if !isPrivate, let number = documentationNetworks.number(of: network, below: Self.documentation.count) {
            return Self.documentation[number]
        }
        guard let number = ownNetworks.number(of: network, below: Self.ownNetworkLimit) else { return nil }
        return Self.benchmarkNetwork(Self.benchmarkNetworks - 1 - number)
    }

    /// Returns the number of a block of 20 bits; nil if all are taken.
    private mutating func numberOfBlock(_ block: [UInt8]) -> Int? {
        if let number = reserved[block] { return number }
        if privateBlocks.contains(block) { return privateBlocks.number(of: block, below: Self.blocks) }
        let taken = Set(reserved.values)
        guard
            let number = (privateBlocks.count..<max(privateBlocks.count, Self.blocks)).first(where: {
                !taken.contains($0)
            })
        else {
            return nil
        }
        privateBlocks.adopt(block, number: number)
        return number
    }

    private mutating func sharedHost(
        _ address: [UInt8],
        avoiding taken: TakenTexts
    ) throws(SanitizingError) -> String {
        let firstNetwork = Self.blocks * Self.networksInBlock
        let networkCount = Self.benchmarkNetworks - Self.ownNetworkLimit - firstNetwork
        let standIn = sharedHosts.text(for: address, avoiding: taken) { number in
            guard number < networkCount * Self.hostsInNetwork else { return "" }
            let network = Self.benchmarkNetwork(firstNetwork + number / Self.hostsInNetwork)
            return (network + [UInt8(1 + number % Self.hostsInNetwork)]).map { String($0) }.joined(separator: ".")
        }
        guard !standIn.isEmpty else { throw Self.exhausted("IPv4 addresses") }
        return standIn
    }

    private static func benchmarkNetwork(_ number: Int) -> [UInt8] {
        [198, UInt8(18 + number / 256), UInt8(number % 256)]
    }

    /// Whether an IPv4 address is private: RFC 1918, RFC 6598 or RFC 3927.
    static func isPrivate(_ address: [UInt8]) -> Bool {
        switch (address[0], address[1]) {
        case (10, _), (172, 16...31), (192, 168), (100, 64...127), (169, 254): true
        default: false
        }
    }

    private static func exhausted(_ what: String) -> SanitizingError {
        SanitizingError(.exhausted, "there are more \(what) than in the reserved ranges")
    }
}
