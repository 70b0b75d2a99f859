/// The marks without which no encoded form of a value can stand in a text: most texts have none of them.
struct TextMarks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// Percent-encoding of an ASCII character.
    static let percent = TextMarks(rawValue: 1)
    /// What other derived forms have: an escaped dot, a component of a distinguished name, a reversed name, two dollar signs.
    static let derived = TextMarks(rawValue: 2)

    private static let percents = ["%2", "%3", "%4", "%5", "%6", "%7"]
    private static let others = [#"\."#, "dc=", ".arpa", "$$"]

    /// The marks that stand in `bytes`, which are a value in some spelling.
    init(in bytes: [UInt8]) {
        self = []
        Self.database.scan(bytes) { id, end in
            if let mark = Self.mark(id, endingAt: end, in: bytes) { insert(mark) }
        }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    private static func mark(_ id: Int, endingAt end: Int, in bytes: [UInt8]) -> TextMarks? {
        guard id < percents.count else { return .derived }
        return end < bytes.count && ByteSet.hexDigits.contains(bytes[end]) ? .percent : nil
    }

    private static let database: PatternDatabase = {
        let sources = (percents + others).map {
            PatternDatabase.Source(bytes: Array($0.utf8), isExpression: false, ignoresCase: true)
        }
        do throws(PatternDatabase.CompileError) {
            return try PatternDatabase(sources)
        } catch {
            preconditionFailure("vectorscan refuses a mark: \(error.message)")
        }
    }()
}
