internal import Documents

/// Finds the other places of a word near one of its places.
enum RepeatedWord {
    /// Whether the word at `span` of `text` also occurs, as a whole word, at most `reach` bytes away and where
    /// `isMeant` is true of its place.
    static func occurs(
        besides span: Span,
        within reach: Int,
        in text: [UInt8],
        where isMeant: (Span) -> Bool
    ) -> Bool {
        let word = text[span.range]
        let limit = min(text.count, span.end + reach)
        var position = max(0, span.start - reach)
        while position + word.count <= limit {
            let end = position + word.count
            if position != span.start, text[position] == word.first, text[position..<end].elementsEqual(word),
                !WordCharacter.ends(at: position, in: text), !WordCharacter.starts(at: end, in: text),
                isMeant(Span(position, end))
            {
                return true
            }
            position += 1
        }
        return false
    }
}
