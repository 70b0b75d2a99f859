/// Says whether bytes that look like the last words of a setting's name may be just these words.
///
/// Most places at which `id` or `key` stands are inside of longer words, `provide` or `monkey`, or before further words,
/// `key_error`. This knows where a word of a ``KeyName`` can begin and end from the bytes beside it alone, and errs on the side
/// of yes.
enum WordEnding {
    /// What the bytes may be of a name.
    enum Part: Hashable, Sendable {
        /// Its last words.
        case words
        /// The end of its last word: `userpass` ends with `pass`.
        case endOfWord
        /// Its beginning, behind which it goes on.
        case beginning
    }

    /// Whether the bytes from `start` to `end` of `text` may be that part of a name, but for words behind the last ones that only
    /// tell apart settings of one meaning.
    static func mayStand(from start: Int, to end: Int, as part: Part, in text: [UInt8]) -> Bool {
        if part == .beginning {
            return (start == 0 || !ByteSet.nameCharacters.contains(text[start - 1]))
                && end < text.count && ByteSet.alphanumerics.contains(text[end])
        }
        if part == .words, start > 0, !isUpper(text[start]), ByteSet.alphanumerics.contains(text[start - 1]) {
            // A capital begins a word, and a small letter goes on with one.
            return false
        }
        // A plural is read as the singular.
        let end = isPlural(before: end, in: text) ? end + 1 : end
        guard end < text.count else { return true }
        return !isLower(text[end]) && mayEndName(before: end, in: text)
    }

    private static func isPlural(before end: Int, in text: [UInt8]) -> Bool {
        guard end < text.count else { return false }
        if text[end] == UInt8(ascii: "s") { return true }
        // A capital behind a small letter, or before one, begins a word.
        return text[end] == UInt8(ascii: "S") && isUpper(text[end - 1])
            && !(end + 1 < text.count && isLower(text[end + 1]))
    }

    /// Whether what stands from `end` on is no further word of the name, or one that says little.
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

    /// Whether the capital at `place`, with a byte of a word before it, begins another: it is no capital among capitals.
    private static func beginsWord(at place: Int, in text: [UInt8]) -> Bool {
        !isUpper(text[place - 1]) || place + 1 < text.count && isLower(text[place + 1])
    }

    /// The most bytes between two words of a name that are looked at.
    private static let longestGap = 4

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }
    private static func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }
}
