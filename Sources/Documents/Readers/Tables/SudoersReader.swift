/// Reads sudoers(5): the permissions of users on hosts, aliases, and defaults.
struct SudoersReader {
    private static let aliases = ["User_Alias": "user", "Runas_Alias": "user", "Host_Alias": "host"]

    private let text: [UInt8]
    private let root = Address(nil, "sudoers")
    private var reading = Reading(as: .table)

    private init(_ text: [UInt8]) { self.text = text }

    /// Reads the lines in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = SudoersReader(text)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
    }

    private mutating func readLine(_ line: Range<Int>) {
        let content = text.trimmed(line)
        guard let first = text[content].first else { return }
        let isInclude = text.has("#include", at: content.lowerBound, before: content.upperBound)
        guard first != .hash, first != UInt8(ascii: "@"), !isInclude else {
            return CommentReader.read(text, content, into: &reading)
        }
        let parts = text[content].split(maxSplits: 1, whereSeparator: \.isBlank)
        guard parts.count == 2 else { return }
        let word = parts[0].startIndex..<parts[0].endIndex
        let rest = text.trimmed(parts[1].startIndex..<parts[1].endIndex)
        if text.has("Defaults", at: word.lowerBound, before: word.upperBound) {
            return readDefaults(rest)
        }
        let sign = text.firstIndex(of: .equals, in: rest)
        if let key = Self.aliases[text.string(in: word)] {
            guard sign < rest.upperBound else { return }
            return addList((sign + 1)..<rest.upperBound, key)
        }
        guard !text.string(in: word).hasSuffix("_Alias") else { return }
        addList(word, "user")
        addList(rest.lowerBound..<sign, "host")
    }

    private mutating func readDefaults(_ range: Range<Int>) {
        for part in text[range].split(separator: .comma) {
            guard let setting = SettingLine(text, text.trimmed(part.startIndex..<part.endIndex)) else { continue }
            let address = Address(root, text.string(in: setting.key))
            reading.addKey(address, setting.key, .bare)
            reading.add(address, setting.value, setting.encoding)
        }
    }

    /// Adds names separated by commas; `%name` is a group, and `ALL` is everyone.
    private mutating func addList(_ range: Range<Int>, _ key: String) {
        for part in text[range].split(separator: .comma) {
            let name = text.trimmed(part.startIndex..<part.endIndex)
            guard let first = text[name].first, !text[name].elementsEqual("ALL".utf8) else { continue }
            if first == .percentSign {
                reading.add(Address(root, "group"), (name.lowerBound + 1)..<name.upperBound, .bare)
            } else {
                reading.add(Address(root, key), name, .bare)
            }
        }
    }
}
