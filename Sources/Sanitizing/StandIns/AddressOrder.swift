internal import Detecting

/// The order in which addresses are given their stand-ins: those of one network in ascending order, so that a range of them
/// stays one.
enum AddressOrder {
    /// The indices of values, of which the addresses of one network have taken each other's places.
    ///
    /// Everything else stays where it is, so that the networks come in the order in which they were found.
    static func sorted(_ indices: [Int], of values: [KnownValue]) -> [Int] {
        var places: [[UInt8]: [Int]] = [:]
        var addresses: [Int: [UInt8]] = [:]
        for (place, index) in indices.enumerated() {
            guard let address = address(values[index]) else { continue }
            addresses[index] = address
            places[Array(address.prefix(address.count == 4 ? 3 : 8)), default: []].append(place)
        }
        var sorted = indices
        for places in places.values where places.count > 1 {
            let ascending = places.map { indices[$0] }.sorted { left, right in
                (addresses[left] ?? []).lexicographicallyPrecedes(addresses[right] ?? [])
            }
            for (place, index) in zip(places, ascending) { sorted[place] = index }
        }
        return sorted
    }

    private static func address(_ value: KnownValue) -> [UInt8]? {
        guard value.derivation == nil else { return nil }
        return switch value.kind {
        case .ipv4: AddressText.ipv4(value.bytes)
        case .ipv6: AddressText.ipv6(value.bytes)
        default: nil
        }
    }
}
