internal import Archive
internal import Documents

extension Keyring {
    /// Reads one public key file of either type: minisign's, or SSH's `.pub`.
    ///
    /// - Throws: ``BundleError`` with code `malformedPublicKey`.
    public init(publicKey text: [UInt8], name: String? = nil) throws(BundleError) {
        let start = String(decoding: text.prefix(64), as: UTF8.self)
        guard Self.isKind(start.prefix { $0 != " " && $0 != "\n" }) else {
            self.init([Entry(.minisign(try PublicKey(parsing: text)), name: name)])
            return
        }
        try self.init(publishedKeys: text, name: name)
        guard entries.count == 1 else {
            throw BundleError(.malformedPublicKey, "an SSH public key file has one line")
        }
    }

    /// Reads a list of SSH public keys, one per line, as GitHub publishes a user's keys at `github.com/USER.keys`.
    ///
    /// - Throws: ``BundleError`` with code `malformedPublicKey`.
    public init(publishedKeys text: [UInt8], name: String? = nil) throws(BundleError) {
        self.init([Entry]())
        for line in Self.lines(of: text) {
            let fields = line.text.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 2, Self.isKind(fields[0]) else {
                throw BundleError(.malformedPublicKey, "line \(line.number) is not an SSH public key")
            }
            let key = try SSHPublicKey(kind: String(fields[0]), base64: String(fields[1]))
            let comment = fields.dropFirst(2).joined(separator: " ")
            entries.append(Entry(.ssh(key), name: name ?? (comment.isEmpty ? nil : comment)))
        }
        guard !entries.isEmpty else { throw BundleError(.malformedPublicKey, "the list contains no key") }
    }

    /// Reads an `allowed_signers` file; ssh-keygen(1), "ALLOWED SIGNERS".
    ///
    /// A key counts if its `namespaces` include `scrubjay-bundle`. Times without a `Z` are also read as UTC.
    ///
    /// - Throws: ``BundleError`` with code `malformedKeyring`: a line that is only partly understood is refused.
    public init(allowedSigners text: [UInt8]) throws(BundleError) {
        self.init([Entry]())
        for line in Self.lines(of: text) {
            let fields = try Self.fields(of: line)
            guard fields.count >= 3, let kind = fields.dropFirst().firstIndex(where: { Self.isKind($0[...]) }),
                kind + 1 < fields.count
            else { throw Self.malformed(line, "the line is not 'principals [options] keytype key'") }
            let key = try SSHPublicKey(kind: fields[kind], base64: fields[kind + 1])
            var entry = Entry(.ssh(key), name: fields[0])
            var isMeant = true
            for option in fields[1..<kind].flatMap({ Self.options(in: $0) }) {
                let (name, value) = Self.split(option)
                switch name {
                case "namespaces": isMeant = Self.matches(SSHSignature.bundleNamespace, patterns: value)
                case "valid-after": entry.validAfter = try Self.time(value, line)
                case "valid-before": entry.validBefore = try Self.time(value, line)
                case "cert-authority": throw Self.malformed(line, "certificate authorities are not supported")
                default: throw Self.malformed(line, "the option '\(escaped(name.utf8))' is not known")
                }
            }
            if isMeant { entries.append(entry) }
        }
    }

    /// Applies a keyring's `validity` file to its keys; see `docs/formats/keyring.md`.
    ///
    /// - Throws: ``BundleError`` with code `malformedKeyring`.
    public mutating func apply(validity text: [UInt8]) throws(BundleError) {
        for line in Self.lines(of: text) {
            let fields = try Self.fields(of: line)
            let meant = entries.indices.filter { entries[$0].key.identifier == fields[0] }
            guard !meant.isEmpty else { throw Self.malformed(line, "the keyring has no key of this name") }
            for field in fields.dropFirst() {
                let (name, value) = Self.split(field)
                for index in meant {
                    switch name {
                    case "revoked" where value.isEmpty: entries[index].isRevoked = true
                    case "valid-after": entries[index].validAfter = try Self.time(value, line)
                    case "valid-before": entries[index].validBefore = try Self.time(value, line)
                    default: throw Self.malformed(line, "'\(escaped(name.utf8))' is not known")
                    }
                }
            }
        }
    }
}

