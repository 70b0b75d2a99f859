internal import Documents
internal import Synchronization

/// The text of a program or of markup, whose names are located on first use.
final class ProgramText: Sendable {
    private let path: String
    private let text: [UInt8]
    private let read = Mutex<CodeText??>(nil)
    private let markup = Mutex<MarkupTags??>(nil)

    /// Makes a text that may be a program.
    init(path: String, text: [UInt8]) {
        self.path = path
        self.text = text
    }

    /// Whether `span` of the program is code: names, keywords, numbers, or the name of a module; false if the language
    /// is unknown.
    func isCode(_ span: Span) -> Bool { code?.isCode(from: span.start, to: span.end) ?? false }

    /// Whether `span` of a markup document is the name of an element, or a part of it.
    func isTagName(_ span: Span) -> Bool {
        let tags = markup.withLock { markup -> MarkupTags? in
            if let markup { return markup }
            let made = MarkupTags(path: path, text: text)
            markup = .some(made)
            return made
        }
        return tags?.isName(from: span.start, to: span.end) ?? false
    }

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
