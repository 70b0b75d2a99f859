internal import Documents

extension HostNameReader {
    /// Whether the words joined by dots that end at `end` are a member of something rather than a host name: a column,
    /// a key, a reference, or the name of an element.
    ///
    /// Many field names are also top-level domains: `info`, `no`, `de`, `it`, `app`. A name under one of them whose
    /// other labels are ordinary words counts as a host name only in a sentence, or where its surroundings show that it
    /// is one.
    ///
    /// - Parameters:
    ///   - end: the end of the last word.
    ///   - notation: the file's notation.
    /// - Returns: true if they are not a host name.
    func isMember(endingAt end: Int, in notation: DottedNotation) -> Bool {
        guard notation != .prose, let name = run(endingAt: end), !isInURL(name), name.start > 0 else { return false }
        switch notation {
        case .toml where isInTableHeader(name): return true
        case .sql where isColumn(name): return true
        case .terraform where isReference(name): return true
        case .nix where isAttribute(name): return true
        default: return text[name.start - 1] != UInt8(ascii: "`") && isMadeOfWords(name)
        }
    }

    /// Whether a line is `[name]` or `[outer.name]`.
    private func isInTableHeader(_ name: Span) -> Bool {
        guard text[name.start - 1] == UInt8(ascii: "["), name.end < text.count else { return false }
        let line = text[max(0, name.start - 8)..<name.start].split(omittingEmptySubsequences: false) {
            ByteSet.lineEnd.contains($0)
        }
        let isFirst = line.last?.allSatisfy { $0 == UInt8(ascii: "[") || ByteSet.blank.contains($0) } ?? true
        return isFirst && (text[name.end] == UInt8(ascii: "]") || text[name.end] == UInt8(ascii: "."))
    }

    /// Whether a name is between operators of an SQL statement, outside strings.
    private func isColumn(_ name: Span) -> Bool {
        guard Self.signsBeforeColumns.contains(text[name.start - 1]) else { return false }
        let lead = text[max(0, name.start - 512)..<name.start]
        let line = lead.suffix(from: lead.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? lead.startIndex)
        // Lines with tabs are the rows of a dump.
        return line.count(where: { $0 == UInt8(ascii: "'") }).isMultiple(of: 2)
            && !line.drop(while: ByteSet.blank.contains).contains(UInt8(ascii: "\t"))
            && !line.contains(where: { $0 == UInt8(ascii: "#") }) && line.firstRange(of: Self.commentOfSQL) == nil
    }

    /// Whether a name begins like a reference, and is not a string by itself.
    private func isReference(_ name: Span) -> Bool {
        let first = text[name.range].prefix { $0 != UInt8(ascii: ".") }
        return text[name.start - 1] != UInt8(ascii: "\"")
            && Self.objectsOfTerraform.contains(String(decoding: first, as: UTF8.self))
    }

    /// Whether a name begins like a reference to an attribute of Nix, or another attribute follows it.
    private func isAttribute(_ name: Span) -> Bool {
        guard text[name.start - 1] != UInt8(ascii: "\"") else { return false }
        let first = text[name.range].prefix { $0 != UInt8(ascii: ".") }
        let isVariable = zip(first, first.dropFirst()).contains {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($1)
        }
        return isVariable || Self.objectsOfNix.contains(String(decoding: first, as: UTF8.self))
            || name.end + 1 < text.count && text[name.end] == UInt8(ascii: ".")
                && ByteSet.letters.contains(text[name.end + 1])
    }

    private static let objectsOfNix: Set<String> = [
        "builtins", "cfg", "config", "inputs", "lib", "options", "pkgs", "self",
    ]

    /// Whether a name consists of ordinary words and ends with one that is also a top-level domain.
    private func isMadeOfWords(_ name: Span) -> Bool {
        // A path may begin with a dot: `$.items.info`.
        let labels = text[name.range].drop { $0 == UInt8(ascii: ".") }
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).lowercased() }
        guard (2...4).contains(labels.count), let last = labels.last, Self.fieldNames.contains(last) else {
            return false
        }
        return labels.dropLast().allSatisfy { label in
            label.utf8.count == 1 || Self.objects.contains(label) || Self.fieldNames.contains(label)
                || WordLists.builtIn.isCommonWord(label) || WordLists.builtIn.isGenericName(label)
        }
    }

    private static let signsBeforeColumns = ByteSet(" (,=<>+-*/|!;\t\n")
    private static let commentOfSQL = Array("--".utf8)
    private static let objectsOfTerraform: Set<String> = [
        "count", "data", "dependency", "each", "local", "module", "path", "self", "terraform", "var",
    ]

    /// Usual names of objects that are not English words.
    private static let objects: Set<String> = [
        "api", "app", "args", "auth", "cfg", "cmd", "conf", "config", "ctx", "db", "env", "hostvars", "http", "i18n",
        "json", "lang", "lib", "locale", "locales", "metadata", "misc", "nav", "obj", "opts", "params", "pkg", "props",
        "req", "res", "src", "sys", "tmp", "ui", "util", "utils", "var", "vars",
    ]

    /// The top-level domains that programs also use as the names of fields, languages and countries.
    private static let fieldNames: Set<String> = [
        "ai", "am", "app", "as", "at", "be", "bg", "by", "ch", "click", "cloud", "club", "co", "cx", "cy", "cz", "de",
        "dev", "dk", "do", "ee", "email", "es", "eu", "events", "fi", "fr", "gr", "group", "hr", "hu", "id", "ie", "in",
        "info", "io", "is", "it", "jp", "kr", "li", "link", "live", "lt", "lv", "me", "media", "mobi", "mt", "mx", "my",
        "name", "network", "news", "nl", "no", "online", "page", "pl", "pm", "pro", "pt", "pub", "ro", "rs", "ru",
        "run", "se", "shop", "si", "site", "sk", "so", "support", "systems", "team", "tech", "to", "tools", "top", "tr",
        "tv", "ua", "uk", "us", "works", "zone",
    ]
}
