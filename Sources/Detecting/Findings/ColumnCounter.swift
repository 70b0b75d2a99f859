/// Counts the UTF-16 code units between the start of a line and a place in it, continuing from the last place if
/// possible.
struct ColumnCounter {
    private let bytes: [UInt8]
    private var lineStart = -1
    private var position = 0
    private var units = 0
    /// The number of bytes still to come in the current character.
    private var missing = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The 1-based column of `offset` in the line that starts at `start`.
    mutating func column(of offset: Int, after start: Int) -> Int {
        if start != lineStart || offset < position {
            lineStart = start
            position = start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : start
            (units, missing) = (0, 0)
        }
        let end = min(offset, bytes.count)
        while position < end {
            // Most bytes are ASCII, and are counted without regard to what precedes them.
            let start = position
            while position < end, bytes[position] < 0x80 { position += 1 }
            if position > start { (units, missing) = (units + position - start, 0) }
            guard position < end else { break }
            take(bytes[position])
            position += 1
        }
        return units + 1
    }

    private mutating func take(_ byte: UInt8) {
        if missing > 0, byte & 0xC0 == 0x80 {
            missing -= 1
            return
        }
        switch byte {
        case 0xC2..<0xE0: (units, missing) = (units + 1, 1)
        case 0xE0..<0xF0: (units, missing) = (units + 1, 2)
        case 0xF0..<0xF5: (units, missing) = (units + 2, 3)
        default: (units, missing) = (units + 1, 0)
        }
    }
}
