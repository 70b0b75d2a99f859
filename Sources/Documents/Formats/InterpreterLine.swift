/// The first line of a script, which names its interpreter: `#!/usr/bin/env python3`.
package struct InterpreterLine {
    private let line: String

    /// The maximum number of bytes of the line that are read.
    private static let limit = 256

    /// Reads the first line of a text; nil if it does not name an interpreter.
    package init?(_ text: ArraySlice<UInt8>) {
        guard text.starts(with: "#!".utf8) else { return nil }
        line = String(decoding: text.prefix(Self.limit).prefix { !$0.isLineBreak }, as: UTF8.self)
    }

    /// The interpreters of programming languages, with an extension of the language's programs.
    private static let languages = [
        ("python", "py"), ("lua", "lua"), ("node", "mjs"), ("deno", "ts"), ("ruby", "rb"), ("perl", "pl"),
        ("php", "php"),
    ]

    /// The properties of the language's programs; nil if the interpreter is a shell or unknown.
    package var program: FileExtension? {
        Self.languages.first { line.contains($0.0) }.map { FileExtension.named($0.1) }
    }

    /// Whether the interpreter is a shell.
    package var isShell: Bool { line.hasSuffix("sh") || line.contains("sh ") }
}
