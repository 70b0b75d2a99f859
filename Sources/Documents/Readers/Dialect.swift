/// How a text that assigns in no format of its own is written.
struct Dialect {
    /// The families of languages that differ in what a word without quotes is.
    enum Family {
        /// Shell scripts, histories, Dockerfiles: words end at blanks, and quotes know no escapes or other ones.
        case shell
        /// Programs and typed configuration (Lua, HCL, Python, JavaScript, TOML): without quotes stand only literals
        /// and expressions.
        case code
        /// Other configuration (nginx, HOCON, coturn): what stands behind the separator is the value.
        case configuration
    }

    var family: Family
    /// Whether `--` begins a comment.
    var hasDashComments = false
    /// Whether `//` and `/*` begin a comment.
    var hasSlashComments = true
    /// Whether `[name]` on a line of its own begins a section.
    var hasSections = true
    /// Whether a colon stands between a name and its value; in a Makefile it does not.
    var takesColons = true
    /// Whether the heads of the outermost blocks are the addresses of sites, as in a Caddyfile.
    var namesSites = false
    /// Whether `''` begins and ends a string of several lines, as in Nix.
    var hasIndentedStrings = false

    static let shell = Dialect(family: .shell, hasSlashComments: false, hasSections: false)
    static let code = Dialect(family: .code, hasSections: false)
    static let configuration = Dialect(family: .configuration)

    /// The dialect of a file, by its name and its first line.
    static func of(_ name: FileName, _ text: ArraySlice<UInt8>) -> Dialect {
        if text.starts(with: "#!".utf8) {
            let line = String(decoding: text.prefix { !$0.isLineBreak }.prefix(256), as: UTF8.self)
            return ["python", "lua", "node", "ruby", "perl", "php"].contains { line.contains($0) } ? .code : .shell
        }
        let dialect = ofName(name)
        return dialect.family == .configuration && text.starts(with: "<?php".utf8) ? .code : dialect
    }

    /// The dialect of a file, by its name.
    static func ofName(_ name: FileName) -> Dialect {
        if name.base.hasPrefix("makefile") || name.fileExtension == "mk" {
            return Dialect(family: .shell, hasSlashComments: false, hasSections: false, takesColons: false)
        }
        if name.isShell { return .shell }
        if name.base == "caddyfile" { return Dialect(family: .configuration, namesSites: true) }
        switch name.fileExtension {
        case "lua", "dat", "sql", "hs":
            return Dialect(family: .code, hasDashComments: true, hasSlashComments: false, hasSections: false)
        case "py", "rb", "pl": return Dialect(family: .code, hasSlashComments: false, hasSections: false)
        case "caddy", "caddyfile": return Dialect(family: .configuration, namesSites: true)
        case "nix":
            return Dialect(family: .code, hasSections: false, hasIndentedStrings: true)
        case "tf", "hcl", "tfvars", "js", "mjs", "cjs", "ts", "tsx", "jsx", "go", "php", "java", "kt", "swift",
            "c", "h",
            "cpp", "rs", "json", "json5", "jsonc", "groovy", "gradle":
            return .code
        default: return .configuration
        }
    }
}
