/// A format of lines with fields or keywords, recognised by the file's name or contents.
enum NamedTable: Sendable {
    case fields(FieldTable)
    case keywords(KeywordDialect)
    case publicKeys(PublicKeyReader.Kind)
    case delimited(UInt8?)
    case zone
    case crontab(CrontabReader.Users)
    case sudoers
    case netrc
    case ipsecSecrets
    case ldif

    /// The format indicated by a file's name; nil if it is none of these.
    static func of(_ name: FileName) -> NamedTable? {
        guard !name.base.isEmpty else { return nil }
        switch name.fileExtension {
        case "csv": return .delimited(nil)
        case "tsv", "tab": return .delimited(.tab)
        case "psv": return .delimited(.pipe)
        case "zone": return .zone
        case "ldif", "ldf": return .ldif
        default: break
        }
        switch name.base {
        case "authorized_keys", "authorized_keys2": return .publicKeys(.authorizedKeys)
        case "known_hosts", "known_hosts2", "ssh_known_hosts": return .publicKeys(.knownHosts)
        case "crontab": return .crontab(name.folder == "etc" ? .named : .unknown)
        case let base where base == "sudoers" || base.hasPrefix("sudoers."): return .sudoers
        case "ipsec.secrets": return .ipsecSecrets
        case ".netrc", "_netrc", "netrc": return .netrc
        default: break
        }
        switch name.folder {
        case "cron.d": return .crontab(.named)
        case "crontabs": return .crontab(.none)
        case "sudoers.d": return .sudoers
        default: break
        }
        if let table = FieldTable.of(name) { return .fields(table) }
        return KeywordDialect.of(name).map { .keywords($0) }
    }

    /// Whether a file with the same name may be an INI file: Ansible's inventories are also called `hosts`.
    var mayBeINI: Bool {
        if case .fields = self { true } else { false }
    }

    /// The format indicated by the beginning of a text; nil if it is none of these.
    static func of(content text: [UInt8], _ range: Range<Int>) -> NamedTable? {
        if ZoneReader.recognises(text, range) { return .zone }
        if startsWithApacheTag(text, range) { return .keywords(.apache) }
        return isPublicKey(text, range) ? .publicKeys(.authorizedKeys) : nil
    }

    /// Whether the first line that is not a comment is `<VirtualHost …>` or similar.
    private static func startsWithApacheTag(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            let line = text.endOfLine(from: index, before: range.upperBound)
            let content = text.trimmed(index..<line.contentEnd)
            index = line.nextLine
            guard let first = text[content].first, first != .hash else { continue }
            let tags: [StaticString] = [
                "<VirtualHost ", "<IfModule ", "<Directory ", "<Location ", "<IfDefine ", "<Macro ", "<Proxy ",
            ]
            return tags.contains { text.has($0, at: content.lowerBound, before: content.upperBound) }
        }
        return false
    }

    /// Whether the first line is a public key.
    private static func isPublicKey(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let line = text.endOfLine(from: range.lowerBound, before: range.upperBound)
        let words = text[range.lowerBound..<line.contentEnd].prefix(1 << 10).split(
            maxSplits: 2,
            whereSeparator: \.isBlank
        )
        return words.count >= 2
            && PublicKeyReader.typeStart(text, in: words[0].startIndex..<words[0].endIndex) != nil
    }

    /// Reads the text in `range`.
    func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        switch self {
        case .fields(let table): FieldTableReader.read(text, in: range, as: table)
        case .keywords(let dialect): KeywordReader.read(text, in: range, as: dialect)
        case .publicKeys(let kind): PublicKeyReader.read(text, in: range, as: kind)
        case .delimited(let separator): DelimitedReader.read(text, in: range, separator: separator)
        case .zone: ZoneReader.read(text, in: range)
        case .crontab(let users): CrontabReader.read(text, in: range, users: users)
        case .sudoers: SudoersReader.read(text, in: range)
        case .netrc: NetrcReader.read(text, in: range)
        case .ldif: LDIFReader.read(text, in: range)
        case .ipsecSecrets: IPsecSecretsReader.read(text, in: range)
        }
    }
}
