/// The bytes by which a literal is searched for.
struct NeedleWindow: Hashable, Sendable {
    /// How such bytes are looked for.
    enum Shape: Hashable, Sendable, CaseIterable {
        /// Where a word may begin, by up to eight bytes of it.
        case word
        /// At every place, by eight, four or three bytes of it.
        case long
        case short
        case shortest

        /// How many bytes a window has; nil where they may be fewer.
        private var width: Int? {
            switch self {
            case .word: nil
            case .long: FoldedBytes.limit
            case .short: 4
            case .shortest: 3
            }
        }

        /// How many bytes a window that begins at `start` of a literal has; nil where none does.
        fileprivate func width(from start: Int, in literal: NeedleTable.Literal) -> Int? {
            let rest = literal.bytes.count - start
            if let width { return width <= rest ? width : nil }
            let begins = WordStarts.isPlain(at: start, in: literal.bytes) && (start > 0 || literal.startsWord)
            return begins && rest >= WordSieve.shortest ? min(rest, FoldedBytes.limit) : nil
        }

        /// What looks for these windows first.
        func sieve(for windows: [ArraySlice<UInt8>]) -> NeedleFilter.Sieve {
            switch self {
            case .word: .words(WordSieve(windows))
            case .long: .grams(GramSieve(windows, width: 8, gram: 6))
            case .short: .grams(GramSieve(windows, width: 4, gram: 3))
            case .shortest: .grams(GramSieve(windows, width: 3, gram: 2))
            }
        }
    }

    let shape: Shape
    /// Where it stands in the literal.
    let range: Range<Int>

    /// The window of a literal; nil where it has fewer bytes than any window.
    init?(of literal: NeedleTable.Literal) {
        for shape in Shape.allCases {
            if let range = Self.range(of: shape, in: literal) {
                self.shape = shape
                self.range = range
                return
            }
        }
        return nil
    }

    /// The letters that are most of any text.
    private static let commonBytes = ByteSet("etaoinsrhl./ -_")

    /// Where the window of that shape stands that has the rarest bytes, so that few places are looked at in vain; nil where there
    /// is none.
    private static func range(of shape: Shape, in literal: NeedleTable.Literal) -> Range<Int>? {
        var best: (range: Range<Int>, rank: Int)?
        for start in literal.bytes.indices {
            guard let width = shape.width(from: start, in: literal) else { continue }
            let range = start..<(start + width)
            // What every URL begins with says nothing.
            let isScheme = start == 0 && ["https://", "http://"].contains { literal.bytes.starts(with: $0.utf8) }
            let rank = isScheme ? 0 : literal.bytes[range].reduce(0) { $0 + Self.rank(of: $1) }
            if best.map({ rank > $0.rank }) ?? true { best = (range, rank) }
        }
        return best?.range
    }

    private static func rank(of byte: UInt8) -> Int {
        ByteSet.digits.contains(byte) ? 3 : commonBytes.contains(byte.lowered) ? 1 : 2
    }
}
