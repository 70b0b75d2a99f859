extension AddressStandIns {
    /// A network that is written with the length of its mask.
    struct Network {
        /// The four bytes of its address.
        var address: [UInt8]
        /// The length of its mask in bits.
        var length: Int
    }

    /// The lengths of networks that are larger than a block, and of which one has room in 198.18.0.0/15.
    private static let reservedLengths = 15..<20

    /// Gives networks that are larger than a block of 20 bits a place that begins at a multiple of their size.
    ///
    /// Otherwise bits of the host would be set in the address of the network, which Docker and Kubernetes refuse. A network
    /// of an earlier run keeps its place. Where there is no room for all of a network, only its first block has the place;
    /// where there is none for that either, the network is treated as others are.
    mutating func reserve(networks: [Network]) {
        var taken: Set<Int> = []
        let large = networks.enumerated().filter { Self.isAligned($0.element) }
            .sorted { ($0.element.length, $0.offset) < ($1.element.length, $1.offset) }.map(\.element)
        for network in large {
            let count = 1 << (20 - network.length)
            let blocks = (0..<min(count, Self.networksInBlock)).map { Self.block($0, of: network) }
            guard !blocks.contains(where: privateBlocks.contains) else { continue }
            let bases = stride(from: privateBlocks.count.roundedUp(to: count), to: Self.blocks, by: count)
            let base =
                bases.first { base in (base..<min(base + count, Self.blocks)).allSatisfy { !taken.contains($0) } }
                ?? bases.first { !taken.contains($0) }
            guard let base else { continue }
            for (number, block) in blocks.enumerated() where base + number < Self.blocks {
                guard taken.insert(base + number).inserted else { break }
                reserved[block] = base + number
            }
        }
    }

    /// Whether a network is of a length that needs a place, and its address is that of its first host.
    private static func isAligned(_ network: Network) -> Bool {
        guard reservedLengths.contains(network.length), network.address[3] == 0 else { return false }
        let bits = Int(network.address[1]) << 8 | Int(network.address[2])
        return bits & (1 << (24 - network.length) - 1) == 0
    }

    /// The block of 20 bits with that number in a network.
    private static func block(_ number: Int, of network: Network) -> [UInt8] {
        let first = Int(network.address[2]) / networksInBlock + number
        return [
            network.address[0], network.address[1] + UInt8(first / networksInBlock), UInt8(first % networksInBlock),
        ]
    }
}

extension Int {
    fileprivate func roundedUp(to size: Int) -> Int { (self + size - 1) / size * size }
}
