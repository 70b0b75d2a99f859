/// The parts of a line that a template engine replaces: `{{ name }}`, `{% if x %}`, `<%= name %>`, `${name}`.
///
/// The words in them are code of the template, and no fields of the table that it makes.
struct TemplateWords {
    /// A part, and whether its place in the result has a value: a statement leaves nothing.
    private struct Part {
        var range: Range<Int>
        var isValue: Bool
    }

    private let parts: [Part]

    /// Finds the parts of the line in `range`; a part that is not closed extends to the end of the line.
    init(_ text: [UInt8], _ range: Range<Int>) {
        var parts: [Part] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard let mark = Self.marks.first(where: { text.has($0.open, at: index, before: range.upperBound) }) else {
                index += 1
                continue
            }
            let start = index
            index += mark.open.utf8CodeUnitCount
            let isValue = mark.isValue || index < range.upperBound && text[index] == .equals
            while index < range.upperBound, !text.has(mark.close, at: index, before: range.upperBound) { index += 1 }
            index = min(range.upperBound, index + mark.close.utf8CodeUnitCount)
            parts.append(Part(range: start..<index, isValue: isValue))
        }
        self.parts = parts
    }

    private static let marks: [(open: StaticString, close: StaticString, isValue: Bool)] = [
        ("{{", "}}", true), ("{%", "%}", false), ("{#", "#}", false), ("<%", "%>", false), ("${", "}", true),
    ]

    /// Returns the fields that remain of a line's words: a value of the template is an empty field, its statements and
    /// comments are none.
    func fields(of words: [LineWords.Word]) -> [LineWords.Word] {
        guard !parts.isEmpty else { return words }
        var fields: [LineWords.Word] = []
        var last: Int?
        for word in words {
            guard let number = parts.firstIndex(where: { $0.range.overlaps(word.outer) }) else {
                fields.append(word)
                continue
            }
            if parts[number].isValue, number != last {
                let start = word.range.lowerBound
                fields.append(LineWords.Word(range: start..<start, encoding: .bare))
            }
            last = number
        }
        return fields
    }
}
