/// The text of an encoded word in a mail header (RFC 2047 section 4.2): `=40` for a byte, and `_` for a blank.
enum EncodedWordCodec {
    private static let mark: [UInt8] = [.equals, .question]
    /// The names of character sets that are UTF-8 or a subset of it, in lower case.
    private static let characterSets = ["utf-8", "us-ascii"].map { Array($0.utf8) }

    /// Returns the texts of the encoded words in a range, in order: in `=?UTF-8?Q?J=C3=B6rg?=`, the text is
    /// `J=C3=B6rg`.
    static func texts(in text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var texts: [Range<Int>] = []
        var index = range.lowerBound
        while let start = text[index..<range.upperBound].firstIndex(of: .equals) {
            index = start + 1
            guard text[start..<range.upperBound].starts(with: mark),
                let word = word(behind: start + mark.count, in: text, before: range.upperBound)
            else { continue }
            texts.append(word)
            index = word.upperBound
        }
        return texts
    }

    /// The maximum length of a word in bytes; the RFC allows 75, which some programs exceed.
    private static let longestWord = 256

    /// Returns the text of the word whose character set begins at `start`.
    private static func word(behind start: Int, in text: [UInt8], before end: Int) -> Range<Int>? {
        let parts = text[start..<end].prefix(longestWord).prefix { !$0.isWhitespace }
            .split(separator: .question, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, characterSets.contains(where: { parts[0].map(\.lowercasedLetter) == $0 }),
            parts[1].map(\.lowercasedLetter) == [UInt8(ascii: "q")], parts[3].first == .equals, !parts[2].isEmpty
        else { return nil }
        return parts[2].startIndex..<parts[2].endIndex
    }

    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            switch raw[index] {
            case .equals:
                guard index + 2 < raw.endIndex, let high = raw[index + 1].hexValue, let low = raw[index + 2].hexValue
                else {
                    let message = "an equals sign in an encoded word is not followed by two digits"
                    throw DocumentError(.malformed, at: Span(index, index + 1), message)
                }
                text.append(CollectionOfOne(high << 4 | low), for: index..<(index + 3))
                index += 3
            case .underscore:
                text.append(CollectionOfOne(.space), for: index..<(index + 1))
                index += 1
            default:
                text.append(raw, index..<(index + 1))
                index += 1
            }
        }
        return text
    }

    static func encode(_ value: [UInt8]) -> [UInt8] {
        value.flatMap { byte -> [UInt8] in
            switch byte {
            case .space: [.underscore]
            case .equals, .question, .underscore, 0..<0x20, 0x7F...:
                [.equals, .hexDigit(byte >> 4, uppercase: true), .hexDigit(byte & 15, uppercase: true)]
            default: [byte]
            }
        }
    }
}
