internal import Documents

/// What a value looks like: a regular expression over bytes that knows which part of its match is the value.
///
/// Vectorscan finds the anchors of all rules in one pass; a pattern then decides at the few places where its anchor
/// stands, and says where the value starts and ends, which vectorscan cannot. The syntax is the common subset of
/// regular expressions: literals, `.`, classes, `\d \w \s \S \xNN \b`, `^` and `$` at the ends of lines, groups
/// `(?:a|b)`, `? * + {m,n}` (greedy), and one `(?<value>…)`. A match that needs more than ``stepLimit`` steps counts
/// as none, so that no input makes it slow.
struct Pattern: Hashable, Sendable {
    /// Why a pattern cannot be used.
    struct SyntaxError: Error, Hashable, Sendable {
        /// What is wrong, in one lower-case sentence.
        var message: String
    }

    /// A match: the whole of it and the value in it.
    struct Match: Hashable, Sendable {
        /// The bytes that the whole pattern matched.
        var whole: Span
        /// The bytes of the value; the whole where the pattern marks none.
        var value: Span
    }

    /// The number of steps after which a match is given up.
    static let stepLimit = 50_000

    /// The pattern as it was written.
    var source: String { program.source }

    private let program: LazyPatternProgram

    /// Reads a pattern.
    init(_ source: String, ignoringCase: Bool = false) throws(SyntaxError) {
        program = LazyPatternProgram(source, ignoringCase: ignoringCase)
        try program.read()
    }

    /// Takes a pattern that was read before, and so can be: it is read again when it is first needed, since a scan of few
    /// files needs few of them.
    init(known source: String, ignoringCase: Bool = false) {
        program = LazyPatternProgram(source, ignoringCase: ignoringCase)
    }

    /// The match that starts at `offset` of `text`, taking no byte at or behind `limit`.
    func match(_ text: [UInt8], at offset: Int, limit: Int? = nil) -> Match? {
        program.value.match(text, from: offset, to: limit ?? text.count, filling: false)
    }

    /// The match that takes all bytes of `span` in `text`; of several alternatives the first that does.
    func match(_ text: [UInt8], filling span: Span) -> Match? {
        program.value.match(text, from: span.start, to: span.end, filling: true)
    }

    /// The first match that starts from `start` to `last` of `text` and ends behind `last`.
    func match(_ text: [UInt8], from start: Int, through last: Int) -> Match? {
        program.value.match(text, from: start, through: last)
    }

    /// What may follow the bytes of an anchor inside of a match.
    func tail(behind anchor: some Sequence<UInt8>) -> MatchTail { MatchTail(of: program.value, behind: anchor) }

    /// Whether the pattern matches all of `text`.
    func matchesWhole(_ text: [UInt8]) -> Bool { match(text, filling: Span(0, text.count)) != nil }

    /// The length of all texts that an expression matches; nil where they differ, or it is no pattern.
    static func fixedLength(of source: String) -> Int? {
        var parser = PatternParser(source: Array(source.utf8), ignoringCase: false)
        guard let node = try? parser.parse(), node.minimum == node.maximum else { return nil }
        return node.minimum
    }

    static func == (left: Pattern, right: Pattern) -> Bool {
        left.program === right.program
            || left.source == right.source && left.program.ignoresCase == right.program.ignoresCase
    }

    func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
