/// BLAKE2b (RFC 7693) without a key, in the processor's 64-bit instructions, for large files that are no secret.
///
/// It gives what ``BLAKE2b`` gives. libsodium chooses vector instructions, which take twice as long on some processors;
/// the digest of the tar is the slowest step of packing and verifying. Nothing is wiped.
struct ScalarBLAKE2b {
    /// The size of a block in bytes.
    private static let blockSize = 128
    /// The initial state: that of SHA-512.
    private static let start: InlineArray<8, UInt64> = [
        0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1,
        0x510E_527F_ADE6_82D1, 0x9B05_688C_2B3E_6C1F, 0x1F83_D9AB_FB41_BD6B, 0x5BE0_CD19_137E_2179,
    ]

    private let algorithm: Digest.Algorithm
    private var state = Self.start
    /// The number of bytes in compressed blocks.
    private var count: UInt64 = 0
    /// The bytes behind them: the last block is compressed in another way, so a full one waits for the next byte.
    private var rest: [UInt8] = []

    /// Begins a hash.
    init(_ length: BLAKE2b.Length) {
        algorithm = length.algorithm
        // Sequential mode without a key, with this length of output (RFC 7693, 2.5).
        state[0] ^= 0x0101_0000 ^ UInt64(algorithm.count)
    }

    /// Adds bytes.
    mutating func update(_ bytes: RawSpan) {
        var offset = 0
        if !rest.isEmpty {
            offset = min(Self.blockSize - rest.count, bytes.byteCount)
            keep(bytes, in: 0..<offset)
            guard offset < bytes.byteCount else { return }
            count += UInt64(Self.blockSize)
            let block = rest
            Self.compress(unsafe block.span.bytes, at: 0, into: &state, count)
            rest = []
        }
        while bytes.byteCount - offset > Self.blockSize {
            count += UInt64(Self.blockSize)
            Self.compress(bytes, at: offset, into: &state, count)
            offset += Self.blockSize
        }
        keep(bytes, in: offset..<bytes.byteCount)
    }

    /// Ends the hash.
    consuming func finalize() -> Digest {
        count += UInt64(rest.count)
        let block = rest + repeatElement(0, count: Self.blockSize - rest.count)
        Self.compress(unsafe block.span.bytes, at: 0, into: &state, count, isLast: true)
        let words = (0..<8).map { state[$0] }
        let value = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        return Digest(algorithm, computed: Array(value.prefix(algorithm.count)))
    }

    private mutating func keep(_ bytes: RawSpan, in range: Range<Int>) {
        for offset in range { rest.append(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)) }
    }
}

// MARK: - The compression function (RFC 7693, 3.2)

extension ScalarBLAKE2b {
    /// Compresses the block of `bytes` at an offset; `count` bytes end with it, without those that fill it up.
    private static func compress(
        _ bytes: RawSpan,
        at offset: Int,
        into state: inout InlineArray<8, UInt64>,
        _ count: UInt64,
        isLast: Bool = false
    ) {
        let block = bytes.extracting(offset..<(offset + blockSize))
        var words = Words(state, count, isLast: isLast)
        words.round(block, (0, 1, 2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13, 14, 15))
        words.round(block, (14, 10, 4, 8, 9, 15, 13, 6), (1, 12, 0, 2, 11, 7, 5, 3))
        words.round(block, (11, 8, 12, 0, 5, 2, 15, 13), (10, 14, 3, 6, 7, 1, 9, 4))
        words.round(block, (7, 9, 3, 1, 13, 12, 11, 14), (2, 6, 5, 10, 4, 0, 15, 8))
        words.round(block, (9, 0, 5, 7, 2, 4, 10, 15), (14, 1, 11, 12, 6, 8, 3, 13))
        words.round(block, (2, 12, 6, 10, 0, 11, 8, 3), (4, 13, 7, 5, 15, 14, 1, 9))
        words.round(block, (12, 5, 1, 15, 14, 13, 4, 10), (0, 7, 6, 3, 9, 2, 8, 11))
        words.round(block, (13, 11, 7, 14, 12, 1, 3, 9), (5, 0, 15, 4, 8, 6, 2, 10))
        words.round(block, (6, 15, 14, 9, 11, 3, 0, 8), (12, 2, 13, 7, 1, 4, 10, 5))
        words.round(block, (10, 2, 8, 4, 7, 6, 1, 5), (15, 11, 9, 14, 3, 12, 13, 0))
        words.round(block, (0, 1, 2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13, 14, 15))
        words.round(block, (14, 10, 4, 8, 9, 15, 13, 6), (1, 12, 0, 2, 11, 7, 5, 3))
        words.fold(into: &state)
    }

