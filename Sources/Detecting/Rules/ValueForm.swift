/// The form that a program requires of a setting's value.
public enum ValueForm: Hashable, Sendable {
    /// A fixed number of hexadecimal digits.
    case hexadecimal(count: Int)
    /// A fixed number of bytes.
    case exactly(Int)
    /// A minimum number of bytes.
    case atLeast(Int)

    /// Returns the form that the program of a setting requires, if it is known.
    ///
    /// - Parameters:
    ///   - setting: the name of the setting.
    ///   - value: its current value, which works. If that has another form, a different program reads it.
    /// - Returns: the form; nil if any value is accepted.
    public static func wanted(of setting: String, for value: [UInt8]) -> ValueForm? {
        let words = KeyName(setting).words
        let entry = entries.first {
            $0.words.count <= words.count && words.suffix($0.words.count).elementsEqual($0.words)
        }
        return entry.flatMap { $0.form.fits(value) ? $0.form : nil }
    }

    /// Whether a value has the form.
    public func fits(_ value: [UInt8]) -> Bool {
        switch self {
        case .hexadecimal(let count): value.count == count && value.allSatisfy(Self.hexDigits.contains)
        case .exactly(let count): value.count == count
        case .atLeast(let count): value.count >= count
        }
    }

    /// Parses `hex N`, `exactly N` or `at least N`; nil for anything else.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let count = words.last.flatMap({ Int($0) }), count > 0 else { return nil }
        switch words.dropLast().joined(separator: " ") {
        case "hex": self = .hexadecimal(count: count)
        case "exactly": self = .exactly(count)
        case "at least": self = .atLeast(count)
        default: return nil
        }
    }

    private static let hexDigits = ByteSet("0123456789abcdefABCDEF")

    /// The settings of `value-forms.txt`; a test reads every line.
    static let entries: [(words: [String], form: ValueForm)] = EmbeddedData.pairs(EmbeddedData.valueForms).compactMap {
        name,
        form in ValueForm(form).map { (KeyName(name).words, $0) }
    }
}
