/// Reads crontab(5) files: settings, and lines with a time, a command, and in system files a user before the command.
struct CrontabReader {
    private let text: [UInt8]
    private let hasUsers: Bool
    private let root = Address(nil, "crontab")
    private var reading = Reading(as: .table)

    private init(_ text: [UInt8], hasUsers: Bool) {
        self.text = text
        self.hasUsers = hasUsers
    }

    /// Whether a user's name precedes the command of each line.
    enum Users {
        /// As in `/etc/crontab` and `/etc/cron.d`.
        case named
        /// As in the output of `crontab -l`.
        case none
        /// The name of the file does not show it; a system's table contains jobs of `root`.
        case unknown
    }

    /// Reads the lines in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>, users: Users) -> Reading {
        let hasUsers =
            switch users {
            case .named: true
            case .none: false
            case .unknown: namesRoot(text, in: range)
            }
        var reader = CrontabReader(text, hasUsers: hasUsers)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
    }

    /// Whether any line has `root` where a system's table has the user.
    private static func namesRoot(_ text: [UInt8], in range: Range<Int>) -> Bool {
        var isNamed = false
        text.forEachLine(in: range) { line in
            let content = text.trimmed(line)
            guard !isNamed, let first = text[content].first, first != .hash else { return }
            let time = first == UInt8(ascii: "@") ? 1 : 5
            let words = text[content].split(maxSplits: time + 1, whereSeparator: \.isBlank)
            isNamed = words.count > time + 1 && words[time].elementsEqual("root".utf8)
        }
        return isNamed
    }

    private mutating func readLine(_ line: Range<Int>) {
        let content = text.trimmed(line)
        guard let first = text[content].first else { return }
        if first == .hash { return CommentReader.read(text, content, into: &reading) }
        if !first.isDigit, first != .asterisk, first != UInt8(ascii: "@"), let setting = SettingLine(text, content),
            setting.separator == .equals
        {
            let address = Address(nil, text.string(in: setting.key))
            reading.addKey(address, setting.key, .bare)
            reading.add(address, setting.value, setting.encoding)
            return
        }
        let skipped = first == UInt8(ascii: "@") ? 1 : 5
        var parts = text[content].split(maxSplits: skipped + 1, whereSeparator: \.isBlank)
        guard parts.count > skipped else { return }
        // A user is followed by a command; a word followed by an option, or by nothing, is itself the program.
        let hasUsers = hasUsers && parts.count > skipped + 1 && parts[skipped + 1].first != UInt8(ascii: "-")
        if !hasUsers { parts = text[content].split(maxSplits: skipped, whereSeparator: \.isBlank) }
        if hasUsers { reading.add(Address(root, "user"), parts[skipped].startIndex..<parts[skipped].endIndex, .bare) }
        guard let command = parts.dropFirst(skipped + (hasUsers ? 1 : 0)).first else { return }
        let address = Address(root, "command")
        let range = text.trimmed(command.startIndex..<command.endIndex)
        reading.add(address, range, .line)
        WordScanner.scan(text, range, under: address, spelledAs: .line, into: &reading)
    }
}
