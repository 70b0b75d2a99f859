internal import Documents

/// The form of a value: a regular expression over bytes that marks which part of its match is the value.
///
/// Vectorscan finds the anchors of all rules in one pass. A pattern then decides at the few places of its anchor and
/// determines the start and end of the value, which vectorscan cannot do. The syntax is the common subset of regular
/// expressions: literals, `.`, classes, `\d \w \s \S \xNN \b`, `^` and `$` at the ends of lines, groups `(?:a|b)`, `? *
/// + {m,n}` (greedy), and one `(?<value>…)`. A match that needs more than ``stepLimit`` steps is abandoned, so that no
/// input makes it slow; patterns whose groups repeat at most a few hundred times need fewer.
struct Pattern: Hashable, Sendable {
    /// The reason why a pattern is invalid.
    struct SyntaxError: Error, Hashable, Sendable {
        /// The problem, in one lower-case sentence.
        var message: String
    }

    /// A match, and the value in it.
    struct Match: Hashable, Sendable {
        /// The bytes that the whole pattern matched.
        var whole: Span
        /// The bytes of the value; the whole match if the pattern marks none.
        var value: Span
    }

    /// The number of steps after which a match is abandoned.
    static let stepLimit = 1_000_000
    /// The number of steps after which a match remembers its attempts.
    static let plainSteps = 10_000

    /// The pattern's source.
    var source: String { program.source }

    private let program: LazyPatternProgram

    /// Parses a pattern.
    init(_ source: String, ignoringCase: Bool = false) throws(SyntaxError) {
        program = LazyPatternProgram(source, ignoringCase: ignoringCase)
        try program.read()
    }

    /// Takes a pattern that is known to be valid.
    ///
    /// It is parsed on first use, because a scan of few files needs few of them.
    init(known source: String, ignoringCase: Bool = false) {
        program = LazyPatternProgram(source, ignoringCase: ignoringCase)
    }

    /// Returns the match that starts at `offset` of `text` and ends by `limit`.
    func match(_ text: [UInt8], at offset: Int, limit: Int? = nil) -> Match? {
        var abandoned = false
        return program.value.match(text, from: offset, to: limit ?? text.count, filling: false, &abandoned)
    }

    /// Returns the match that starts at `offset` of `text`; `abandoned` is set if it took too many steps.
    func match(_ text: [UInt8], at offset: Int, _ abandoned: inout Bool) -> Match? {
        program.value.match(text, from: offset, to: text.count, filling: false, &abandoned)
    }

    /// Returns the match of exactly `span` in `text`; if several alternatives match, the first one counts.
    func match(_ text: [UInt8], filling span: Span) -> Match? {
        var abandoned = false
        return program.value.match(text, from: span.start, to: span.end, filling: true, &abandoned)
    }

    /// Returns the first match that starts at or between `start` and `last` of `text` and ends after `last`.
    ///
    /// `abandoned` is set if a match was abandoned.
    func match(_ text: [UInt8], from start: Int, through last: Int, _ abandoned: inout Bool) -> Match? {
        program.value.match(text, from: start, through: last, &abandoned)
    }

    /// Returns the bytes that may follow an anchor within a match.
    func tail(behind anchor: some Sequence<UInt8>) -> MatchTail { MatchTail(of: program.value, behind: anchor) }

    /// Whether the pattern matches all of `text`.
    func matchesWhole(_ text: [UInt8]) -> Bool { match(text, filling: Span(0, text.count)) != nil }

    /// Returns the length of all texts that an expression matches; nil if it varies or the expression is invalid.
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
