internal import Documents

/// Verifies the check digit of payment card numbers (ISO/IEC 7812-1 annex B).
enum CardNumber {
    /// Whether `value`, in groups or in one piece, is a number with a correct check digit that is not a test number.
    static func verifies(_ value: [UInt8]) -> Bool {
        let digits = value.filter(ByteSet.digits.contains).map { Int($0 - UInt8(ascii: "0")) }
        guard (13...19).contains(digits.count), !isShown(digits) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let weighted = digit.offset.isMultiple(of: 2) ? digit.element : digit.element * 2
            return sum + weighted / 10 + weighted % 10
        }
        return sum.isMultiple(of: 10)
    }

    /// Whether a number is one of the usual test numbers, such as `4242 4242 4242 4242`: its groups after the first are
    /// all equal, or it consists of fewer than five different digits.
    private static func isShown(_ digits: [Int]) -> Bool {
        let groups = stride(from: 0, to: digits.count - 3, by: 4).map { Array(digits[$0..<($0 + 4)]) }
        return Set(groups.dropFirst()).count == 1 || Set(digits).count < 5
    }
}
