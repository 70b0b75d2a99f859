internal import Documents

/// Finds runs of base64 digits in a text, including the dashes, slashes and underscores that names also contain.
///
/// The search starts from the possible end of a run and proceeds backwards. A byte that is not a digit rules out every
/// run across it, so most bytes are never read.
struct DigitRuns {
    /// The minimum length of a run in bytes: the shortest unpadded base64 that is examined, as in `EncodedRuns` of
    /// Documents.
    static let shortest = 12

    /// Whether each byte is a digit; a table is twice as fast as the set.
    static let isDigit: [Bool] = {
        let digits = ByteSet.alphanumerics.union(ByteSet("+/-_"))
        return (UInt8.min...UInt8.max).map { digits.contains($0) }
    }()

    private let text: [UInt8]
    private let isDigit = Self.isDigit
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    /// Returns the next run; nil if there is none.
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

    /// The index after the last non-digit among the ``shortest`` bytes at `position`, all of which must exist; 0 if all
    /// are digits.
    private func behindLastOther(at position: Int) -> Int {
        let text = text.span
        let isDigit = isDigit.span
        var count = Self.shortest
        // The table has an entry for each byte.
        while count > 0, unsafe isDigit[unchecked: Int(text[unchecked: position &+ count &- 1])] { count &-= 1 }
        return count
    }
}
