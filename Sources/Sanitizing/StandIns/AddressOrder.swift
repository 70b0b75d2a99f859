internal import Detecting

/// The order in which addresses get stand-ins: ascending within a network, so that a range stays a range.
enum AddressOrder {
    /// Returns the indices of values, with the addresses of each network sorted among themselves.
    ///
    /// Other values keep their positions, so networks come in the order in which they were found.
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
