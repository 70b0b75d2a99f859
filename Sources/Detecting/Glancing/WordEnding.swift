/// Decides whether bytes that look like the last words of a setting's name may really be those words.
///
/// Most occurrences of `id` or `key` are inside longer words, as in `provide` or `monkey`, or before other words, as in
/// `key_error`. This determines from the adjacent bytes alone where a word of a ``KeyName`` can begin and end. In case
/// of doubt the answer is yes.
enum WordEnding {
    /// The part of a name that the bytes may be.
    enum Part: Hashable, Sendable {
        /// Its last words.
        case words
        /// The end of its last word: `userpass` ends with `pass`.
        case endOfWord
        /// Its beginning, after which it continues.
        case beginning
    }

    /// Whether the bytes from `start` to `end` of `text` may be that part of a name, ignoring trailing words that only
    /// distinguish settings with the same meaning.
    static func mayStand(from start: Int, to end: Int, as part: Part, in text: [UInt8]) -> Bool {
        if part == .beginning {
            return (start == 0 || !ByteSet.nameCharacters.contains(text[start - 1]))
                && end < text.count && ByteSet.alphanumerics.contains(text[end])
        }
        if part == .words, start > 0, !isUpper(text[start]), ByteSet.alphanumerics.contains(text[start - 1]) {
            // A capital begins a word, and a lower-case letter continues one.
            return false
        }
        // A plural counts as the singular.
        let end = isPlural(before: end, in: text) ? end + 1 : end
        guard end < text.count else { return true }
        return !isLower(text[end]) && mayEndName(before: end, in: text)
    }

    private static func isPlural(before end: Int, in text: [UInt8]) -> Bool {
        guard end < text.count else { return false }
        if text[end] == UInt8(ascii: "s") { return true }
        // A capital after or before a lower-case letter begins a word.
        return text[end] == UInt8(ascii: "S") && isUpper(text[end - 1])
            && !(end + 1 < text.count && isLower(text[end + 1]))
    }

    /// Whether the text from `end` on is not another word of the name, or is only a qualifier.
    private static func mayEndName(before end: Int, in text: [UInt8]) -> Bool {
        var first = end
        while first < text.count, isSeparator(text[first]), first - end < longestGap { first += 1 }
        var last = first
        while last < text.count, last - first <= KeyName.longestQualifier, ByteSet.alphanumerics.contains(text[last]) {
            if last > first, isUpper(text[last]), beginsWord(at: last, in: text) { break }
            last += 1
        }
        guard last > first else { return true }
        return KeyName.isQualifier(text[first..<last])
    }

    /// Whether the capital at `place`, after another byte of the word, begins a word rather than being one of several
    /// capitals.
    private static func beginsWord(at place: Int, in text: [UInt8]) -> Bool {
        !isUpper(text[place - 1]) || place + 1 < text.count && isLower(text[place + 1])
    }

    /// The maximum number of bytes examined between two words of a name.
    private static let longestGap = 4

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }
    private static func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }
}
