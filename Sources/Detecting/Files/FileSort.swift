internal import Documents

/// The purpose of a file, judging by its name, which determines how much a name in the file proves.
enum FileSort {
    /// A program: unquoted text consists of names and expressions, and there are no logins.
    case program
    /// Settings in a programming language, such as HCL or Lua: unquoted text consists of names and expressions.
    case quotedSettings
    /// XML or HTML.
    case markup
    /// Text written for people.
    case prose
    /// YAML, JSON and the like: a name precedes a colon or an equals sign, or is a text by itself.
    case structure
    /// Settings in another format, or an unknown file.
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

    /// Determines the sort of the file at `path`.
    init(path: String) { self.init(fileExtension: Plausibility.fileExtension(of: path)) }

    /// Determines the sort of a file with that extension.
    init(fileExtension: String) {
        if Plausibility.isProgram(fileExtension) {
            self = .program
        } else if Plausibility.quotesTexts(fileExtension) {
            self = .quotedSettings
        } else {
            self = Self.sorts[fileExtension] ?? .settings
        }
    }

    /// The format in which lines of a large file are read separately; nil if only the whole file shows their meaning.
    var lineFormat: Format? {
        switch self {
        case .program, .markup: .assignments
        case .prose: .prose
        case .quotedSettings, .structure, .settings: nil
        }
    }

    /// Whether strings are quoted.
    var quotesTexts: Bool { self == .program || self == .quotedSettings }
}
