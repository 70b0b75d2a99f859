/// The hash under which frequent names are cached.
///
/// The cache would be wrong only if two names in one run had the same hash.
enum NameHash {
    /// Returns the 64-bit FNV-1a hash of a name, including its length; never zero.
    static func of(_ name: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash ^= UInt64(name.count) << 56
        return hash == 0 ? 1 : hash
    }

    /// Returns the hash of two hashed names in sequence; never zero.
    static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let hash = (first &* 0x9E37_79B9_7F4A_7C15) ^ second
        return hash == 0 ? 1 : hash
    }
}
