extension SecretBytes {
    /// One byte; traps if the offset is out of bounds.
    public subscript(offset: Int) -> UInt8 {
        borrowing get {
            precondition((0..<count).contains(offset), "an offset is inside of the secret")
            return withBytes { unsafe $0.unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
        }
        mutating set {
            precondition((0..<count).contains(offset), "an offset is inside of the secret")
            withMutableBytes { $0.storeBytes(of: newValue, toByteOffset: offset, as: UInt8.self) }
        }
    }

    /// A copy of some of the bytes; traps if the range is out of bounds.
    public borrowing func extract(_ range: Range<Int>) -> SecretBytes {
        withBytes { SecretBytes(copying: $0.extracting(range)) }
    }

    /// The offset of the first `byte` from `start` on; nil if there is none.
    ///
    /// The time depends on the content.
    public borrowing func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
        for offset in start..<max(start, count) where self[offset] == byte { return offset }
        return nil
    }

    /// Overwrites the bytes from `offset` on; traps if `bytes` do not fit.
    public mutating func replace(at offset: Int, with bytes: borrowing SecretBytes) {
        precondition(offset >= 0 && offset + bytes.count <= count, "what is written fits into the secret")
        for index in 0..<bytes.count { self[offset + index] = bytes[index] }
    }

    /// Overwrites the bytes from `offset` on; traps if `bytes` do not fit.
    public mutating func replace(at offset: Int, with bytes: some Collection<UInt8>) {
        precondition(offset >= 0 && offset + bytes.count <= count, "what is written fits into the secret")
        for (index, byte) in bytes.enumerated() { self[offset + index] = byte }
    }

    /// Combines the bytes from `offset` on with a key stream by exclusive or; traps if `stream` does not fit.
    public mutating func formExclusiveOr(at offset: Int, with stream: borrowing SecretBytes) {
        precondition(offset >= 0 && offset + stream.count <= count, "what is combined fits into the secret")
        for index in 0..<stream.count { self[offset + index] ^= stream[index] }
    }

    /// Returns the bytes in ordinary memory, where they are neither guarded nor wiped: for writing to a file.
    public borrowing func exposed() -> [UInt8] {
        withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
    }
}
