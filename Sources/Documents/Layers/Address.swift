/// The keys that lead to a value: a key, and the address of its container, which is shared with neighbouring values.
///
/// Without sharing, a text with many nested values would store its outer keys once for each of them.
final class Address: Sendable {
    /// The address of the container; nil at the root of the text.
    let outer: Address?
    /// The innermost key.
    let key: String
    /// The number of keys.
    let depth: Int

    /// Makes the address of `key` in the container at `outer`.
    init(_ outer: Address?, _ key: String) {
        self.outer = outer
        self.key = key
        depth = (outer?.depth ?? 0) + 1
    }

    /// The address of a key path; nil for the empty path.
    static func of(_ keyPath: some Sequence<String>) -> Address? {
        keyPath.reduce(nil) { Address($0, $1) }
    }

    /// The keys from the root inwards.
    var keyPath: [String] {
        var keys: [String] = []
        keys.reserveCapacity(depth)
        var address: Address? = self
        while let current = address {
            keys.append(current.key)
            address = current.outer
        }
        keys.reverse()
        return keys
    }
}
