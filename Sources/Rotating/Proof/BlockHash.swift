/// The state of a hash after whole blocks, as a value: SHA-1 (FIPS 180-4) or MD5 (RFC 1321).
struct BlockHash {
    enum Function {
        case sha1
        case md5
    }

    private let function: Function
    private var state: [UInt32]
    private var takenCount = 0

    init(_ function: Function) {
        self.function = function
        let common: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
        state = function == .sha1 ? common + [0xC3D2_E1F0] : common
    }

    /// Returns the state after more whole blocks of 64 bytes.
    func taking(_ blocks: [UInt8]) -> BlockHash {
        precondition(blocks.count.isMultiple(of: 64), "blocks are whole")
        var hash = self
        for start in stride(from: 0, to: blocks.count, by: 64) { hash.take(blocks[start..<(start + 64)]) }
        hash.takenCount += blocks.count
        return hash
    }

    /// Returns the hash of everything so far followed by `rest`.
    func hash(_ rest: [UInt8]) -> [UInt8] {
        var last = rest + [0x80]
        last += [UInt8](repeating: 0, count: (120 - last.count % 64) % 64)
        let bitCount = UInt64(takenCount + rest.count) * 8
        last += bytes(of: function == .sha1 ? bitCount : bitCount.byteSwapped, count: 8)
        return taking(last).state.flatMap { word in
            bytes(of: UInt64(function == .sha1 ? word : word.byteSwapped), count: 4)
        }
    }

    /// Returns the last bytes of a number, the most significant first.
    private func bytes(of number: UInt64, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }

    private mutating func take(_ block: ArraySlice<UInt8>) {
        var words = [UInt32](repeating: 0, count: 16)
        for (index, byte) in block.enumerated() {
            words[index / 4] = words[index / 4] << 8 | UInt32(byte)
        }
        switch function {
        case .sha1: takeSHA1(words)
        case .md5: takeMD5(words.map(\.byteSwapped))
        }
    }

    private mutating func takeSHA1(_ block: [UInt32]) {
        var words = block
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for round in 0..<80 {
            let slot = round & 15
            if round >= 16 {
                let mixed =
                    words[(round + 13) & 15] ^ words[(round + 8) & 15] ^ words[(round + 2) & 15] ^ words[slot]
                words[slot] = Self.rotate(mixed, 1)
            }
            let (mix, constant): (UInt32, UInt32) =
                switch round {
                case ..<20: ((b & c) | (~b & d), 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = Self.rotate(a, 5) &+ mix &+ e &+ constant &+ words[slot]
            (a, b, c, d, e) = (next, a, Self.rotate(b, 30), c, d)
        }
        add([a, b, c, d, e])
    }

    private mutating func takeMD5(_ words: [UInt32]) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        for round in 0..<64 {
            let (mix, slot): (UInt32, Int) =
                switch round {
                case ..<16: ((b & c) | (~b & d), round)
                case ..<32: ((d & b) | (~d & c), (5 * round + 1) & 15)
                case ..<48: (b ^ c ^ d, (3 * round + 5) & 15)
                default: (c ^ (b | ~d), (7 * round) & 15)
                }
            let sum = mix &+ a &+ Self.sines[round] &+ words[slot]
            (a, b, c, d) = (d, b &+ Self.rotate(sum, Self.shifts[round / 16 * 4 + round & 3]), b, c)
        }
        add([a, b, c, d])
    }

    private mutating func add(_ words: [UInt32]) {
        for (index, word) in words.enumerated() { state[index] &+= word }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }

    private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

    /// The first 32 bits of the fraction of abs(sin(i + 1)) (RFC 1321 section 3.4).
    private static let sines: [UInt32] = [
        0xD76A_A478, 0xE8C7_B756, 0x2420_70DB, 0xC1BD_CEEE, 0xF57C_0FAF, 0x4787_C62A, 0xA830_4613, 0xFD46_9501,
        0x6980_98D8, 0x8B44_F7AF, 0xFFFF_5BB1, 0x895C_D7BE, 0x6B90_1122, 0xFD98_7193, 0xA679_438E, 0x49B4_0821,
        0xF61E_2562, 0xC040_B340, 0x265E_5A51, 0xE9B6_C7AA, 0xD62F_105D, 0x0244_1453, 0xD8A1_E681, 0xE7D3_FBC8,
        0x21E1_CDE6, 0xC337_07D6, 0xF4D5_0D87, 0x455A_14ED, 0xA9E3_E905, 0xFCEF_A3F8, 0x676F_02D9, 0x8D2A_4C8A,
        0xFFFA_3942, 0x8771_F681, 0x6D9D_6122, 0xFDE5_380C, 0xA4BE_EA44, 0x4BDE_CFA9, 0xF6BB_4B60, 0xBEBF_BC70,
        0x289B_7EC6, 0xEAA1_27FA, 0xD4EF_3085, 0x0488_1D05, 0xD9D4_D039, 0xE6DB_99E5, 0x1FA2_7CF8, 0xC4AC_5665,
        0xF429_2244, 0x432A_FF97, 0xAB94_23A7, 0xFC93_A039, 0x655B_59C3, 0x8F0C_CC92, 0xFFEF_F47D, 0x8584_5DD1,
        0x6FA8_7E4F, 0xFE2C_E6E0, 0xA301_4314, 0x4E08_11A1, 0xF753_7E82, 0xBD3A_F235, 0x2AD7_D2BB, 0xEB86_D391,
    ]
}