// MARK: - Lines

extension Keyring {
    private struct Line {
        var number: Int
        var text: Substring
    }

    /// Returns the lines that are neither empty nor comments; a `#` begins a comment only at the start of a line.
    private static func lines(of text: [UInt8]) -> [Line] {
        let text = String(decoding: text, as: UTF8.self)
        return text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated()
            .map { Line(number: $0 + 1, text: $1) }
            .filter { !$0.text.allSatisfy(\.isWhitespace) && $0.text.first != "#" }
    }

    private static func malformed(_ line: Line, _ reason: String) -> BundleError {
        BundleError(.malformedKeyring, "line \(line.number): \(reason)")
    }

    /// Returns the words of a line; blanks inside quotes do not separate.
    private static func fields(of line: Line) throws(BundleError) -> [String] {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        for character in line.text {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted && (character == " " || character == "\t") {
                if !field.isEmpty { fields.append(field) }
                field = ""
            } else {
                field.append(character)
            }
        }
        guard !isQuoted else { throw malformed(line, "a quote is not closed") }
        if !field.isEmpty { fields.append(field) }
        return fields
    }

    /// Returns the comma-separated options of a word; commas inside quotes do not separate.
    private static func options(in word: String) -> [String] {
        var options = [""]
        var isQuoted = false
        for character in word {
            if character == "\"" { isQuoted.toggle() }
            if character == "," && !isQuoted {
                options.append("")
            } else {
                options[options.count - 1].append(character)
            }
        }
        return options
    }

    private static func split(_ option: String) -> (name: String, value: String) {
        guard let sign = option.firstIndex(of: "=") else { return (option.lowercased(), "") }
        let value = option[option.index(after: sign)...].filter { $0 != "\"" }
        return (option[..<sign].lowercased(), value)
    }

    private static func isKind(_ word: Substring) -> Bool {
        ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].contains { word.hasPrefix($0) }
    }

    /// Whether a list of patterns with `*`, `?` and `!` matches a text; ssh_config(5), "PATTERNS".
    private static func matches(_ text: String, patterns: String) -> Bool {
        var isMatched = false
        for pattern in patterns.split(separator: ",") {
            let isNegated = pattern.hasPrefix("!")
            guard matches(Array(text.utf8), Array(pattern.dropFirst(isNegated ? 1 : 0).utf8)) else { continue }
            if isNegated { return false }
            isMatched = true
        }
        return isMatched
    }

    /// Matches in time proportional to the product of the lengths, because only the last star is retried.
    private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (position, place) = (0, 0)
        var retry: (position: Int, place: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                place += 1
                retry = (position, place)
            } else if place < pattern.count, pattern[place] == UInt8(ascii: "?") || pattern[place] == text[position] {
                position += 1
                place += 1
            } else if let (start, star) = retry {
                retry = (start + 1, star)
                (position, place) = (start + 1, star)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Parses `YYYYMMDD`, optionally with `HHMM` or `HHMMSS` and a `Z`, in UTC.
    private static func time(_ text: String, _ line: Line) throws(BundleError) -> Int64 {
        let digits = text.hasSuffix("Z") ? text.dropLast() : text[...]
        guard [8, 12, 14].contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit) else {
            throw malformed(line, "a time must be YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, in UTC")
        }
        func number(_ from: Int, _ count: Int) -> Int {
            digits.utf8.count < from + count ? 0 : Int(digits.dropFirst(from).prefix(count)) ?? 0
        }
        let (month, day) = (number(4, 2), number(6, 2))
        let (hour, minute, second) = (number(8, 2), number(10, 2), number(12, 2))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else {
            throw malformed(line, "there is no such time")
        }
        let days = CalendarDate(year: number(0, 4), month: month, day: day).daysSince1970
        return Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }
}
