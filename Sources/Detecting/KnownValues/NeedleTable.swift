internal import Documents

/// Finds all occurrences of many literals in a text.
///
/// Vectorscan takes 0.85 seconds and 60 MiB to compile 25,000 literals. Most are therefore found by windows that begin
/// at word starts, whose tables take 8 milliseconds and 2 MiB; vectorscan finds the remaining few.
struct NeedleTable: Sendable {
    /// A byte string to search for.
    struct Literal: Hashable, Sendable {
        /// The bytes; at least one.
        var bytes: [UInt8]
        /// Whether letters match in either case.
        var ignoresCase: Bool
        /// Whether only places at word starts count (``WordStarts``); other places may or may not be found.
        var startsWord = false
    }

    /// The data of a literal, without a reference to an object; a large deployment has more than 100,000.
    private struct Entry: Sendable {
        /// The start of its bytes in `bytes`.
        private let start32: Int32
        private let count32: Int32
        private let windowStart: Int32
        private let windowCount: UInt8
        let ignoresCase: Bool

        init(_ literal: Literal, at start: Int, window: Range<Int>) {
            (start32, count32) = (Int32(start), Int32(literal.bytes.count))
            (windowStart, windowCount) = (Int32(window.lowerBound), UInt8(window.count))
            ignoresCase = literal.ignoresCase
        }

        var start: Int { Int(start32) }
        var count: Int { Int(count32) }
        /// Its window within the literal.
        var window: Range<Int> { Int(windowStart)..<(Int(windowStart) + Int(windowCount)) }
    }

    private let bytes: [UInt8]
    private let entries: [Entry]
    /// The literals whose windows begin at word starts.
    private let words: WordSieve?
    /// The windows of the other literals, and the numbers of these literals.
    private let others: PatternDatabase?
    private let numbersOfOthers: [Int]

    /// Takes literals, none of which may be empty.
    init(_ literals: [Literal]) {
        var bytes: [UInt8] = []
        var entries: [Entry] = []
        var words: [WindowIndex.Window] = []
        var others: [Int] = []
        bytes.reserveCapacity(literals.reduce(0) { $0 + $1.bytes.count })
        entries.reserveCapacity(literals.count)
        for (number, literal) in literals.enumerated() {
            let window = NeedleWindow(of: literal)
            entries.append(Entry(literal, at: bytes.count, window: window.range))
            bytes += literal.bytes
            if window.beginsWord {
                let folded = FoldedBytes.number(of: literal.bytes[window.range])
                words.append(WindowIndex.Window(number: number, bytes: folded, count: window.range.count))
            } else {
                others.append(number)
            }
        }
        self.bytes = bytes
        self.entries = entries
        self.words = words.isEmpty ? nil : WordSieve(words)
        self.others = others.isEmpty ? nil : Self.database(of: others.map { (literals[$0], entries[$0]) })
        numbersOfOthers = others
    }

    /// Calls `body` with the number and the place of each occurrence of a literal in `text`.
    func search(_ text: [UInt8], _ body: (_ number: Int, _ span: Span) -> Void) {
        words?.search(text) { number, window in
            if let span = span(of: number, startingAt: window - entries[number].window.lowerBound, in: text) {
                body(number, span)
            }
        }
        others?.scan(text) { id, end in
            let number = numbersOfOthers[id]
            if let span = span(of: number, startingAt: end - entries[number].window.upperBound, in: text) {
                body(number, span)
            }
        }
    }

    /// Compiles the windows of literals.
    private static func database(of literals: [(literal: Literal, entry: Entry)]) -> PatternDatabase {
        let sources = literals.map { literal, entry in
            PatternDatabase.Source(
                bytes: Array(literal.bytes[entry.window]),
                isExpression: false,
                ignoresCase: literal.ignoresCase
            )
        }
        do {
            return try PatternDatabase(sources)
        } catch {
            preconditionFailure("vectorscan takes any literal of up to eight bytes: \(error.message)")
        }
    }

    /// Returns the span of a literal that begins at `start`; nil if other bytes are there.
    private func span(of number: Int, startingAt start: Int, in text: [UInt8]) -> Span? {
        let entry = entries[number]
        guard start >= 0, start + entry.count <= text.count else { return nil }
        for index in 0..<entry.count {
            let (left, right) = (bytes[entry.start + index], text[start + index])
            guard left == right || entry.ignoresCase && left.lowered == right.lowered else { return nil }
        }
        return Span(start, start + entry.count)
    }
}
