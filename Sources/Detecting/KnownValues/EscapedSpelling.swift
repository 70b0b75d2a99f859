/// Determines whether a text may contain a value with escapes around an unescaped part of it.
///
/// It does not depend on a format: a backslash, a percent sign or an ampersand may begin an escape of any byte, and a
/// quote or a dollar sign may be doubled. In case of doubt the answer is yes, and the structure of the file decides.
struct EscapedSpelling {
    private let value: [UInt8]
    private let text: [UInt8]
    private let ignoresCase: Bool

    /// Prepares to search for `value` in `text`.
    init(of value: [UInt8], in text: [UInt8], ignoresCase: Bool) {
        self.value = value
        self.text = text
        self.ignoresCase = ignoresCase
    }

    /// Whether the text around `part`, which equals the value's bytes from `offset` on, may spell the rest of the value
    /// with escapes.
    ///
    /// Returns false if the text contains the whole value unescaped.
    func surrounds(_ part: Range<Int>, at offset: Int) -> Bool {
        var steps = 0
        return isPreceded(before: offset, at: part.lowerBound) && !isPlain(from: part.lowerBound - offset)
            && isFollowed(from: offset + part.count, at: part.upperBound, &steps)
    }

    private func isPlain(from start: Int) -> Bool {
        start >= 0 && start + value.count <= text.count && value.indices.allSatisfy { equal($0, start + $0) }
    }

    private static let backslash = UInt8(ascii: "\\")
    private static let doubled = ByteSet("'\"$\\%")
    /// The length in bytes of the longest character reference, such as `&#x0000027;`.
    private static let longestReference = 11

    private func equal(_ index: Int, _ position: Int) -> Bool {
        value[index] == text[position] || ignoresCase && value[index].lowered == text[position].lowered
    }

    // MARK: - After the part

    /// The number of steps after which the answer is yes, so that no text makes the search slow.
    private static let stepLimit = 4096

    private func isFollowed(from start: Int, at end: Int, _ steps: inout Int) -> Bool {
        var index = start
        var position = end
        while index < value.count {
            steps += 1
            guard steps < Self.stepLimit else { return true }
            guard position < text.count else { return false }
            if let next = endOfEscape(at: position) {
                // The same bytes may be an escape or literal.
                if isFollowed(from: behindCharacter(at: index), at: next, &steps) { return true }
                if text[position] == Self.backslash, value[index] == Self.backslash {
                    position = behind(Self.backslash, in: text, from: position)
                    index = behind(Self.backslash, in: value, from: index)
                    continue
                }
            }
            if equal(index, position) {
                index += 1
                position += 1
            } else if position > 0, Self.doubled.contains(text[position]), text[position - 1] == text[position] {
                position += 1
            } else {
                return false
            }
        }
        return true
    }

    /// The index after the UTF-8 character that begins at `index` of the value; a single escape may stand for all of
    /// it.
    private func behindCharacter(at index: Int) -> Int {
        var next = index + 1
        while next < value.count, value[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }

    private func behind(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] == byte { end += 1 }
        return end
    }

    /// The index after the escape that begins at `position`; nil if there is none.
    private func endOfEscape(at position: Int) -> Int? {
        let rest = text.count - position
        switch text[position] {
        case Self.backslash:
            // Escaped escapes: `\\\"`.
            let letter = behind(Self.backslash, in: text, from: position)
            guard letter < text.count else { return text.count }
            switch text[letter] {
            case UInt8(ascii: "u"): return min(text.count, letter + 5)
            case UInt8(ascii: "x"): return min(text.count, letter + 3)
            default: return letter + 1
            }
        case UInt8(ascii: "%") where rest > 2:
            return text[(position + 1)...(position + 2)].allSatisfy(ByteSet.hexDigits.contains) ? position + 3 : nil
        case UInt8(ascii: "&"):
            let reference = text[position..<min(text.count, position + Self.longestReference)]
            return reference.firstIndex(of: UInt8(ascii: ";")).map { $0 + 1 }
        default:
            return nil
        }
    }

    // MARK: - Before the part

    private func isPreceded(before start: Int, at begin: Int) -> Bool {
        var index = start
        var position = begin
        while index > 0 {
            guard position > 0 else { return false }
            if equal(index - 1, position - 1) {
                index -= 1
                position = beforeEscapes(position - 1, index)
            } else if let begin = startOfEscape(before: position) {
                index -= 1
                while index > 0, value[index] & 0xC0 == 0x80 { index -= 1 }
                position = beforeEscapes(begin, index)
            } else if position < text.count, Self.doubled.contains(text[position]), text[position - 1] == text[position]
            {
                position -= 1
            } else {
                return false
            }
        }
        return true
    }

    /// The index before the backslashes that may escape the byte at `position`, unless the value itself has one there.
    private func beforeEscapes(_ position: Int, _ index: Int) -> Int {
        var position = position
        while position > 0, text[position - 1] == Self.backslash, index == 0 || value[index - 1] != Self.backslash {
            position -= 1
        }
        return position
    }

    /// The index of an escape that ends before `position`; nil if there is none.
    private func startOfEscape(before position: Int) -> Int? {
        for length in 2...min(Self.longestReference, max(2, position)) where position >= length {
            let start = position - length
            switch text[start] {
            case Self.backslash, UInt8(ascii: "%"), UInt8(ascii: "&"):
                if endOfEscape(at: start) == position { return start }
            default: continue
            }
        }
        return nil
    }
}
