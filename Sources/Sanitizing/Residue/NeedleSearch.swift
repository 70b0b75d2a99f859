internal import Documents

/// Searches for many byte strings at once, in a text as it is and in the text without white space.
final class NeedleSearch: Sendable {
    /// The way in which a byte string is searched for.
    enum Spelling: Sendable {
        /// In the text as it is.
        case exact
        /// In the text as it is, in either letter case.
        case ignoringCase
        /// In the text without white space and its escapes in strings.
        case unwrapped
    }

    /// A byte string to search for.
    struct Needle: Sendable {
        var bytes: [UInt8]
        var value: Int
        var form: String
        var boundary: ResidueCheck.Boundary
        var spelling = Spelling.exact
        /// The way in which the bytes encode the value if they are digits; nil if they are its characters.
        var coding: DigitCoding?
    }

    /// A place of a needle.
    struct Match {
        var start: Int
        var end: Int
        var value: Int
        var form: String

        var span: Span { Span(start, end) }
    }

    /// The class of a byte with regard to white space.
    private enum Class {
        static let ordinary: UInt8 = 0
        static let blank: UInt8 = 1
        static let backslash: UInt8 = 2
        /// After a backslash the byte denotes white space.
        static let escape: UInt8 = 3

        static let all: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
            if " \n\r\t".utf8.contains(byte) { return blank }
            if byte == UInt8(ascii: "\\") { return backslash }
            return "nrt".utf8.contains(byte) ? escape : ordinary
        }
    }

    /// The value of the first mark of ``EncodedTexts/Mark/all``; those of the others are lower.
    private static let firstMark = -1

    /// All matches in a text.
    struct Matches {
        /// The needles in the text as it is.
        var asWritten: [Match] = []
        /// The needles in the text without white space; the offsets are of that text.
        var unwrapped: [Match] = []
        /// The marks of texts that are encoded as a whole, in order of their places.
        var marks: [(mark: EncodedTexts.Mark, start: Int)] = []
    }

    private let needles: [Needle]
    private let plain: NeedleIndex
    private let unwrapped: NeedleIndex

    /// Prepares the search.
    ///
    /// Needles must have at least four bytes.
    init(_ needles: [Needle]) {
        let marks = EncodedTexts.Mark.all.enumerated().map { number, mark in
            Needle(
                bytes: mark.bytes,
                value: Self.firstMark - number,
                form: "",
                boundary: .none,
                spelling: mark.sort == .digits ? .exact : .ignoringCase
            )
        }
        self.needles = (needles.isEmpty ? [] : needles + marks).map { needle in
            var needle = needle
            if needle.spelling == .ignoringCase { needle.bytes = needle.bytes.map(\.lowercasedASCII) }
            return needle
        }
        let numbered = self.needles.enumerated()
        plain = NeedleIndex(
            numbered.filter { $0.element.spelling != .unwrapped }.map {
                ($0.offset, $0.element.bytes.map(\.lowercasedASCII))
            }
        )
        unwrapped = NeedleIndex(
            numbered.filter { $0.element.spelling == .unwrapped }.map { ($0.offset, $0.element.bytes) }
        )
    }

    /// Returns every place of a needle in a text.
    func matches(in text: [UInt8]) -> Matches {
        var matches = Matches()
        for match in self.matches(of: plain, in: DigitText(bytes: text), { $0.lowercasedASCII }) {
            if match.value > Self.firstMark {
                matches.asWritten.append(match)
            } else {
                matches.marks.append((EncodedTexts.Mark.all[Self.firstMark - match.value], match.start))
            }
        }
        if mayHoldWrapped(text) { matches.unwrapped = self.matches(of: unwrapped, in: Self.unwrapping(text)) { $0 } }
        return matches
    }

    private func matches(of index: NeedleIndex, in text: DigitText, _ transform: (UInt8) -> UInt8) -> [Match] {
        guard !index.isEmpty else { return [] }
        var positions: [NeedleIndex.Position] = []
        unsafe text.bytes.withUnsafeBufferPointer { bytes in
            unsafe index.forEachPosition(in: bytes, transform) { position, _ in
                positions.append(position)
                return true
            }
        }
        var matches: [Match] = []
        for position in positions {
            index.forEach(at: position, in: text.bytes, transform) { number in
                guard stands(needles[number], in: text, at: position.start) else { return }
                matches.append(match(needles[number], at: position.start))
            }
        }
        return matches
    }

    /// Whether a needle may occur in a text without white space, which is made only then.
    private func mayHoldWrapped(_ text: [UInt8]) -> Bool {
        guard !unwrapped.isEmpty else { return false }
        var holds = false
        var isEscape = false
        unsafe text.withUnsafeBufferPointer { text in
            unsafe Class.all.withUnsafeBufferPointer { classes in
                unsafe unwrapped.forEachPosition(in: text) { byte in
                    let sort = unsafe classes[Int(byte)]
                    let isSkipped = sort != Class.ordinary && (sort != Class.escape || isEscape)
                    isEscape = sort == Class.backslash
                    return isSkipped ? nil : byte
                } _: { position, end in
                    let keyCount = unwrapped.keyCount(at: position)
                    holds = unwrapped.numbers(at: position).contains {
                        unsafe continues(needles[$0].bytes.dropFirst(keyCount), in: text, from: end)
                    }
                    return !holds
                }
            }
        }
        return holds
    }

    /// Whether the remaining bytes of a needle follow in a text without white space.
    private func continues(_ bytes: ArraySlice<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var index = start
        var isEscape = false
        for wanted in bytes {
            while true {
                guard index < text.count else { return false }
                let byte = unsafe text[index]
                let sort = Class.all[Int(byte)]
                index += 1
                let isSkipped = sort == Class.blank || sort == Class.backslash || isEscape && sort == Class.escape
                isEscape = sort == Class.backslash
                if isSkipped { continue }
                guard byte == wanted else { return false }
                break
            }
        }
        return true
    }

    private func match(_ needle: Needle, at start: Int) -> Match {
        Match(start: start, end: start + needle.bytes.count, value: needle.value, form: needle.form)
    }

    private func stands(_ needle: Needle, in text: DigitText, at start: Int) -> Bool {
        let end = start + needle.bytes.count
        guard end <= text.bytes.count else { return false }
        let bytes = text.bytes[start..<end]
        let isEqual =
            needle.spelling == .ignoringCase
            ? bytes.lazy.map(\.lowercasedASCII).elementsEqual(needle.bytes) : bytes.elementsEqual(needle.bytes)
        guard isEqual else { return false }
        return needle.coding?.holds(needle.boundary, in: text, from: start, to: end)
            ?? needle.boundary.holds(in: text.bytes, from: start, to: end)
    }

    /// Returns the text without white space and its escapes in strings, so that wrapped base64 becomes one run.
    private static func unwrapping(_ text: [UInt8]) -> DigitText {
        var result = DigitText(bytes: [])
        result.bytes.reserveCapacity(text.count)
        result.gaps.reserveCapacity(text.count)
        var isEscape = false
        var isGap = false
        for byte in text {
            let sort = Class.all[Int(byte)]
            let isSkipped = sort == Class.blank || sort == Class.backslash || isEscape && sort == Class.escape
            isEscape = sort == Class.backslash
            if !isSkipped {
                result.bytes.append(byte)
                result.gaps.append(isGap)
            }
            isGap = isSkipped
        }
        return result
    }
}
