internal import Documents

/// What a file is for, as far as its path and its first line tell.
struct FileTraits: Sendable {
    /// Whether the file is a program, and no settings.
    let isProgram: Bool
    /// Whether the file is a script of a shell.
    let isShell: Bool
    /// Whether a bare word in the file is a variable, since its texts have quotes.
    let quotesTexts: Bool
    /// Whether the file shows what a real one would look like: `env.example`, `config.sample`, `values.yaml.dist`.
    let isExample: Bool

    /// How some lines of the file are read by themselves; nil where only the whole file tells what a line means.
    let lineFormat: Format?

    /// The size, in bytes, above which of a text for people or of markup only lines are read.
    private static let largeText = 1 << 16

    /// The traits of the file at `path` with the contents `text`.
    init(path: String, text: [UInt8]) {
        isProgram = Plausibility.isProgram(path: path)
        isShell = Plausibility.isShell(path: path, text: text)
        quotesTexts = Plausibility.quotesTexts(path: path)
        isExample = Self.isExample(path: path)
        lineFormat = isProgram ? .assignments : text.count > Self.largeText ? FileSort(path: path).lineFormat : nil
    }

    private static let exampleWords = ["example", "sample", "dist", "template", "tpl"]

    private static func isExample(path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init)?.lowercased() ?? ""
        return name.split(whereSeparator: { ".-_".contains($0) }).contains { word in
            exampleWords.contains { $0 == word }
        }
    }
}
