/// Reads OpenSSH's public keys, one per line: `authorized_keys` and `*.pub` (sshd(8), "AUTHORIZED_KEYS FILE FORMAT")
/// and `known_hosts` ("SSH_KNOWN_HOSTS FILE FORMAT").
struct PublicKeyReader {
    /// The type of text before the key.
    enum Kind: Sendable { case authorizedKeys, knownHosts }

    private let text: [UInt8]
    private let kind: Kind
    private let root: Address
    private var reading = Reading(as: .table)

    private init(_ text: [UInt8], _ kind: Kind) {
        self.text = text
        self.kind = kind
        root = Address(nil, kind == .knownHosts ? "known_hosts" : "authorized_keys")
    }

    /// Reads the lines in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>, as kind: Kind) -> Reading {
        var reader = PublicKeyReader(text, kind)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
    }

    /// Adds the comment of a public key that is a value in another format, and the user's name before it, as in
    /// cloud-init's `ssh_authorized_keys` and Compute Engine's `ssh-keys`; returns false if the value is not a public
    /// key.
    static func scan(
        _ text: [UInt8],
        _ value: Range<Int>,
        under address: Address?,
        spelledAs encoding: Encoding,
        role: AddressedValue.Role,
        into reading: inout Reading
    ) -> Bool {
        let start = text.trimmed(value).lowerBound
        // The first bytes rule out nearly all other values.
        let head = start..<min(start + 64, value.upperBound)
        guard head.count > 10, let type = typeStart(text, in: head) else { return false }
        let words = text[type..<value.upperBound].split(maxSplits: 2, whereSeparator: \.isBlank)
        guard words.count >= 2, isType(text, words[0].startIndex..<words[0].endIndex) else { return false }
        let root = Address(address, "authorized_keys")
        if type > start { reading.add(Address(root, "user"), start..<(type - 1), encoding, role) }
        guard words.count == 3 else { return true }
        let comment = text.trimmed(words[2].startIndex..<words[2].endIndex)
        if !comment.isEmpty { reading.add(Address(root, "comment"), comment, encoding, role) }
        return true
    }

    /// Returns the start of a key's type at the beginning of a line, alone or after `user:`; nil if there is none.
    static func typeStart(_ text: [UInt8], in head: Range<Int>) -> Int? {
        if hasType(text, at: head.lowerBound, before: head.upperBound) { return head.lowerBound }
        guard let colon = text[head].firstIndex(where: { $0 == .colon || $0.isWhitespace }), text[colon] == .colon,
            colon > head.lowerBound, hasType(text, at: colon + 1, before: head.upperBound)
        else { return nil }
        return colon + 1
    }

    private static func hasType(_ text: [UInt8], at index: Int, before end: Int) -> Bool {
        types.contains { text.has($0, at: index, before: end) }
    }

    /// The prefixes of key types, ssh-keygen(1).
    private static let types: [StaticString] = [
        "ssh-rsa", "ssh-dss", "ssh-ed25519", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-",
    ]

    private static func isType(_ text: [UInt8], _ word: Range<Int>) -> Bool {
        hasType(text, at: word.lowerBound, before: word.upperBound)
            && text[word].allSatisfy { $0.isAlphanumeric || [.dash, .dot, UInt8(ascii: "@")].contains($0) }
    }

    // MARK: - Lines

    private mutating func readLine(_ line: Range<Int>) {
        let content = text.trimmed(line)
        guard let first = text[content].first else { return }
        if first == .hash { return CommentReader.read(text, content, into: &reading) }
        var index = content.lowerBound
        if kind == .knownHosts {
            var hosts = nextWord(from: &index, before: content.upperBound)
            if first == UInt8(ascii: "@") { hosts = nextWord(from: &index, before: content.upperBound) }
            addHosts(hosts)
        }
        var word = nextWord(from: &index, before: content.upperBound)
        if kind == .authorizedKeys, !Self.isType(text, word) {
            if let type = Self.typeStart(text, in: word), type > word.lowerBound {
                reading.add(Address(root, "user"), word.lowerBound..<(type - 1), .bare)
                word = type..<word.upperBound
            } else {
                readOptions(word)
                word = nextWord(from: &index, before: content.upperBound)
            }
        }
        let key = nextWord(from: &index, before: content.upperBound)
        guard Self.isType(text, word), !key.isEmpty else {
            let message = "a line is not a public key; it was read without keys"
            if reading.notes.isEmpty { reading.notes.append(.init(offset: line.lowerBound, message: message)) }
            return
        }
        reading.add(Address(root, "key"), key, .bare)
        let comment = text.trimmed(index..<content.upperBound)
        if !comment.isEmpty { reading.add(Address(root, "comment"), comment, .line) }
    }

    /// Returns the next word; blanks inside quotes are part of it.
    private func nextWord(from index: inout Int, before end: Int) -> Range<Int> {
        while index < end, text[index].isBlank { index += 1 }
        let start = index
        var isQuoted = false
        while index < end, isQuoted || !text[index].isBlank {
            if text[index] == .backslash, isQuoted, index + 1 < end {
                index += 1
            } else if text[index] == .doubleQuote {
                isQuoted.toggle()
            }
            index += 1
        }
        return start..<index
    }

    /// Adds the hosts `host`, `[host]:port` and `|1|salt|hash`, which are separated by commas.
    private mutating func addHosts(_ range: Range<Int>) {
        let address = Address(root, "host")
        for part in text[range].split(separator: .comma) {
            var host = part
            if host.first == .openBracket, let close = host.firstIndex(of: .closeBracket) {
                host = host[(host.startIndex + 1)..<close]
            }
            reading.add(address, host.startIndex..<host.endIndex, .bare)
        }
    }

    /// Reads options such as `from="10.0.0.1",command="x y",no-pty`.
    private mutating func readOptions(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let nameStart = index
            while index < range.upperBound, text[index] != .equals, text[index] != .comma { index += 1 }
            let name = nameStart..<index
            if index < range.upperBound, text[index] == .equals, index + 1 < range.upperBound,
                text[index + 1] == .doubleQuote
            {
                let start = index + 2
                index = start
                while index < range.upperBound, text[index] != .doubleQuote {
                    index += text[index] == .backslash ? 2 : 1
                }
                let value = start..<min(index, range.upperBound)
                let address = Address(root, text.string(in: name))
                reading.add(address, value, .doubleQuoted)
                WordScanner.scan(text, value, under: address, spelledAs: .doubleQuoted, into: &reading)
            }
            while index < range.upperBound, text[index] != .comma { index += 1 }
            index += 1
        }
    }
}
