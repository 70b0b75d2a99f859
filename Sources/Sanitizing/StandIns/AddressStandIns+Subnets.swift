extension AddressStandIns {
    /// A network within a /24, and its place in the /24 of the stand-ins.
    struct Subnet: Hashable {
        /// The last byte of its first address.
        var start: Int
        /// The number of its addresses: 4 to 128.
        var size: Int
        /// The last byte of the first stand-in; nil until it has a place.
        var base: Int?

        var hosts: Range<Int> { start..<(start + size) }
        var standIns: Range<Int>? { base.map { $0..<($0 + size) } }
    }

    /// The mask lengths of networks that are smaller than a /24 and have hosts between their first and last address.
    private static let subnetLengths = 25...30
    private static let addressesInNetwork = 256

    /// Records networks smaller than a /24, whose first and last address must stay first and last.
    ///
    /// Otherwise host bits would be set in the network's address, which validators reject.
    mutating func reserve(subnets networks: [Network]) {
        for network in networks where Self.subnetLengths.contains(network.length) {
            let size = 1 << (32 - network.length)
            let subnet = Subnet(start: Int(network.address[3]) & ~(size - 1), size: size)
            let key = Array(network.address.prefix(3))
            guard !subnets[key, default: []].contains(where: { $0.start == subnet.start && $0.size == size }) else {
                continue
            }
            subnets[key, default: []].append(subnet)
        }
    }

    /// Gives the subnets of a /24 their places, if they have none yet.
    ///
    /// A subnet keeps the place that an earlier run gave to its addresses. If those stand-ins do not form a subnet,
    /// they are kept, and the subnet gets no place.
    ///
    /// - Parameters:
    ///   - network: the first three bytes of the /24.
    ///   - prefix: their stand-in, followed by a dot.
    ///   - taken: the stand-ins of earlier runs.
    mutating func place(subnetsOf network: [UInt8], under prefix: String, avoiding taken: TakenTexts) {
        guard let noted = subnets[network], noted.contains(where: { $0.base == nil }) else { return }
        var placed: [Subnet] = []
        for subnet in noted.sorted(by: { ($0.size, $1.start) > ($1.size, $0.start) }) {
            var subnet = subnet
            if subnet.base == nil { subnet.base = base(of: subnet, in: network, beside: placed, prefix, taken) }
            if subnet.base != nil { placed.append(subnet) }
        }
        subnets[network] = placed
    }

    private func base(
        of subnet: Subnet,
        in network: [UInt8],
        beside placed: [Subnet],
        _ prefix: String,
        _ taken: TakenTexts
    ) -> Int? {
        let earlier = subnet.hosts.compactMap { host in
            UInt8(exactly: host).flatMap { adopted[network + [$0]] }.map { (host: host, standIn: Int($0)) }
        }
        if let first = earlier.first {
            let base = first.standIn & ~(subnet.size - 1)
            let isWhole = earlier.allSatisfy { known in
                known.standIn & ~(subnet.size - 1) == base
                    && (known.host == subnet.start) == (known.standIn == base)
                    && (known.host == subnet.hosts.upperBound - 1) == (known.standIn == base + subnet.size - 1)
            }
            return isWhole ? base : nil
        }
        // A subnet of another one lies in it at the same distance from its start.
        if let outer = placed.last(where: { $0.hosts.contains(subnet.start) && $0.size > subnet.size }) {
            return outer.base.map { $0 + subnet.start - outer.start }
        }
        let last = Self.addressesInNetwork - subnet.size
        if subnet.start == 0 || subnet.start == last {
            return isFree(subnet.start, subnet, beside: placed, prefix, taken) ? subnet.start : nil
        }
        return stride(from: subnet.size, to: last, by: subnet.size).first {
            isFree($0, subnet, beside: placed, prefix, taken)
        }
    }

    private func isFree(
        _ base: Int,
        _ subnet: Subnet,
        beside placed: [Subnet],
        _ prefix: String,
        _ taken: TakenTexts
    ) -> Bool {
        let range = base..<(base + subnet.size)
        return !placed.contains { $0.standIns?.overlaps(range) ?? false }
            && !range.contains { taken.isStandIn(prefix + String($0)) }
    }

    /// Returns the last bytes that a host's stand-in may have, in ascending order: those of the smallest subnet around
    /// the host, without the subnets inside it; or else those outside all subnets.
    func choices(for host: UInt8, in network: [UInt8]) -> [Int] {
        let placed = (subnets[network] ?? []).filter { $0.base != nil }
        let own = placed.filter { $0.hosts.contains(Int(host)) }.min { $0.size < $1.size }
        if let own, let standIns = own.standIns {
            if Int(host) == own.start { return [standIns.lowerBound] }
            if Int(host) == own.hosts.upperBound - 1 { return [standIns.upperBound - 1] }
        }
        let range = own?.standIns ?? 0..<Self.addressesInNetwork
        let inner = placed.filter { $0.size < range.count }.compactMap(\.standIns)
        return range.dropFirst().dropLast().filter { number in !inner.contains { $0.contains(number) } }
    }
}
