internal import Documents

extension HostNameReader {
    /// Whether a name with dots is a file name: `config.js`, `docker-compose.yml`.
    static func isFileName(_ name: String) -> Bool {
        let labels = name.lowercased().split(separator: ".")
        guard labels.count > 1, let last = labels.last else { return false }
        // Postfix and SpamAssassin use `.cf` for their settings, but it is also a top-level domain.
        if last == "cf", labels.count == 2,
            labels[0].split(whereSeparator: { "-_".contains($0) }).contains(where: {
                settingsOfMail.contains(String($0))
            })
        {
            return true
        }
        // `unit-v2.in` is the template of `unit` in a later release.
        if last == "in",
            labels[labels.count - 2].firstRange(of: "-v").map({
                labels[labels.count - 2][$0.upperBound...].allSatisfy(\.isNumber)
            }) == true
        {
            return true
        }
        // `config.h.in` is the template of `config.h`.
        guard last == "in", labels.count > 2 else { return fileExtensions.contains(String(last)) }
        let ending = String(labels[labels.count - 2])
        return fileExtensions.contains(ending) || extensionsOfTemplates.contains(ending)
    }

    /// Whether the name whose last label ends at `end` is that of a program or a file, although it has the form of a
    /// host name: `chcp.com`, or `todo.org` if nothing shows that it is a host.
    ///
    /// - Parameters:
    ///   - end: the end of the name.
    ///   - inBatch: whether the text is a Windows batch script, in which a command may begin with such a name.
    /// - Returns: true if it is not a host name.
    func isNamedAsHost(endingAt end: Int, inBatch: Bool) -> Bool {
        guard let last = text[..<end].suffix(5).split(separator: UInt8(ascii: ".")).last,
            Self.endingsOfFiles.contains(where: { last.elementsEqual($0.utf8) { $0.lowered == $1 } }),
            let name = run(endingAt: end), !isInURL(name)
        else { return false }
        let labels = text[name.range].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count == 2, let last = labels.last else { return false }
        let stem = String(decoding: labels[0], as: UTF8.self).lowercased()
        switch String(decoding: last, as: UTF8.self).lowercased() {
        case "com": return Self.programsOfWindows.contains(stem) || inBatch && beginsCommand(name)
        case "org":
            return isLinkedAsFile(name) || Self.outlines.contains(stem) || WordLists.builtIn.isCommonWord(stem)
                || WordLists.builtIn.isGenericName(stem)
        case "cf": return !isAddress(name)
        case "pl": return isScript(name)
        case "info": return text[..<name.start].suffix(5).elementsEqual("info ".utf8)
        default: return false
        }
    }

    /// The top-level domains that are also file extensions.
    private static let endingsOfFiles = ["com", "org", "info", "cf", "pl"]

    /// Whether the name is that of a script in Perl, in a comment or as a word of a command.
    private func isScript(_ name: Span) -> Bool {
        if isAddress(name) { return false }
        if CommentLine.isAround(name.start, in: text) { return true }
        let before = text[..<name.start].suffix(5)
        return before.elementsEqual("perl ".utf8) || before.suffix(2).elementsEqual("./".utf8)
    }

    /// Whether the name is the domain of a mail address.
    private func isAddress(_ name: Span) -> Bool { name.start > 0 && text[name.start - 1] == UInt8(ascii: "@") }

    /// Whether a command of a script begins with the name, followed by blanks or the end of the line.
    private func beginsCommand(_ name: Span) -> Bool {
        guard name.end == text.count || ByteSet.space.contains(text[name.end]) else { return false }
        var start = name.start
        while start > 0, ByteSet(" \t@\"").contains(text[start - 1]) { start -= 1 }
        if start == 0 || ByteSet("\r\n&|(\\").contains(text[start - 1]) { return true }
        let word = text[..<start].suffix(4)
        return word.elementsEqual("call".utf8) { $0.lowered == $1 }
    }

    /// Whether the name is preceded by the beginning of a link to a file, as in `file:x.org`, `[[x.org]]` and
    /// `[x](x.org)`.
    private func isLinkedAsFile(_ name: Span) -> Bool {
        let before = text[..<name.start]
        return before.suffix(5).elementsEqual("file:".utf8) || before.suffix(2).elementsEqual("[[".utf8)
            || before.suffix(2).elementsEqual("](".utf8)
    }

    /// The usual names of Emacs outlines, which end in `.org`, except those that are common words.
    private static let outlines: Set<String> = [
        "bookmarks", "contacts", "gtd", "inbox", "projects", "readme", "tasks", "todo",
    ]

    /// The Windows programs whose names end in `.com`.
    private static let programsOfWindows: Set<String> = [
        "chcp", "command", "diskcomp", "diskcopy", "edit", "format", "graftabl", "kb16", "loadfix", "mode", "more",
        "tree",
        "win", "winscp",
    ]

