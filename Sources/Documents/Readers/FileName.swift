/// What the name of a file says about its contents.
struct FileName {
    /// The last component of the path in lower case, without the suffixes of copies and templates.
    let base: String
    /// What follows the last dot of `base`; empty where there is none.
    let fileExtension: String

    private static let decorations = [
        ".bak", ".backup", ".old", ".orig", ".original", ".save", ".example", ".sample", ".dist", ".default",
        ".template", ".tmpl",
        ".tpl", ".j2", ".jinja2", ".erb", ".in", ".disabled", ".new", ".tmp", "~",
    ]

    /// The name of a text that is no file.
    static let none = FileName(path: "")

    /// Reads the name at the end of `path`.
    init(path: String) {
        var name = (path.split(separator: "/").last.map(String.init) ?? "").lowercased()
        while let suffix = Self.decorations.first(where: { name.hasSuffix($0) && name.count > $0.count }) {
            name.removeLast(suffix.count)
        }
        base = name
        fileExtension = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    }

    /// Whether it is a dotenv file: `.env`, `.env.local`, `web.env`, `env`.
    var isDotenv: Bool {
        fileExtension == "env" || base == "env" || (base.hasPrefix(".env.") && formatByExtension == nil)
    }

    /// Whether it is written for a shell, or has its quoting.
    var isShell: Bool {
        switch fileExtension {
        case "sh", "bash", "zsh", "ksh", "dockerfile", "mk", "service", "timer", "envrc": return true
        default: break
        }
        return base.hasSuffix("_history") || base.hasPrefix("dockerfile") || base.hasPrefix("makefile")
            || [
                "containerfile", "procfile", ".bashrc", ".profile", ".bash_profile", ".bash_aliases", ".zshrc",
                ".envrc", "crontab",
            ].contains(base)
    }

    /// Whether it is written for people.
    var isProse: Bool {
        switch fileExtension {
        case "md", "markdown", "rst", "adoc", "txt", "org", "tex", "text", "log", "eml": true
        default: ["readme", "notes", "license", "changelog", "authors", "todo", "contributing"].contains(base)
        }
    }

    /// Whether it is XML or HTML.
    var isMarkup: Bool {
        ["xml", "html", "htm", "xhtml", "svg", "plist", "xsd", "wsdl", "config", "csproj", "pom"].contains(
            fileExtension
        )
    }

    /// The format that the extension names, without a look into the file.
    var formatByExtension: Format? {
        switch fileExtension {
        case "yml", "yaml", "jinja", "schema": .yaml
        case "json", "jsonl", "ndjson", "tfstate", "geojson", "webmanifest", "har": .json
        case "properties": .properties
        case "ini", "desktop", "socket", "netdev", "network", "gitconfig", "editorconfig": .ini
        default: nil
        }
    }
}
