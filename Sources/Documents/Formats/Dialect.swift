/// The syntax of a text with assignments.
struct Dialect: Sendable {
    /// The language families, which differ in the meaning of an unquoted word.
    enum Family: Sendable {
        /// Shell scripts, histories, Dockerfiles: words end at blanks, and quotes have no escapes or different ones.
        case shell
        /// Programs and typed configuration (Lua, HCL, Python, JavaScript, TOML): unquoted text is literals and
        /// expressions only.
        case code
        /// Other configuration (nginx, HOCON, coturn): the text after the separator is the value.
        case configuration
    }

    var family: Family
    /// Whether `--` begins a comment.
    var hasDashComments = false
    /// Whether `//` and `/*` begin a comment.
    var hasSlashComments = true
    /// Whether `[name]` on a line of its own begins a section.
    var hasSections = true
    /// Whether a colon separates a name from its value; in a Makefile it does not.
    var takesColons = true
    /// Whether the heads of the outermost blocks are site addresses, as in a Caddyfile.
    var namesSites = false
    /// Whether `''` delimits a multi-line string, as in Nix.
    var hasIndentedStrings = false
    /// Whether `[[` and `]]` delimit a string that may span several lines, as in Lua.
    var hasLongBrackets = false
    /// Whether `#define NAME value` assigns, as in C.
    var hasDefinitions = false

    static let shell = Dialect(family: .shell, hasSlashComments: false, hasSections: false)
    static let makefile = Dialect(family: .shell, hasSlashComments: false, hasSections: false, takesColons: false)
    static let code = Dialect(family: .code, hasSections: false)
    static let configuration = Dialect(family: .configuration)
    static let caddyfile = Dialect(family: .configuration, namesSites: true)
    static let nix = Dialect(family: .code, hasSections: false, hasIndentedStrings: true)
    static let c = Dialect(family: .code, hasSections: false, hasDefinitions: true)
    /// Languages in which only `#` begins a comment.
    static let hashComments = Dialect(family: .code, hasSlashComments: false, hasSections: false)
    /// Languages in which `--` begins a comment.
    static let dashComments = Dialect(
        family: .code,
        hasDashComments: true,
        hasSlashComments: false,
        hasSections: false
    )
    static let lua = Dialect(
        family: .code,
        hasDashComments: true,
        hasSlashComments: false,
        hasSections: false,
        hasLongBrackets: true
    )

    /// Determines the dialect of a file by its name and its first line.
    static func of(_ name: FileName, _ text: ArraySlice<UInt8>) -> Dialect {
        if let interpreter = InterpreterLine(text) { return interpreter.program == nil ? .shell : .code }
        let dialect = ofName(name)
        return dialect.family == .configuration && text.starts(with: "<?php".utf8) ? .code : dialect
    }

    /// Determines the dialect of a file by its name.
    static func ofName(_ name: FileName) -> Dialect {
        if name.base.hasPrefix("makefile") { return .makefile }
        if name.isNamedAsShell { return .shell }
        return name.base == "caddyfile" ? .caddyfile : name.properties.dialect
    }
}
