internal import Documents

/// The form of a place, which its stand-in keeps.
enum PlaceShape: Hashable {
    /// Coordinates: the separators, and each number's count of fraction digits.
    case coordinates(parts: [Part])
    /// A code of digits.
    case code(digits: Int)
    /// One word.
    case word
    /// Several words.
    case words

    /// A part of coordinates.
    enum Part: Hashable {
        /// A sign, a blank, or a compass letter.
        case text(String)
        /// A number with its count of fraction digits; zero if it has no decimal point.
        case number(fraction: Int)
    }

    /// Determines the form of `value`.
    init(of value: [UInt8]) {
        if value.allSatisfy(\.isDigit) {
            self = .code(digits: value.count)
        } else if let parts = Self.coordinates(value) {
            self = .coordinates(parts: parts)
        } else {
            self = value.contains(UInt8(ascii: " ")) ? .words : .word
        }
    }

    /// Returns the stand-in with a number, from 1.
    func invented(_ number: Int) -> String {
        switch self {
        case .coordinates(let parts): parts.map { Self.invented($0, number) }.joined()
        case .code(let digits): Self.padded(number, to: max(digits, String(number).utf8.count + Self.leastZeros))
        case .word: "Place-\(number)"
        case .words: "Example Place \(number)"
        }
    }

    /// The minimum number of zeros that tell an invented number from a real one.
    private static let leastZeros = 3

    private static func invented(_ part: Part, _ number: Int) -> String {
        switch part {
        // Before a zero, the sign of the hemisphere reveals nothing.
        case .text(let text): text
        case .number(fraction: 0): "0"
        case .number(let fraction):
            "0." + padded(number, to: max(fraction, String(number).utf8.count + leastZeros))
        }
    }

    private static func padded(_ number: Int, to count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }

    /// Parses coordinates; nil if the value is something else.
    private static func coordinates(_ value: [UInt8]) -> [Part]? {
        guard value.allSatisfy({ $0.isDigit || separators.contains($0) }) else { return nil }
        var parts: [Part] = []
        var hasFraction = false
        var position = 0
        while position < value.count {
            let isNumber = value[position].isDigit
            let end =
                value[position...].firstIndex { ($0.isDigit || isNumber && $0 == UInt8(ascii: ".")) != isNumber }
                ?? value.count
            let text = value[position..<end]
            if isNumber {
                let fraction = text.lastIndex(of: UInt8(ascii: ".")).map { end - $0 - 1 } ?? 0
                hasFraction = hasFraction || fraction > 0
                parts.append(.number(fraction: fraction))
            } else {
                parts.append(.text(String(decoding: text, as: UTF8.self)))
            }
            position = end
        }
        return hasFraction ? parts : nil
    }

    private static let separators = Set("+-., ;NSEWnsew'\"".utf8)
}
