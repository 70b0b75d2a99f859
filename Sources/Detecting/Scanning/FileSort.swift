internal import Documents

/// What a file is written for, as far as its name tells: it decides how much a name in it may mean.
enum FileSort {
    /// A program: without quotes stand names and expressions, and nobody logs in.
    case program
    /// Settings in the language of a program, such as HCL or Lua: without quotes stand names and expressions.
    case quotedSettings
    /// XML or HTML.
    case markup
    /// Written for people.
    case prose
    /// YAML, JSON and the like: a name stands before a colon or an equals sign, or in a text of its own.
    case structure
    /// Settings of another format, or something that nobody knows.
    case settings

    private static let sorts: [String: FileSort] = {
        var sorts: [String: FileSort] = [:]
        for name in ["config", "csproj", "htm", "html", "plist", "pom", "svg", "wsdl", "xhtml", "xml", "xsd"] {
            sorts[name] = .markup
        }
        for name in ["md", "markdown", "rst", "adoc", "txt", "org", "tex", "text", "log", "eml"] {
            sorts[name] = .prose
        }
        for name in ["json", "jsonl", "ndjson", "yml", "yaml", "toml", "tfstate", "geojson", "har"] {
            sorts[name] = .structure
        }
        return sorts
    }()

    /// The sort of the file at `path`.
    init(path: String) { self.init(fileExtension: Plausibility.fileExtension(of: path)) }

    /// The sort of a file with that extension.
    init(fileExtension: String) {
        if Plausibility.isProgram(fileExtension) {
            self = .program
        } else if Plausibility.quotesTexts(fileExtension) {
            self = .quotedSettings
        } else {
            self = Self.sorts[fileExtension] ?? .settings
        }
    }

    /// How some lines of a file are read by themselves where it is large; nil where only the whole file tells.
    var lineFormat: Format? {
        switch self {
        case .program, .markup: .assignments
        case .prose: .prose
        case .quotedSettings, .structure, .settings: nil
        }
    }

    /// Whether texts have quotes around them.
    var quotesTexts: Bool { self == .program || self == .quotedSettings }
}
