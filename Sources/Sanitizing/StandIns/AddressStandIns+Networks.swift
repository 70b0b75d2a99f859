extension AddressStandIns {
    /// A network that is written with the length of its mask.
    struct Network {
        /// The four bytes of its address.
        var address: [UInt8]
        /// The length of its mask in bits.
        var length: Int
    }

    /// The mask lengths of networks that are larger than a block of 20 bits and fit into 198.18.0.0/15.
    private static let reservedLengths = 15..<20

    /// Gives networks larger than a block of 20 bits a place that begins at a multiple of their size.
    ///
    /// Elsewhere, host bits would be set in the network's address, which Docker and Kubernetes reject. A network of an
    /// earlier run keeps its place. If a network does not fit as a whole, only its first blocks get such a place; if
    /// there is none, the network is treated like any other.
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

    /// Whether the mask length of a network requires a place, and no host bits are set in its address.
    private static func isAligned(_ network: Network) -> Bool {
        guard reservedLengths.contains(network.length), network.address[3] == 0 else { return false }
        let bits = Int(network.address[1]) << 8 | Int(network.address[2])
        return bits & (1 << (24 - network.length) - 1) == 0
    }

    /// Returns the `number`th block of 20 bits in a network, from 0.
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
