internal import Detecting

/// A stand-in that has the form that programs require for a secret, and is recognisably not a secret.
struct ShapedPlaceholder: Hashable {
    /// The common beginning of the stand-ins that share a placeholder.
    private let beginning: String
    private let form: ValueForm

    /// Shapes a placeholder into a required form.
    init(_ placeholder: String, form: ValueForm) {
        self.form = form
        switch form {
        case .hexadecimal: beginning = ""
        case .exactly(let count): beginning = String(placeholder.prefix(count))
        case .atLeast: beginning = placeholder
        }
    }

    /// Returns the stand-in; if several are alike, their numbers from 0 on tell them apart.
    func text(_ number: Int) -> String {
        let suffix = number == 0 ? "" : "-\(number)"
        switch form {
        case .hexadecimal(let count):
            let digits = String(number + 1)
            return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
        case .exactly(let count):
            let text = beginning.prefix(max(0, count - suffix.utf8.count)) + suffix
            let rest = max(0, count - text.utf8.count)
            return text + (rest > 1 ? "-" : "") + String(repeating: "x", count: rest > 1 ? rest - 1 : rest)
        case .atLeast(let count):
            var text = beginning + suffix
            while text.utf8.count < count { text += Self.filling }
            return text
        }
    }

    /// The text that lengthens a placeholder, chosen so that readers do not take it for a mistake.
    private static let filling = "-value"
}
