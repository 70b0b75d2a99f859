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

    /// A needle without its bytes.
    private struct Use: Sendable {
        var value: Int32
        /// The index of the name of the form.
        var form: UInt8
        var boundary: ResidueCheck.Boundary
        var ignoresCase: Bool
        var coding: DigitCoding?
    }

    private let uses: [Use]
    private let strings: ByteStrings
    /// The names of the forms, each once.
    private let forms: [String]
    private let plain: NeedleIndex
    private let unwrapped: NeedleIndex

    /// Prepares the search.
    ///
    /// Needles must have at least four bytes. They are taken one by one, because all of them together take much memory.
    init(_ needles: some Sequence<Needle>) {
        var uses: [Use] = []
        var strings = ByteStrings()
        var forms: [String: UInt8] = [:]
        var (plain, unwrapped): ([Int32], [Int32]) = ([], [])
        func add(_ needle: Needle) {
            let number = Int32(strings.count)
            if needle.spelling == .unwrapped { unwrapped.append(number) } else { plain.append(number) }
            if needle.spelling == .ignoringCase {
                strings.append(needle.bytes.lazy.map(\.lowercasedASCII))
            } else {
                strings.append(needle.bytes)
            }
            let form = forms[needle.form] ?? UInt8(forms.count)
            forms[needle.form] = form
            uses.append(
                Use(
                    value: Int32(needle.value),
                    form: form,
                    boundary: needle.boundary,
                    ignoresCase: needle.spelling == .ignoringCase,
                    coding: needle.coding
                )
            )
        }
        for needle in needles { add(needle) }
        if !uses.isEmpty { for mark in Self.marks { add(mark) } }
        self.uses = uses
        self.strings = strings
        self.forms = forms.sorted { $0.value < $1.value }.map(\.key)
        self.plain = NeedleIndex(plain, of: strings, \.lowercasedASCII)
        self.unwrapped = NeedleIndex(unwrapped, of: strings, \.self)
    }

    private static let marks = EncodedTexts.Mark.all.enumerated().map { number, mark in
        Needle(
            bytes: mark.bytes,
            value: firstMark - number,
            form: "",
            boundary: .none,
            spelling: mark.sort == .digits ? .exact : .ignoringCase
        )
    }

    /// The number of needles of the first `count` values.
    func needleCount(ofFirst count: Int) -> Int { uses.count { (0..<count).contains(Int($0.value)) } }

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
                guard stands(number, in: text, at: position.start) else { return }
                matches.append(match(number, at: position.start))
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
                        unsafe continues(strings[Int($0)].dropFirst(keyCount), in: text, from: end)
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

    private func match(_ number: Int, at start: Int) -> Match {
        let use = uses[number]
        let end = start + strings.count(of: number)
        return Match(start: start, end: end, value: Int(use.value), form: forms[Int(use.form)])
    }

    private func stands(_ number: Int, in text: DigitText, at start: Int) -> Bool {
        let use = uses[number]
        let end = start + strings.count(of: number)
        guard end <= text.bytes.count else { return false }
        let bytes = text.bytes[start..<end]
        let isEqual =
            use.ignoresCase
            ? bytes.lazy.map(\.lowercasedASCII).elementsEqual(strings[number]) : bytes.elementsEqual(strings[number])
        guard isEqual else { return false }
        return use.coding?.holds(use.boundary, in: text, from: start, to: end)
            ?? use.boundary.holds(in: text.bytes, from: start, to: end)
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
