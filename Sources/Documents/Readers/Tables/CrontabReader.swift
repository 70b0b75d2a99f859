/// Reads crontab(5) files: settings, and lines of a time, in system files a user, and a command.
struct CrontabReader {
    private let text: [UInt8]
    private let hasUsers: Bool
    private let root = Address(nil, "crontab")
    private var reading = Reading(as: .table)

    private init(_ text: [UInt8], hasUsers: Bool) {
        self.text = text
        self.hasUsers = hasUsers
    }

    /// Reads the lines in `range`.
    ///
    /// With `hasUsers`, a user's name precedes the command, as in `/etc/crontab` and `/etc/cron.d`.
    static func read(_ text: [UInt8], in range: Range<Int>, hasUsers: Bool) -> Reading {
        var reader = CrontabReader(text, hasUsers: hasUsers)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
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
        let parts = text[content].split(maxSplits: skipped + (hasUsers ? 1 : 0), whereSeparator: \.isBlank)
        guard parts.count > skipped else { return }
        if hasUsers { reading.add(Address(root, "user"), parts[skipped].startIndex..<parts[skipped].endIndex, .bare) }
        guard let command = parts.dropFirst(skipped + (hasUsers ? 1 : 0)).first else { return }
        let address = Address(root, "command")
        let range = text.trimmed(command.startIndex..<command.endIndex)
        reading.add(address, range, .line)
        WordScanner.scan(text, range, under: address, spelledAs: .line, into: &reading)
    }
}
