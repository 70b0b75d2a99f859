/// The values that one worker has found, without duplicates; only ``values`` is needed once it is done.
struct WorkerValues: Sendable {
    /// The bytes and the kind of a value.
    struct Key: Hashable, Sendable {
        var bytes: [UInt8]
        var kind: Kind
    }

    private(set) var values: [Key] = []
    private var indices: [Key: Int32] = [:]

    /// Returns the index of a value, adding it if it is new.
    mutating func index(of bytes: [UInt8], kind: Kind) -> Int32 {
        let key = Key(bytes: bytes, kind: kind)
        if let known = indices[key] { return known }
        let index = Int32(values.count)
        indices[key] = index
        values.append(key)
        return index
    }
}
