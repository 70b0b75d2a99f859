/// The bytes by which a literal is searched for.
struct NeedleWindow: Hashable, Sendable {
    /// How such bytes are looked for.
    enum Shape: Hashable, Sendable, CaseIterable {
        /// By a byte of it that is rare in most texts, with those around it; the rarest first.
        case percent
        case at
        case dot
        case dash
        case underscore
        /// By eight, four or three bytes of it.
        case long
        case short
        case shortest

        /// How many bytes a window has.
        var width: Int {
            switch self {
            case .percent, .at, .dot, .dash, .underscore: MarkSieve.width
            case .long: 8
            case .short: 4
            case .shortest: 3
            }
        }

        /// The byte that a window has at its place; nil where it may have any.
        var mark: UInt8? {
            switch self {
            case .percent: UInt8(ascii: "%")
            case .at: UInt8(ascii: "@")
            case .dot: UInt8(ascii: ".")
            case .dash: UInt8(ascii: "-")
            case .underscore: UInt8(ascii: "_")
            case .long, .short, .shortest: nil
            }
        }

        /// How many bytes of a window are looked at together, where it has no mark.
        fileprivate var gram: Int {
            switch self {
            case .percent, .at, .dot, .dash, .underscore, .long: 6
            case .short: 3
            case .shortest: 2
            }
        }

        /// What looks for these windows first.
        func sieve(for windows: [ArraySlice<UInt8>]) -> NeedleFilter.Sieve {
            if let mark { return .mark(MarkSieve(mark: mark)) }
            return .grams(GramSieve(windows, width: width, gram: gram))
        }
    }

    let shape: Shape
    /// Where it begins in the literal.
    let start: Int

    /// The window of a literal; nil where it has fewer bytes than any window.
    init?(of literal: [UInt8]) {
        for shape in Shape.allCases {
            if let start = Self.start(of: shape, in: literal) {
                self.shape = shape
                self.start = start
                return
            }
        }
        return nil
    }

    /// The letters that are most of any text.
    private static let commonBytes = ByteSet("etaoinsrhl./ -_")

    /// Where the window of that shape begins that has the rarest bytes, so that few places are looked at in vain; nil where there
    /// is none.
    ///
    /// What every URL begins with is no such part.
    private static func start(of shape: Shape, in literal: [UInt8]) -> Int? {
        let width = shape.width
        guard literal.count >= width else { return nil }
        var first = 0
        for scheme in ["https://", "http://"] where literal.starts(with: scheme.utf8) {
            first = min(scheme.utf8.count, literal.count - width)
            break
        }
        var best: (start: Int, rank: Int)?
        for start in first...(literal.count - width) {
            if let mark = shape.mark, literal[start + MarkSieve.before] != mark { continue }
            let rank = literal[start..<(start + width)].reduce(0) { $0 + Self.rank(of: $1) }
            if best.map({ rank > $0.rank }) ?? true { best = (start, rank) }
        }
        return best?.start
    }

    private static func rank(of byte: UInt8) -> Int {
        ByteSet.digits.contains(byte) ? 3 : commonBytes.contains(byte.lowered) ? 1 : 2
    }
}
