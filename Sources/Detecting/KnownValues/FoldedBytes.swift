/// Packs up to eight bytes of a text into one number, the first byte lowest, with letters in lower case.
///
/// A few other bytes also become equal, so matches must be verified.
enum FoldedBytes {
    /// The maximum number of bytes.
    static let limit = 8

    private static let fold: UInt64 = 0x2020_2020_2020_2020

    /// The bits of the first `count` bytes.
    static func mask(_ count: Int) -> UInt64 { UInt64.max >> UInt64((limit - count) * 8) }

    /// Loads ``limit`` bytes of a text from `place` on, all of which must exist.
    @inline(__always)
    static func loadAll(of text: RawSpan, at place: Int) -> UInt64 {
        unsafe text.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self) | fold
    }

    /// Loads up to ``limit`` bytes of a text from `place` on, unchanged, with zeros for missing ones.
    @inline(__always)
    static func loadPresent(of text: RawSpan, at place: Int) -> UInt64 {
        guard place &+ limit > text.byteCount else {
            return unsafe text.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
        }
        return loadFew(of: text, from: place, to: text.byteCount)
    }

    /// Loads up to ``limit`` bytes as ``loadPresent(of:at:)`` does, in lower case.
    @inline(__always)
    static func loadFolded(of text: RawSpan, at place: Int) -> UInt64 {
        guard place &+ limit > text.byteCount else { return loadAll(of: text, at: place) }
        return loadFew(of: text, from: place, to: text.byteCount) | fold & mask(text.byteCount - place)
    }

    @inline(never)
    private static func loadFew(of text: RawSpan, from place: Int, to end: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in place..<end {
            let byte = unsafe text.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            number |= UInt64(byte) << UInt64((index - place) * 8)
        }
        return number
    }

    /// Packs at most eight bytes into a number.
    static func number(of bytes: some Sequence<UInt8>) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            number |= UInt64(byte | 0x20) << shift
            shift += 8
        }
        return number
    }
}
