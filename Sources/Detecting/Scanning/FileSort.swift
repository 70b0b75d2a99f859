/// What a file is written for, as far as its name tells: it decides how much a name in it may mean.
enum FileSort {
    /// A program: without quotes stand names and expressions.
    case program
    /// XML or HTML.
    case markup
    /// Settings of any format, or something that nobody knows.
    case settings

    private static let markupExtensions: Set<String> = [
        "config", "csproj", "htm", "html", "plist", "pom", "svg", "wsdl", "xhtml", "xml", "xsd",
    ]

    /// The sort of the file at `path`.
    init(path: String) {
        if Plausibility.quotesTexts(path: path) {
            self = .program
        } else if let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")),
            Self.markupExtensions.contains(path[path.index(after: dot)...].lowercased())
        {
            self = .markup
        } else {
            self = .settings
        }
    }
}