    /// The sixteen words that a block is mixed into.
    private struct Words {
        /// The places of eight words in a block: constants, because a table would cost a third of the speed.
        typealias Places = (Int, Int, Int, Int, Int, Int, Int, Int)

        private var (a0, a1, a2, a3): (UInt64, UInt64, UInt64, UInt64)
        private var (b0, b1, b2, b3): (UInt64, UInt64, UInt64, UInt64)
        private var (c0, c1, c2, c3) = (start[0], start[1], start[2], start[3])
        private var (d0, d1, d2, d3): (UInt64, UInt64, UInt64, UInt64)

        @inline(__always) init(_ state: InlineArray<8, UInt64>, _ count: UInt64, isLast: Bool) {
            (a0, a1, a2, a3) = (state[0], state[1], state[2], state[3])
            (b0, b1, b2, b3) = (state[4], state[5], state[6], state[7])
            (d0, d1, d2, d3) = (start[4] ^ count, start[5], isLast ? ~start[6] : start[6], start[7])
        }

        /// Mixes the words of a block in.
        @inline(__always) mutating func round(_ block: RawSpan, _ columns: Places, _ diagonals: Places) {
            Self.mix(&a0, &b0, &c0, &d0, block, columns.0, columns.1)
            Self.mix(&a1, &b1, &c1, &d1, block, columns.2, columns.3)
            Self.mix(&a2, &b2, &c2, &d2, block, columns.4, columns.5)
            Self.mix(&a3, &b3, &c3, &d3, block, columns.6, columns.7)
            Self.mix(&a0, &b1, &c2, &d3, block, diagonals.0, diagonals.1)
            Self.mix(&a1, &b2, &c3, &d0, block, diagonals.2, diagonals.3)
            Self.mix(&a2, &b3, &c0, &d1, block, diagonals.4, diagonals.5)
            Self.mix(&a3, &b0, &c1, &d2, block, diagonals.6, diagonals.7)
        }

        /// Mixes two words of a block into four of these.
        @inline(__always) private static func mix(
            _ a: inout UInt64,
            _ b: inout UInt64,
            _ c: inout UInt64,
            _ d: inout UInt64,
            _ block: RawSpan,
            _ first: Int,
            _ second: Int
        ) {
            a = a &+ b &+ word(first, of: block)
            d = rotated(d ^ a, by: 32)
            c = c &+ d
            b = rotated(b ^ c, by: 24)
            a = a &+ b &+ word(second, of: block)
            d = rotated(d ^ a, by: 16)
            c = c &+ d
            b = rotated(b ^ c, by: 63)
        }

        /// The word at a place below 16.
        @inline(__always) private static func word(_ place: Int, of block: RawSpan) -> UInt64 {
            UInt64(littleEndian: unsafe block.unsafeLoadUnaligned(fromUncheckedByteOffset: 8 &* place, as: UInt64.self))
        }

        @inline(__always) private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
            word &>> count | word &<< (64 &- count)
        }

        /// Changes the state by these words.
        @inline(__always) func fold(into state: inout InlineArray<8, UInt64>) {
            state[0] ^= a0 ^ c0
            state[1] ^= a1 ^ c1
            state[2] ^= a2 ^ c2
            state[3] ^= a3 ^ c3
            state[4] ^= b0 ^ d0
            state[5] ^= b1 ^ d1
            state[6] ^= b2 ^ d2
            state[7] ^= b3 ^ d3
        }
    }
}
