/// Remembers of which names a rule may be about, since the same few stand in a text again and again.
///
/// It is for one thread.
final class NameMemory {
    private let index: RuleIndex
    private var answers: [String: Bool] = [:]

    private static let limit = 1 << 14

    init(_ index: RuleIndex) { self.index = index }

    /// Whether a rule may be about a setting with this innermost key; a place in a list goes by the keys above.
    func mayMatter(_ key: String) -> Bool {
        if let known = answers[key] { return known }
        let answer = key.utf8.allSatisfy(ByteSet.digits.contains) || index.mayName(key)
        if answers.count == Self.limit { answers.removeAll(keepingCapacity: true) }
        answers[key] = answer
        return answer
    }
}
