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
    func isCode(_ span: Span) -> Bool { code?.isCode(from: span.start, to: span.end) ?? false }

    /// Whether `span` is partly in a string of the program and partly outside it.
    func crossesString(_ span: Span) -> Bool { code?.crossesString(from: span.start, to: span.end) ?? false }

    private var code: CodeText? {
        read.withLock { read -> CodeText? in
            if let read { return read }
            let made = CodeText(path: path, text: text)
            read = .some(made)
            return made
        }
    }
}
