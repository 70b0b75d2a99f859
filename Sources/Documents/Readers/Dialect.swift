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
        if name.isShell { return .shell }
        switch name.fileExtension {
        case "lua", "dat", "sql", "hs":
            return Dialect(family: .code, hasDashComments: true, hasSlashComments: false, hasSections: false)
        case "py", "rb", "pl": return Dialect(family: .code, hasSlashComments: false, hasSections: false)
        case "tf", "hcl", "tfvars", "js", "mjs", "cjs", "ts", "tsx", "jsx", "go", "php", "nix", "java", "kt", "swift",
            "c", "h",
            "cpp", "rs", "json", "json5", "jsonc", "groovy", "gradle":
            return .code
        default: return .configuration
        }
    }
}
