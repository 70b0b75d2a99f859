/// What the extension of a file's name says about the file.
///
/// This is the only table from extensions to sorts, formats, dialects and languages: every reader and rule asks it, so
/// that a new extension is added in one place.
package struct FileExtension: Sendable {
    /// The purpose of the file.
    package var sort = FileSort.settings
    /// Whether the file is a shell script, rather than another file that uses a shell's quoting.
    package var isShellScript = false
    /// The format; nil if the contents determine it.
    var format: Format?
    /// The syntax of assignments in the file.
    var dialect = Dialect.configuration
    /// The programming language; nil if it is not a known one.
    var language: CodeLanguage?

    /// Returns the properties of an extension, in lower case; those of unknown settings if it is not known.
    package static func named(_ name: String) -> FileExtension { known[name] ?? FileExtension() }

    /// The text after the last dot in the name of the file at `path`, in lower case; empty if there is none.
    ///
    /// The suffix of a template does not count: `site.conf.j2` has the extension `conf`.
    package static func name(inPath path: String) -> String {
        let components = path.utf8.split(separator: .slash).suffix(2)
        let name = TemplateSuffix.removed(from: components.last.map { String(Substring($0)) } ?? "")
        guard let dot = name.utf8.lastIndex(of: .dot) else { return "" }
        let folder = components.dropLast().last.map { String(Substring($0)).lowercased() } ?? ""
        guard !HostFileName.contains(name.lowercased(), inFolder: folder) else { return "" }
        return name[name.utf8.index(after: dot)...].lowercased()
    }

    // MARK: - Table

    private static let known: [String: FileExtension] = {
        var known: [String: FileExtension] = [:]
        for row in rows {
            for name in row.names.split(separator: " ") { known[String(name)] = row.properties }
        }
        return known
    }()

    /// Extensions, separated by spaces, with their properties.
    typealias Row = (names: String, properties: FileExtension)

    static let rows = texts + settings + programs

    private static let texts: [Row] = [
        ("md markdown rst adoc txt org tex text log eml", FileExtension(sort: .prose)),
        ("xml html htm xhtml svg plist xsd wsdl config csproj pom mobileconfig", FileExtension(sort: .markup)),
    ]

    private static let settings: [Row] = [
        ("yml yaml", FileExtension(sort: .structure, format: .yaml)),
        // Templates and descriptions of YAML, which need not be YAML themselves.
        ("jinja schema", FileExtension(format: .yaml)),
        (
            "json jsonl ndjson tfstate geojson webmanifest har",
            FileExtension(sort: .structure, format: .json, dialect: .code)
        ),
        ("json5 jsonc", FileExtension(dialect: .code)),
        ("toml", FileExtension(sort: .structure, format: .toml)),
        ("properties", FileExtension(format: .properties)),
        (
            "ini desktop socket netdev network gitconfig editorconfig service timer mount target path slice nmconnection",
            FileExtension(format: .ini)
        ),
        ("sh bash zsh ksh dash", FileExtension(isShellScript: true, dialect: .shell)),
        ("dockerfile envrc", FileExtension(dialect: .shell)),
        ("mk", FileExtension(dialect: .makefile)),
        ("caddy caddyfile", FileExtension(dialect: .caddyfile)),
        ("tf hcl tfvars pp graphql gql", FileExtension(sort: .quotedSettings, dialect: .code)),
        ("nix", FileExtension(sort: .quotedSettings, dialect: .nix)),
        ("lua", FileExtension(sort: .quotedSettings, dialect: .lua, language: .lua)),
        ("dat", FileExtension(dialect: .lua)),
        ("sql hs", FileExtension(dialect: .dashComments)),
    ]

    private static let programs: [Row] = [
        ("js cjs", FileExtension(sort: .quotedSettings, dialect: .code, language: .script)),
        ("mjs ts mts cts tsx jsx", FileExtension(sort: .program, dialect: .code, language: .script)),
        ("vue svelte astro", FileExtension(sort: .quotedSettings, dialect: .code)),
        ("php", FileExtension(sort: .quotedSettings, dialect: .code, language: .php)),
        ("py pyi pyw", FileExtension(sort: .program, dialect: .hashComments, language: .python)),
        ("rb", FileExtension(sort: .program, dialect: .hashComments, language: .ruby)),
        ("pl pm", FileExtension(sort: .program, dialect: .hashComments, language: .perl)),
        ("ex exs jl", FileExtension(sort: .program, dialect: .hashComments)),
        ("c h cpp hpp cc hh cxx hxx ino", FileExtension(sort: .program, dialect: .c, language: .c)),
        ("pde m mm", FileExtension(sort: .program, dialect: .c)),
        ("go", FileExtension(sort: .program, dialect: .code, language: .go)),
        ("java", FileExtension(sort: .program, dialect: .code, language: .java)),
        ("kt kts scala sc swift dart cs fs rs zig d groovy gradle", FileExtension(sort: .program, dialect: .code)),
        ("css less scss map", FileExtension(sort: .program)),
    ]
}
