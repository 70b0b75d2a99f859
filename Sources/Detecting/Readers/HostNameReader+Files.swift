internal import Documents

extension HostNameReader {
    /// Whether a name with dots is a file's: `config.js`, `docker-compose.yml`.
    static func isFileName(_ name: String) -> Bool {
        let labels = name.lowercased().split(separator: ".")
        guard labels.count > 1, let last = labels.last else { return false }
        // Postfix and SpamAssassin call their settings `.cf`, which is also a country.
        if last == "cf", labels.count == 2,
            labels[0].split(whereSeparator: { "-_".contains($0) }).contains(where: {
                settingsOfMail.contains(String($0))
            })
        {
            return true
        }
        // `unit-v2.in` is what a later release makes `unit` of.
        if last == "in",
            labels[labels.count - 2].firstRange(of: "-v").map({
                labels[labels.count - 2][$0.upperBound...].allSatisfy(\.isNumber)
            }) == true
        {
            return true
        }
        // `config.h.in` is what a program makes `config.h` of.
        return fileExtensions.contains(String(last == "in" && labels.count > 2 ? labels[labels.count - 2] : last))
    }

    /// Whether the host name at `span` could be a file by its last label, and is none by its place: the host of a URL, or
    /// what stands behind the @ of an address.
    func isAuthorityNamedAsFile(_ span: Span) -> Bool {
        let label = text[max(span.start, span.end - 4)..<span.end]
        guard let dot = label.lastIndex(of: UInt8(ascii: ".")),
            Self.countriesOfFiles.contains(String(decoding: label[(dot + 1)...], as: UTF8.self).lowercased())
        else { return false }
        var start = span.start
        while start > 0, span.end - start < 254, ByteSet.hostName.contains(text[start - 1]) { start -= 1 }
        guard start > 0 else { return false }
        return text[start - 1] == UInt8(ascii: "@")
            || start > 2 && text[(start - 3)..<start].elementsEqual("://".utf8)
    }

    /// Countries and others under whose top-level domain somebody registers names that look like files.
    private static let countriesOfFiles: Set<String> = ["map", "md", "mk", "pub", "py", "sh"]

    /// The words in the names of files that end in `.cf`.
    private static let settingsOfMail: Set<String> = [
        "accounts", "alias", "aliases", "domain", "domains", "ldap", "local", "main", "map", "maps", "master", "mysql",
        "pgsql", "postfix", "recipient", "recipients", "regexp", "relay", "sender", "spamassassin", "sql", "virtual",
    ]

    /// Extensions of files that are no top-level domains, or hardly are in a deployment.
    private static let fileExtensions: Set<String> = [
        "bak", "bin", "c", "cer", "cfg", "cnf", "conf", "config", "cpp", "crt", "css", "csr", "csv", "d", "dat", "db",
        "deb",
        "der", "env", "exe", "gif", "git", "go", "gz", "h", "hcl", "hpp", "htm", "html", "ico", "ini", "j2", "jar",
        "java",
        "jinja", "jks", "jpeg", "jpg", "js", "json", "jsonl", "key", "lib", "lock", "log", "lua", "map", "md", "mjs",
        "mk",
        "old",
        "orig", "out", "p12", "pem", "pfx", "pid", "png", "properties", "pub", "py", "rb", "sample", "schema",
        "service",
        "sh", "sock", "sql", "svg", "swift", "tar", "tf", "tfstate", "tfvars", "tgz", "tmp", "toml", "tpl", "ts", "txt",
        "vars", "war", "wav", "xml", "xz", "yaml", "yml", "zst",
    ]
}
