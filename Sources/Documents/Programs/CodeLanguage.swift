/// The spelling of strings and comments in a programming language.
struct CodeLanguage: Sendable {
    /// The marks that begin a comment up to the end of the line.
    var lineComments: [[UInt8]] = []
    /// The marks that begin and end a comment of several lines.
    var blockComments: [(open: [UInt8], close: [UInt8])] = []
    /// The quotes of strings that end on the same line.
    var quotes: [UInt8] = [.doubleQuote, .singleQuote]
    /// The quotes of strings that may span several lines.
    var longQuotes: [UInt8] = []
    /// Whether three quotes begin a string that may span several lines.
    var hasTripleQuotes = false
    /// Whether `R"name(` begins a string that ends with `)name"`, as in C++.
    var hasRawStrings = false
    /// Whether `[[` and `[=[` begin a string, or after `--` a comment, as in Lua.
    var hasLongBrackets = false
    /// Whether a slash in place of a value begins a regular expression.
    var hasExpressions = false
    /// Whether `${` in a string between backticks begins code.
    var hasTemplates = false
    /// The texts that are delimited by other signs than quotes; nil if there are none.
    var delimitedTexts: DelimitedText.Style?
    /// Whether code is only between `<?php` and `?>`.
    var isBetweenMarks = false
    /// Whether texts may be delimited by signs other than quotes, so that only lines without such signs can be read.
    var isLoose = false
    /// The words that precede a string that names a module.
    var importers: [String] = []
    /// Whether the words of a module's name are joined by dots.
    var hasDottedModules = false

    /// The bytes that begin a string, a comment, or something that makes a line uncertain.
    var beginnings: Set<UInt8> {
        if isLoose { return Set(0...UInt8.max) }
        var bytes = Set(lineComments.compactMap(\.first) + blockComments.compactMap(\.open.first) + quotes + longQuotes)
        if hasLongBrackets { bytes.formUnion([.dash, .openBracket]) }
        if hasExpressions { bytes.formUnion([.slash, .openParenthesis, .closeParenthesis]) }
        return bytes
    }

    /// Determines the language of a file by its name or its first line; nil if it is not a known language.
    static func of(path: String, _ text: [UInt8]) -> CodeLanguage? {
        let name = path.utf8.split(separator: .slash).last.map { String(decoding: $0, as: UTF8.self) } ?? path
        if let dot = name.utf8.lastIndex(of: .dot), dot > name.startIndex {
            return FileExtension.named(name[name.utf8.index(after: dot)...].lowercased()).language
        }
        return InterpreterLine(text[...])?.program?.language
    }

    static let lua = CodeLanguage(
        lineComments: [Array("--".utf8), Array("#!".utf8)],
        hasLongBrackets: true,
        importers: ["require", "module"],
        hasDottedModules: true
    )
    static let python = CodeLanguage(
        lineComments: [Array("#".utf8)],
        hasTripleQuotes: true,
        importers: ["importlib.import_module", "import_module", "__import__"],
        hasDottedModules: true
    )
    private static let slashes = [Array("//".utf8)]
    private static let stars = [(open: Array("/*".utf8), close: Array("*/".utf8))]
    static let script = CodeLanguage(
        lineComments: slashes,
        blockComments: stars,
        longQuotes: [.backtick],
        hasExpressions: true,
        hasTemplates: true,
        importers: ["require", "import", "from"]
    )
    static let php = CodeLanguage(
        lineComments: slashes + [Array("#".utf8)],
        blockComments: stars,
        quotes: [],
        longQuotes: [.doubleQuote, .singleQuote],
        isBetweenMarks: true,
        isLoose: true,
        importers: ["require", "require_once", "include", "include_once"]
    )
    static let ruby = CodeLanguage(
        lineComments: [Array("#".utf8)],
        delimitedTexts: .ruby,
        isLoose: true,
        importers: ["require", "require_relative", "load"]
    )
    static let perl = CodeLanguage(
        lineComments: [Array("#".utf8)],
        delimitedTexts: .perl,
        isLoose: true,
        importers: ["require", "use"]
    )
    static let c = CodeLanguage(
        lineComments: slashes,
        blockComments: stars,
        hasRawStrings: true,
        importers: ["#include", "include"]
    )
    static let java = CodeLanguage(lineComments: slashes, blockComments: stars, hasTripleQuotes: true)
    static let go = CodeLanguage(lineComments: slashes, blockComments: stars, longQuotes: [.backtick])
}
