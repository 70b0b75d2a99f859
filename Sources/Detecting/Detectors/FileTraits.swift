internal import Documents

/// What a file is for, as far as its path and its first line tell.
struct FileTraits: Sendable {
    /// Whether the file is a program, and no settings.
    let isProgram: Bool
    /// Whether the file is a script of a shell.
    let isShell: Bool
    /// Whether a bare word in the file is a variable, since its texts have quotes.
    let quotesTexts: Bool
    /// Whether the file shows what a real one would look like: `env.example`, `config.sample`, `values.yaml.dist`, or lies
    /// in a folder of examples.
    let isExample: Bool
    /// Whether the file lies in a folder of examples.
    let isInExamples: Bool
    /// Whether the file is written for people, such as a README.
    let isDocumentation: Bool
    /// Whether the file is a drawing, whose parts have numbers of their own.
    let isDrawing: Bool
    /// Whether a program has written into the file which packages of others are used.
    let isLock: Bool

    /// What a unit of systemd runs, as its name says, in lower case; nil of other files.
    let unit: String?

    /// How some lines of the file are read by themselves; nil where only the whole file tells what a line means.
    let lineFormat: Format?

    /// The size, in bytes, above which of a text for people or of markup only lines are read.
    private static let largeText = 1 << 16

    /// The traits of the file at `path` with the contents `text`.
    init(path: String, text: [UInt8]) {
        let isNamedProgram = Plausibility.isProgram(path: path)
        isProgram = isNamedProgram || Plausibility.runsProgram(text)
        isShell = Plausibility.isShell(path: path, text: text)
        quotesTexts = isProgram || Plausibility.quotesTexts(path: path)
        isInExamples = Self.isInExamples(path: path)
        isExample = isInExamples || Self.isExample(path: path)
        isDocumentation = Self.isDocumentation(path: path)
        isDrawing = Self.isDrawing(path: path, text: text)
        isLock = Self.isLock(path: path)
        unit = Self.unit(path: path)
        lineFormat = isNamedProgram ? .assignments : text.count > Self.largeText ? FileSort(path: path).lineFormat : nil
    }

    private static let unitExtensions: Set<Substring> = ["container", "kube", "pod", "service", "socket", "timer"]

    private static func unit(path: String) -> String? {
        let folders = path.split(separator: "/")
        // `web.service.d/override.conf` is a part of `web.service`.
        for name in folders.suffix(2).reversed() {
            let parts = name.split(separator: ".")
            guard let first = parts.first, parts.dropFirst().contains(where: unitExtensions.contains) else { continue }
            return first.lowercased()
        }
        return nil
    }

    private static let lockNames = ["go.sum", "go.mod", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"]

    private static func isLock(path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".lock") || name.hasSuffix(".lock.hcl") || lockNames.contains(name)
    }

    private static func isDocumentation(path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init)?.lowercased() ?? ""
        return [".md", ".markdown", ".rst", ".adoc"].contains { name.hasSuffix($0) } || name.hasPrefix("readme")
    }

    private static func isDrawing(path: String, text: [UInt8]) -> Bool {
        let name = path.lowercased()
        return name.hasSuffix(".svg") || name.hasSuffix(".drawio") || text.starts(with: Array("<mxfile".utf8))
            || text.starts(with: Array("<svg".utf8))
    }

    private static let exampleFolders = ["example", "examples", "sample", "samples"]

    private static func isInExamples(path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { exampleFolders.contains($0.lowercased()) }
    }

    private static let exampleWords = ["example", "sample", "dist", "template", "tpl"]

    private static func isExample(path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init)?.lowercased() ?? ""
        return name.split(whereSeparator: { ".-_".contains($0) }).contains { word in
            exampleWords.contains { $0 == word }
        }
    }
}
