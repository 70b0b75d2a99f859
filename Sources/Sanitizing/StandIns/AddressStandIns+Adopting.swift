extension AddressStandIns {
    /// Takes over an earlier run's replacement of an IPv4 address, so that others of its network follow it.
    ///
    /// A stand-in outside the ranges of this type says nothing about its network.
    mutating func adopt(ipv4 address: [UInt8], as standIn: [UInt8]) {
        adopted[address] = standIn[3]
        let network = Array(address.prefix(3))
        let standInNetwork = Array(standIn.prefix(3))
        if let number = Self.documentation.firstIndex(of: standInNetwork) {
            documentationNetworks.adopt(network, number: number)
        }
        guard let number = Self.benchmarkNumber(of: standInNetwork) else { return }
        let shared = Self.blocks * Self.networksInBlock
        let own = Self.benchmarkNetworks - Self.ownNetworkLimit
        if number >= own {
            ownNetworks.adopt(network, number: Self.benchmarkNetworks - 1 - number)
        } else if number >= shared {
            sharedHosts.adopt(address, number: (number - shared) * Self.hostsInNetwork + Int(standIn[3]) - 1)
        } else {
            let third = Int(network[2])
            guard number % Self.networksInBlock == third % Self.networksInBlock else { return }
            let block = [network[0], network[1], UInt8(third / Self.networksInBlock)]
            privateBlocks.adopt(block, number: number / Self.networksInBlock)
        }
    }

    /// Takes over an earlier run's replacement of an IPv6 address, so that others of its network follow it.
    mutating func adopt(ipv6 address: [UInt8], as standIn: [UInt8]) {
        guard standIn.prefix(6) == [0x20, 0x01, 0x0d, 0xb8, 0, 0] else { return }
        let number = Int(standIn[6]) << 8 | Int(standIn[7])
        if number > 0 { networks6.adopt(Array(address.prefix(8)), number: number - 1) }
    }

    private static func benchmarkNumber(of network: [UInt8]) -> Int? {
        guard network[0] == 198, (18...19).contains(network[1]) else { return nil }
        return (Int(network[1]) - 18) * 256 + Int(network[2])
    }
}
