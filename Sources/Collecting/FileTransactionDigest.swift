extension FileTransaction {
    /// A name for contents, by which a later run knows whether a file is what the journal says.
    static func digest(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }

    func digest(of bytes: [UInt8]) -> String { Self.digest(of: bytes) }
}
