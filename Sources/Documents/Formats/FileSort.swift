/// The purpose of a file, judging by its name, which determines how much a name in the file proves.
package enum FileSort: Sendable {
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

    /// Determines the sort of the file at `path`.
    package init(path: String) { self = FileExtension.named(FileExtension.name(inPath: path)).sort }

    /// The format in which lines of a large file are read separately; nil if only the whole file shows their meaning.
    package var lineFormat: Format? {
        switch self {
        case .program, .markup: .assignments
        case .prose: .prose
        case .quotedSettings, .structure, .settings: nil
        }
    }

    /// Whether strings are quoted.
    package var quotesTexts: Bool { self == .program || self == .quotedSettings }
}
