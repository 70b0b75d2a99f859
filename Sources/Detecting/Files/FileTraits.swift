internal import Documents

/// The purpose of a file, as far as its path and its first line reveal it.
struct FileTraits: Sendable {
    /// Whether the file is a program rather than settings.
    let isProgram: Bool
    /// Whether the file is a shell script.
    let isShell: Bool
    /// Whether the file is a Windows batch script.
    let isBatch: Bool
    /// Whether a bare word in the file is a variable, because its strings are quoted.
    let quotesTexts: Bool
    /// Whether the file consists of settings with unquoted strings.
    let isSettings: Bool
    /// Whether the file is an example, such as `env.example`, `config.sample` or `values.yaml.dist`, or in a folder of
    /// examples.
    let isExample: Bool
    /// Whether the file is in a folder of examples.
    let isInExamples: Bool
    /// Whether the file is written for people, such as a README.
    let isDocumentation: Bool
    /// The meaning of dots between words in the file.
    let notation: DottedNotation
    /// Whether the file contains a program's texts in some language.
    let isTranslation: Bool
    /// Whether the file is a drawing, whose shapes contain numbers that look like addresses.
    let isDrawing: Bool
    /// Whether the file configures a continuous integration service.
    let isPipeline: Bool
    /// Whether the file is a generated lock file that lists third-party packages.
    let isLock: Bool
    /// Whether the file is third-party code that a package manager or a build has put there.
    let isVendored: Bool
    /// Whether the file is the recipe of a container image, whose accounts exist only inside the image.
    let isImageRecipe: Bool

    /// The name of the file without its extension, in lower case; nil if it has no extension.
    let stem: String?

    /// The program that a systemd unit runs, taken from its name, in lower case; nil for other files.
    let unit: String?

    /// The file's text as a program.
    let program: ProgramText

    /// How pieces of the file can be read separately; nil if only the whole file shows their meaning.
    let pieces: PieceReading?

    /// Determines the traits of the file at `path` with the contents `text`.
    init(path: String, text: [UInt8]) {
        let fileExtension = FileExtension.name(inPath: path)
        let properties = FileExtension.named(fileExtension)
        let interpreter = InterpreterLine(text[...])
        isProgram = properties.sort == .program || interpreter?.program?.sort == .program
        isShell = properties.isShellScript || interpreter?.isShell == true
        isBatch = ["bat", "cmd", "ps1"].contains(fileExtension)
        quotesTexts = isProgram || properties.sort.quotesTexts
        isSettings = fileExtension == "conf" || fileExtension == "hocon"
        let folders = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = folders.map { path[path.utf8.index(after: $0)...] } ?? path[...]
        let lowered = name.lowercased()
        stem = lowered.lastIndex(of: ".").map { String(lowered[..<$0]) }
        isInExamples = folders.map { Self.areExamples(path[..<$0]) } ?? false
        isExample = isInExamples || Self.isExample(lowered)
        isDocumentation = Self.isDocumentation(lowered)
        let isProse = isDocumentation || properties.sort == .prose || fileExtension.isEmpty
        notation = isProse ? .prose : DottedNotation(fileExtension: fileExtension)
        isTranslation = Label.isTranslation(path: path, fileExtension: fileExtension)
        isDrawing = Self.isDrawing(lowered, text: text)
        isPipeline = Self.isPipeline(name, path: path)
        isLock = Self.isLock(name)
        isVendored = Self.isVendored(lowered, folders: folders.map { path[..<$0] } ?? "")
        isImageRecipe = Self.isImageRecipe(lowered)
        unit = Self.unit(path: path)
        program = ProgramText(path: path, text: text)
        pieces = PieceReading(path: path, sort: properties.sort, byteCount: text.count)
    }

    private static let unitExtensions: Set<Substring> = ["container", "kube", "pod", "service", "socket", "timer"]

    private static func unit(path: String) -> String? {
        let slash = UInt8(ascii: "/")
        var rest = path.utf8[...]
        // `web.service.d/override.conf` is part of `web.service`.
        for _ in 0..<2 where !rest.isEmpty {
            let start = rest.lastIndex(of: slash).map { rest.index(after: $0) } ?? rest.startIndex
            let parts = Substring(rest[start...]).utf8.split(separator: UInt8(ascii: "."))
            if let first = parts.first, parts.dropFirst().contains(where: { unitExtensions.contains(Substring($0)) }) {
                return Substring(first).lowercased()
            }
            rest = start == rest.startIndex ? rest[..<start] : rest[..<rest.index(before: start)]
        }
        return nil
    }

    private static let lockNames: Set<Substring> = [
        "go.sum", "go.mod", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml",
    ]

    private static func isLock(_ name: Substring) -> Bool {
        name.hasSuffix(".lock") || name.hasSuffix(".lock.hcl") || lockNames.contains(name)
    }

    /// The folders that package managers fill.
    private static let vendorFolders: Set<String> = [
        "node_modules", "bower_components", "site-packages", "dist-packages", "vendor", "third_party", ".terraform",
    ]
    /// The endings of the names of files that a build generates from third-party code.
    private static let builtEndings = [".min.js", ".min.css", ".bundle.js", "-bundle.js", ".js.map", ".css.map"]

    private static func isVendored(_ name: String, folders: Substring) -> Bool {
        builtEndings.contains { name.hasSuffix($0) }
            || folders.utf8.split(separator: UInt8(ascii: "/")).contains {
                vendorFolders.contains(String(Substring($0)))
            }
    }

    private static func isImageRecipe(_ name: String) -> Bool {
        name.hasPrefix("dockerfile") || name.hasPrefix("containerfile") || name.hasSuffix(".dockerfile")
    }

    private static let pipelineFolders = [
        "/.github/workflows/", "/.gitea/workflows/", "/.forgejo/workflows/", "/.circleci/",
    ].map { Array($0.utf8) }
    private static let pipelineNames: Set<Substring> = [
        ".gitlab-ci.yml", ".travis.yml", ".drone.yml", ".woodpecker.yml", "bitbucket-pipelines.yml",
        "azure-pipelines.yml",
    ]

    private static func isPipeline(_ name: Substring, path: String) -> Bool {
        if pipelineNames.contains(name) { return true }
        let rooted = [UInt8(ascii: "/")] + path.utf8
        return pipelineFolders.contains { rooted.firstRange(of: $0) != nil }
    }

    private static func isDocumentation(_ name: String) -> Bool {
        [".md", ".markdown", ".rst", ".adoc"].contains { name.hasSuffix($0) } || name.hasPrefix("readme")
    }

    private static func isDrawing(_ name: String, text: [UInt8]) -> Bool {
        name.hasSuffix(".svg") || name.hasSuffix(".drawio") || text.starts(with: "<mxfile".utf8)
            || text.starts(with: "<svg".utf8)
    }

    private static let exampleFolders: Set<String> = ["example", "examples", "sample", "samples"]

    private static func areExamples(_ folders: Substring) -> Bool {
        folders.utf8.split(separator: UInt8(ascii: "/")).contains {
            exampleFolders.contains(Substring($0).lowercased())
        }
    }

    private static let exampleWords: Set<Substring> = ["example", "sample", "dist", "template", "tpl"]
    private static let wordEnds = ByteSet(".-_")

    private static func isExample(_ name: String) -> Bool {
        name.utf8.split { wordEnds.contains($0) }.contains { exampleWords.contains(Substring($0)) }
    }
}