    /// Whether the host name at `span` could be a file name judging by its last label, but not by its place: the host
    /// of a URL, or after the @ of an address.
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

    /// The host name, whose last label ends at `end`, after which a file or a folder is named; nil if there is none.
    ///
    /// Examples are `wren.test` in `wren.test.conf`, `wren.test-access.log` and `/etc/ssl/wren.test/`. Many top-level
    /// domains are also words of programs or names of languages, so only the most common ones count here.
    func host(namingFileFrom end: Int) -> Span? {
        guard end < text.count else { return nil }
        let isFile = isFollowedByKindOfFile(end)
        guard let name = run(endingAt: end),
            isFile || name.start > 0 && text[name.start - 1] == UInt8(ascii: "/"),
            let host = hostName(at: name), host.end == end
        else { return nil }
        let labels = text[host.range].split(separator: UInt8(ascii: "."))
        guard labels.count > 1, let last = labels.last, let label = labels.dropLast().last, label.count > 3,
            Self.topLevelsOfFiles.contains(String(decoding: last, as: UTF8.self))
        else { return nil }
        let word = String(decoding: label, as: UTF8.self)
        guard !WordLists.builtIn.isGenericName(word), !WordLists.builtIn.isCommonWord(word) else {
            return nil
        }
        return isFile || isInFolderOfHosts(host) ? host : nil
    }

    /// Whether a name continues with a file suffix: `.conf`, `-access.log`, `_key`.
    private func isFollowedByKindOfFile(_ end: Int) -> Bool {
        guard ByteSet(".-_").contains(text[end]) else { return false }
        var stop = end + 1
        while stop < text.count, stop - end < 16, ByteSet.letters.contains(text[stop]) { stop += 1 }
        let word = String(decoding: text[(end + 1)..<stop], as: UTF8.self).lowercased()
        let isWhole = !WordCharacter.starts(at: stop, in: text)
        return isWhole
            && (text[end] == UInt8(ascii: ".") ? Self.extensionsOfHosts : Self.purposesOfHosts).contains(word)
    }

    /// Whether the name is part of a path, in a folder that contains one entry per host.
    private func isInFolderOfHosts(_ host: Span) -> Bool {
        guard host.start > 1, text[host.start - 1] == UInt8(ascii: "/"), text[host.start - 2] != UInt8(ascii: "/"),
            host.end == text.count || !ByteSet.word.contains(text[host.end]) && text[host.end] != UInt8(ascii: "_")
        else { return false }
        let before = text[max(0, host.start - 24)..<(host.start - 1)]
        let folder = before.reversed().prefix { ByteSet.hostName.contains($0) }.reversed()
        return Self.foldersOfHosts.contains(String(decoding: Array(folder), as: UTF8.self).lowercased())
    }

    private static let topLevelsOfFiles: Set<String> = [
        "at", "be", "biz", "ch", "com", "cz", "de", "dk", "es", "eu", "fi", "fr", "info", "it", "net", "nl", "no",
        "org", "pl", "se", "uk",
        "us",
    ]

    private static let extensionsOfHosts: Set<String> = [
        "cer", "cert", "cfg", "conf", "crt", "csr", "db", "key", "log", "p12", "pem", "pfx", "vhost", "zone",
    ]

    private static let purposesOfHosts: Set<String> = [
        "access", "cert", "certificate", "chain", "error", "fullchain", "key", "privkey", "ssl",
    ]

    private static let foldersOfHosts: Set<String> = [
        "archive", "certs", "conf.d", "dkim", "domainkeys", "domains", "html", "keys", "live", "private", "renewal",
        "sites-available", "sites-enabled", "ssl", "tls", "vhosts", "virtual", "vmail", "www", "zones",
    ]

    /// Country-code and other top-level domains with registered names that look like file names.
    private static let countriesOfFiles: Set<String> = ["map", "md", "mk", "pub", "py", "sh"]

    /// The words in the names of mail server settings files that end in `.cf`.
    private static let settingsOfMail: Set<String> = [
        "access", "accounts", "alias", "aliases", "canonical", "checks", "domain", "domains", "header", "ldap", "local",
        "main", "map", "maps", "master", "mysql", "pgsql", "policy", "postfix", "recipient", "recipients", "regexp",
        "relay", "rules", "sender", "spamassassin", "sql", "tls", "transport", "virtual",
    ]

    /// File extensions before `.in` that are also top-level domains.
    private static let extensionsOfTemplates: Set<String> = ["ac", "am", "cc", "m4", "mc", "pc", "pl", "sh", "spec"]

    /// File extensions that are not top-level domains, or that a deployment rarely uses as such.
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
