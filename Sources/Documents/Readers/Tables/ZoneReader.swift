/// Reads zone files (RFC 1035 section 5), as written by BIND.
///
/// The keys are `zone` and the type of the record, or `name` for its owner, or `origin`. Names are given as written,
/// relative to the origin or not.
struct ZoneReader {
    private static let types: Set<String> = [
        "A", "AAAA", "CNAME", "DNAME", "NS", "PTR", "MX", "SRV", "SOA", "TXT", "SPF", "CAA", "DS", "DNSKEY", "TLSA",
        "SSHFP", "NAPTR", "HINFO", "RP", "LOC", "SVCB", "HTTPS", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "CDS",
        "CDNSKEY", "OPENPGPKEY", "URI", "ALIAS",
    ]

    private let text: [UInt8]
    private let root = Address(nil, "zone")
    private var reading = Reading(as: .table)
    private var addresses: [String: Address] = [:]

    private init(_ text: [UInt8]) { self.text = text }

    /// Whether a text begins like a zone.
    static func recognises(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            let line = text.endOfLine(from: index, before: range.upperBound)
            if text.has("$ORIGIN ", at: index, before: line.contentEnd)
                || text.has("$TTL", at: index, before: line.contentEnd)
            {
                return true
            }
            if let first = text[index..<line.contentEnd].first, first != .semicolon, !first.isBlank {
                let words = text[index..<line.contentEnd].split(maxSplits: 4, whereSeparator: \.isBlank)
                guard let place = words.firstIndex(where: { $0.elementsEqual("SOA".utf8) }) else { return false }
                return place > 0 && words[..<place].contains { $0.elementsEqual("IN".utf8) }
            }
            index = line.nextLine
        }
        return false
    }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = ZoneReader(text)
        var index = range.lowerBound
        while index < range.upperBound { index = reader.readRecord(at: index, before: range.upperBound) }
        return reader.reading
    }

    // MARK: - Records

    /// Reads a record, which parentheses may continue over several lines, and returns the start of the next one.
    private mutating func readRecord(at start: Int, before end: Int) -> Int {
        var words: [LineWords.Word] = []
        var depth = 0
        var index = start
        let hasOwner = start < end && !text[start].isWhitespace
        scan: while index < end {
            switch text[index] {
            case .newline:
                index += 1
                if depth == 0 { break scan }
            case .semicolon:
                let line = text.endOfLine(from: index, before: end)
                CommentReader.read(text, index..<line.contentEnd, into: &reading)
                index = line.contentEnd
            case .openParenthesis:
                depth += 1
                index += 1
            case .closeParenthesis:
                depth = max(0, depth - 1)
                index += 1
            case .doubleQuote:
                let inside = index + 1
                index = inside
                while index < end, text[index] != .doubleQuote, text[index] != .newline {
                    index += text[index] == .backslash ? 2 : 1
                }
                index = min(index, end)
                words.append(LineWords.Word(range: inside..<index, encoding: .doubleQuoted))
                if index < end, text[index] == .doubleQuote { index += 1 }
            case let byte where byte.isWhitespace:
                index += 1
            default:
                let wordStart = index
                while index < end, !text[index].isWhitespace,
                    ![.semicolon, .openParenthesis, .closeParenthesis, .doubleQuote].contains(text[index])
                {
                    index += text[index] == .backslash ? 2 : 1
                }
                index = min(index, end)
                words.append(LineWords.Word(range: wordStart..<index, encoding: .bare))
            }
        }
        readWords(words[...], hasOwner: hasOwner)
        return index
    }

    private mutating func readWords(_ words: ArraySlice<LineWords.Word>, hasOwner: Bool) {
        guard let first = words.first else { return }
        var rest = words
        if text[first.range].first == .dollar {
            guard let argument = words.dropFirst().first else { return }
            let directive = text.string(in: first.range).uppercased()
            if directive == "$ORIGIN" || directive == "$INCLUDE" {
                add(argument, directive == "$ORIGIN" ? "origin" : "include")
            }
            return
        }
        if hasOwner {
            rest = rest.dropFirst()
        }
        while let word = rest.first, isTimeOrClass(word) { rest = rest.dropFirst() }
        let type = rest.first.map { text.string(in: $0.range).uppercased() } ?? ""
        if hasOwner, !text[first.range].elementsEqual("@".utf8) {
            // In a reverse zone, the owner is the last part of an address.
            add(first, type == "PTR" ? "reverse name" : "name")
        }
        guard Self.types.contains(type) else { return }
        readData(rest.dropFirst(), of: type)
    }

    /// Whether a word is a time or a class: `3600`, `1h30m`, `IN`.
    private func isTimeOrClass(_ word: LineWords.Word) -> Bool {
        let bytes = text[word.range]
        if bytes.elementsEqual("IN".utf8) || bytes.elementsEqual("in".utf8) || bytes.elementsEqual("CH".utf8) {
            return true
        }
        return bytes.first?.isDigit == true && bytes.allSatisfy { $0.isDigit || "smhdwSMHDW".utf8.contains($0) }
    }

    private mutating func readData(_ data: ArraySlice<LineWords.Word>, of type: String) {
        switch type {
        case "SOA":
            let names = ["primary", "mail"]
            for (word, name) in zip(data, names) { add(word, type, name) }
        case "MX", "SRV":
            if let target = data.last, data.count > 1 { add(target, type) }
        default:
            for word in data { add(word, type) }
        }
    }

    private mutating func add(_ word: LineWords.Word, _ key: String, _ innermost: String? = nil) {
        guard !word.range.isEmpty else { return }
        let known = addresses[key] ?? Address(root, key)
        addresses[key] = known
        reading.add(innermost.map { Address(known, $0) } ?? known, word.range, word.encoding)
    }
}
