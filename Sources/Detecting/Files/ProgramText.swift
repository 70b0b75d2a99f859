internal import Documents
internal import Synchronization

/// The text of a program, whose strings and comments are located on first use.
final class ProgramText: Sendable {
    private let path: String
    private let text: [UInt8]
    private let read = Mutex<CodeText??>(nil)

    /// Makes a text that may be a program.
    init(path: String, text: [UInt8]) {
        self.path = path
        self.text = text
    }

    /// Whether `span` of the program is code: names, keywords, numbers, or the name of a module; false if the language
    /// is unknown.
    func isCode(_ span: Span) -> Bool {
        let code = read.withLock { read -> CodeText? in
            if let read { return read }
            let made = CodeText(path: path, text: text)
            read = .some(made)
            return made
        }
        return code?.isCode(from: span.start, to: span.end) ?? false
    }
}
