/// The properties of a file's name that reveal something about its contents.
struct FileName {
    /// The last component of the path in lower case, without the suffixes of copies and templates.
    let base: String
    /// The text after the last dot of `base`; empty if there is none.
    let fileExtension: String
    /// `base` in its original letter case, without its extension and a leading dot.
    let stem: String
    /// What the extension says about the file.
    let properties: FileExtension
    /// The name of the file's folder in lower case; empty at the root.
    let folder: String

    /// The name of a text that is not a file.
    static let none = FileName(path: "")

    /// Reads the name at the end of `path`.
    init(path: String) {
        let components = path.utf8.split(separator: .slash).suffix(2)
        let written = components.last.map { TemplateSuffix.removed(from: String(decoding: $0, as: UTF8.self)) } ?? ""
        let name = CopySuffix.removed(from: Array(written.utf8))
        base = String(decoding: name, as: UTF8.self).lowercased()
        folder = components.dropLast().last.map { String(Substring($0)).lowercased() } ?? ""
        let dot = HostFileName.contains(base, inFolder: folder) ? nil : name.lastIndex(of: .dot)
        fileExtension = dot.map { String(decoding: name[($0 + 1)...], as: UTF8.self).lowercased() } ?? ""
        properties = FileExtension.named(fileExtension)
        let stem = dot.flatMap { $0 > 0 ? name[..<$0] : nil } ?? name[...]
        self.stem = String(decoding: stem.drop { $0 == .dot }, as: UTF8.self)
    }

    /// Whether the name determines the format.
    var isTelling: Bool {
        formatByExtension != nil || isDotenv || isMarkup || isShell || NamedTable.of(self) != nil
            || ["conf", "cfg", "cnf"].contains(fileExtension) || Dialect.ofName(self).family != .configuration
    }

    /// Whether the file is a dotenv file: `.env`, `.env.local`, `web.env`, `env`.
    var isDotenv: Bool {
        fileExtension == "env" || base == "env" || (base.hasPrefix(".env.") && formatByExtension == nil)
    }

    /// Whether the file is a shell script or uses a shell's quoting.
    var isShell: Bool {
        properties.dialect.family == .shell || isNamedAsShell
    }

    /// Whether the name without regard to its extension is that of such a file.
    var isNamedAsShell: Bool {
        base.hasSuffix("_history") || base.hasPrefix("dockerfile") || base.hasPrefix("makefile")
            || [
                "containerfile", "procfile", ".bashrc", ".profile", ".bash_profile", ".bash_aliases", ".zshrc",
                ".envrc", "environment",
            ].contains(base)
    }

    /// Whether the file is written for people.
    var isProse: Bool {
        properties.sort == .prose
            || ["readme", "notes", "license", "changelog", "authors", "todo", "contributing"].contains(base)
    }

    /// Whether the file is XML or HTML.
    var isMarkup: Bool { properties.sort == .markup }

    /// Whether the file is a database dump or script.
    var isSQL: Bool { fileExtension == "sql" }

    /// The format determined by the name alone.
    var formatByExtension: Format? {
        properties.format ?? (fileExtension == "conf" && Self.asteriskFiles.contains(base) ? .ini : nil)
    }

    private static let asteriskFiles: Set<String> = [
        "sip.conf", "pjsip.conf", "iax.conf", "users.conf", "voicemail.conf", "manager.conf", "extensions.conf",
        "queues.conf", "ari.conf", "res_ldap.conf", "res_odbc.conf", "cdr_mysql.conf",
    ]

    /// The key path of a file that consists of one bare value: the file's name, after that of its folder if that is a
    /// folder of secrets, and without an extension that describes the value.
    var bareValueAddress: Address? {
        guard !stem.isEmpty else { return nil }
        let outer = Self.secretFolders.contains(folder) ? Address(nil, folder) : nil
        let address = Address(outer, stem)
        return Self.tellingExtensions.contains(fileExtension) ? Address(address, fileExtension) : address
    }

    private static let secretFolders: Set<String> = ["secrets", ".secrets", "secret", "credentials", "passwords"]
    private static let tellingExtensions: Set<String> = [
        "key", "pub", "token", "secret", "password", "passwd", "pass", "pw", "pwd", "psk", "pin", "cookie", "apikey",
        "salt", "user", "username",
    ]
}
