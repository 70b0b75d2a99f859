internal import Detecting

/// The stand-in of a secret whose programs want a certain form: of that form, and recognisably no secret.
struct ShapedPlaceholder: Hashable {
    /// What is the same in the stand-ins of all values that it is for.
    private let beginning: String
    private let form: ValueForm

    /// Makes the stand-in from a placeholder that would do for any other program.
    init(_ placeholder: String, form: ValueForm) {
        self.form = form
        switch form {
        case .hexadecimal: beginning = ""
        case .exactly(let count): beginning = String(placeholder.prefix(count))
        case .atLeast: beginning = placeholder
        }
    }

    /// The stand-in; where several are alike, their numbers from 0 on tell them apart.
    func text(_ number: Int) -> String {
        let suffix = number == 0 ? "" : "-\(number)"
        switch form {
        case .hexadecimal(let count):
            let digits = String(number + 1)
            return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
        case .exactly(let count):
            let text = beginning.prefix(max(0, count - suffix.utf8.count)) + suffix
            return text + String(repeating: ".", count: max(0, count - text.utf8.count))
        case .atLeast(let count):
            let text = beginning + suffix
            return text + String(repeating: ".", count: max(0, count - text.utf8.count))
        }
    }
}
