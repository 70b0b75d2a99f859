extension AddressStandIns {
    /// Takes over how an earlier run replaced an IPv4 address, so that others of its network follow it.
    ///
    /// A stand-in that is none of the ranges here says nothing about its network.
    mutating func adopt(ipv4 address: [UInt8], as standIn: [UInt8]) {
        let network = Array(address.prefix(3))
        let standInNetwork = Array(standIn.prefix(3))
        let benchmark = Self.benchmarkNumber(of: standInNetwork)
        guard Self.isPrivate(address) else {
            if let number = Self.documentation.firstIndex(of: standInNetwork) {
                publicNetworks.adopt(network, number: number)
            } else if let benchmark {
                let number = Self.benchmarkNetworks - 1 - benchmark + Self.documentation.count
                publicNetworks.adopt(network, number: number)
            }
            return
        }
        guard let benchmark else { return }
        let third = Int(network[2])
        let inBlocks = Self.blocks * Self.networksInBlock
        let block = [network[0], network[1], UInt8(third / Self.networksInBlock)]
        if benchmark >= inBlocks {
            furtherPrivateNetworks.adopt(network, number: benchmark - inBlocks)
            // Its block came when those that keep networks together were given away.
            privateBlocks.adopt(block, number: max(Self.blocks, privateBlocks.count))
        } else if benchmark % Self.networksInBlock == third % Self.networksInBlock {
            privateBlocks.adopt(block, number: benchmark / Self.networksInBlock)
        }
    }

    /// Takes over how an earlier run replaced an IPv6 address, so that others of its network follow it.
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
