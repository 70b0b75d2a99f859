/// The syntax of a text with assignments.
struct Dialect {
    /// The language families, which differ in the meaning of an unquoted word.
    enum Family {
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
    static let code = Dialect(family: .code, hasSections: false)
    static let configuration = Dialect(family: .configuration)

    /// Determines the dialect of a file by its name and its first line.
    static func of(_ name: FileName, _ text: ArraySlice<UInt8>) -> Dialect {
        if text.starts(with: "#!".utf8) {
            let line = String(decoding: text.prefix { !$0.isLineBreak }.prefix(256), as: UTF8.self)
            return ["python", "lua", "node", "ruby", "perl", "php"].contains { line.contains($0) } ? .code : .shell
        }
        let dialect = ofName(name)
        return dialect.family == .configuration && text.starts(with: "<?php".utf8) ? .code : dialect
    }

    /// Determines the dialect of a file by its name.
    static func ofName(_ name: FileName) -> Dialect {
        if name.base.hasPrefix("makefile") || name.fileExtension == "mk" {
            return Dialect(family: .shell, hasSlashComments: false, hasSections: false, takesColons: false)
        }
        if name.isShell { return .shell }
        if name.base == "caddyfile" { return Dialect(family: .configuration, namesSites: true) }
        switch name.fileExtension {
        case "lua", "dat":
            return Dialect(
                family: .code,
                hasDashComments: true,
                hasSlashComments: false,
                hasSections: false,
                hasLongBrackets: true
            )
        case "sql", "hs":
            return Dialect(family: .code, hasDashComments: true, hasSlashComments: false, hasSections: false)
        case "py", "rb", "pl", "ex", "exs", "jl":
            return Dialect(family: .code, hasSlashComments: false, hasSections: false)
        case "caddy", "caddyfile": return Dialect(family: .configuration, namesSites: true)
        case "nix":
            return Dialect(family: .code, hasSections: false, hasIndentedStrings: true)
        case "c", "h", "cpp", "hpp", "cc", "hh", "cxx", "hxx", "ino", "pde", "m", "mm":
            return Dialect(family: .code, hasSections: false, hasDefinitions: true)
        case "tf", "hcl", "tfvars", "js", "mjs", "cjs", "ts", "mts", "cts", "tsx", "jsx", "vue", "svelte", "astro",
            "go",
            "php", "java", "kt", "kts", "scala", "sc", "swift", "dart", "cs", "fs", "rs", "zig", "d", "json", "json5",
            "jsonc",
            "groovy", "gradle", "pp", "graphql", "gql":
            return .code
        default: return .configuration
        }
    }
}
