internal import Documents

/// The text of a program or of markup, whose names are located on first use.
struct ProgramText: Sendable {
    private let code: OnFirstUse<CodeText?>
    private let tags: OnFirstUse<MarkupTags?>

    /// Makes a text that may be a program.
    init(path: String, text: [UInt8]) {
        code = OnFirstUse { CodeText(path: path, text: text) }
        tags = OnFirstUse { MarkupTags(path: path, text: text) }
    }

    /// Whether `span` of the program is code: names, keywords, numbers, or the name of a module; false if the language
    /// is unknown.
    func isCode(_ span: Span) -> Bool { code.value?.isCode(from: span.start, to: span.end) ?? false }

    /// Whether `span` of a markup document is the name of an element, or a part of it.
    func isTagName(_ span: Span) -> Bool { tags.value?.isName(from: span.start, to: span.end) ?? false }

    /// Whether `span` is partly in a string of the program and partly outside it.
    func crossesString(_ span: Span) -> Bool { code.value?.crossesString(from: span.start, to: span.end) ?? false }
}
