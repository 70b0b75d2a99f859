internal import Documents

/// Finds the runs of digits of base64 in a text, with the dashes, slashes and underscores that names have as well.
///
/// It looks from where the end of a run would be backwards: where a byte is no digit, no run goes over it, and most bytes are
/// never read.
struct DigitRuns {
    /// How many bytes a run has at the least: the shortest base64 that is looked at without padding, as `EncodedRuns` of
    /// Documents has it.
    static let shortest = 12

    /// For each byte whether it is a digit: a table is twice as fast as the set.
    static let isDigit: [Bool] = {
        let digits = ByteSet.alphanumerics.union(ByteSet("+/-_"))
        return (UInt8.min...UInt8.max).map { digits.contains($0) }
    }()

    private let text: [UInt8]
    private let isDigit = Self.isDigit
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    /// The next run; nil where there is none.
    mutating func next() -> Span? {
        while position + Self.shortest <= text.count {
            let behind = behindLastOther(at: position)
            guard behind == 0 else {
                position += behind
                continue
            }
            let start = position
            position += Self.shortest
            while position < text.count, isDigit[Int(text[position])] { position += 1 }
            return Span(start, position)
        }
        return nil
    }

    /// How many of the ``shortest`` bytes at `position`, all of which the text has, stand before the last that is no digit, with
    /// that one; 0 where all are digits.
    private func behindLastOther(at position: Int) -> Int {
        let text = text.span
        let isDigit = isDigit.span
        var count = Self.shortest
        // The table has an entry for each byte.
        while count > 0, unsafe isDigit[unchecked: Int(text[unchecked: position &+ count &- 1])] { count &-= 1 }
        return count
    }
}
