internal import Documents

// Reads the values that a command or a resource puts into a secret store, whatever their names are.
extension DocumentDetector {
    /// Emits the values after a match of the shape of a manifest.
    ///
    /// - Returns: whether the match is part of a command or a resource rather than of a manifest.
    mutating func readArguments(endingAt end: Int, layer number: Int, rule: Int) -> Bool {
        let text = document.layers[number].text
        let lead = text[max(0, end - Self.longestLead)..<end]
        switch text[end - 1] {
        case UInt8(ascii: "\""):
            guard lead.contains(subsequence: "\"kubernetes_secret"), let start = Self.startOfData(from: end, in: text)
            else { return lead.contains(subsequence: "\"kubernetes_secret") }
            readPairs(from: start, layer: number, rule: rule)
        case UInt8(ascii: "("): readPairs(from: end, layer: number, rule: rule)
        case UInt8(ascii: "="), UInt8(ascii: " "):
            let isLiteral = lead.dropLast().ends(with: "--from-literal")
            if !isLiteral || Self.makesSecret(before: end, in: text) {
                readWords(from: end, areAll: !isLiteral, layer: number, rule: rule)
            }
        default: return false
        }
        return true
    }

    private static let longestLead = 32
    private static let longestCommand = 1024

    /// Whether the command with this argument makes a Secret.
    private static func makesSecret(before end: Int, in text: [UInt8]) -> Bool {
        var start = end
        while start > 0, end - start < longestCommand {
            let isContinued = start > 1 && text[start - 2] == UInt8(ascii: "\\")
            if ByteSet.lineEnd.contains(text[start - 1]), !isContinued { break }
            start -= 1
        }
        return lastCommand(in: text[start..<end]).contains(subsequence: "create secret")
    }

    /// Returns the part of a line after the last unquoted sign that ends a command.
    private static func lastCommand(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = line.startIndex
        var quote: UInt8?
        for (index, byte) in zip(line.indices, line) {
            if byte == quote {
                quote = nil
            } else if quote == nil, quotes.contains(byte) {
                quote = byte
            } else if quote == nil, commandEnds.contains(byte) {
                start = index + 1
            }
        }
        return line[start...]
    }

    private static let commandEnds = ByteSet(";|&")

    /// Emits the values of `name=value` in all words of a command, or only in its first word.
    private mutating func readWords(from start: Int, areAll: Bool, layer: Int, rule: Int) {
        let text = document.layers[layer].text
        var position = start
        let limit = min(text.count, start + Self.longestCommand)
        repeat {
            while position < limit, Self.blanks.contains(text[position]) { position += 1 }
            guard let word = Self.word(at: position, before: limit, in: text) else { return }
            if let pair = Self.pair(in: word.span, of: text) {
                emitPair(text[pair.name.range], pair.value, layer: layer, rule: rule)
            }
            position = max(position + 1, word.end)
        } while areAll && position < limit
    }

    private static let blanks = ByteSet(" \t")
    private static let wordEnds = ByteSet.space.union(ByteSet(";|&<>()`"))

    /// The word that begins at `position`, with its quotes; nil at the end of a command.
    private static func word(at position: Int, before limit: Int, in text: [UInt8]) -> (span: Span, end: Int)? {
        var end = position
        var quote: UInt8?
        while end < limit, quote != nil || !wordEnds.contains(text[end]) {
            if text[end] == quote {
                quote = nil
            } else if quote == nil, quotes.contains(text[end]) {
                quote = text[end]
            }
            end += 1
        }
        if end > position { return (Span(position, end), end) }
        return nil
    }

    private static let quotes = ByteSet("\"'")

    /// Returns the name and the value of a word `name=value`; either or both may be in quotes.
    private static func pair(in word: Span, of text: [UInt8]) -> (name: Span, value: Span)? {
        var word = word
        if let quote = text[word.range].first, quotes.contains(quote), word.count > 2, text[word.end - 1] == quote {
            word = Span(word.start + 1, word.end - 1)
        }
        guard let sign = text[word.range].firstIndex(of: UInt8(ascii: "=")), sign > word.start,
            text[word.start..<sign].allSatisfy(nameBytes.contains)
        else { return nil }
        return (Span(word.start, sign), Span(sign + 1, word.end))
    }

    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_.-"))

    // MARK: - Terraform

    /// Returns the start of the map that contains the data of a resource.
    private static func startOfData(from start: Int, in text: [UInt8]) -> Int? {
        let body = text[start..<min(text.count, start + longestCommand)]
        // The next resource has its own data.
        let end = body.firstRange(of: "\nresource ".utf8)?.lowerBound ?? body.endIndex
        guard
            let data = body[..<end].firstRange(
                of: "data".utf8,
                where: { end in
                    // The name may be `binary_data`, but not `metadata`.
                    let before = end - "data".utf8.count - 1
                    return body[end...].prefix(12).contains(UInt8(ascii: "{"))
                        && (before < body.startIndex || !ByteSet.letters.contains(body[before]))
                }
            )
        else { return nil }
        return body[data.upperBound..<end].firstIndex(of: UInt8(ascii: "{"))
    }

    /// Emits the quoted values of an HCL map that begins at or after `start`.
    private mutating func readPairs(from start: Int, layer: Int, rule: Int) {
        let text = document.layers[layer].text
        let limit = min(text.count, start + Self.longestCommand)
        guard var position = text[start..<limit].prefix(4).firstIndex(of: UInt8(ascii: "{")) else { return }
        while position < limit, text[position] != UInt8(ascii: "}") {
            guard
                let sign = text[position..<limit].firstIndex(where: {
                    $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "}")
                }),
                text[sign] == UInt8(ascii: "=")
            else { return }
            let name = text[position..<sign].filter(Self.nameBytes.contains)
            var value = sign + 1
            while value < limit, Self.blanks.contains(text[value]) { value += 1 }
            guard value < limit else { return }
            if text[value] == UInt8(ascii: "\""), let end = text[(value + 1)..<limit].firstIndex(of: UInt8(ascii: "\""))
            {
                emitPair(name[...], Span(value + 1, end), layer: layer, rule: rule)
                position = end + 1
            } else {
                position = text[value..<limit].firstIndex { ByteSet("\n,}").contains($0) } ?? limit
            }
        }
    }

    private mutating func emitPair(_ name: ArraySlice<UInt8>, _ value: Span, layer: Int, rule: Int) {
        let key = String(decoding: name, as: UTF8.self)
        let text = document.layers[layer].text
        let isVariable = text[value.range].first != UInt8(ascii: "'") && text[value.range].contains(UInt8(ascii: "$"))
        guard !isConfiguration(key), !Self.isSwitch(text[value.range]), !isVariable else { return }
        let isQuoted =
            value.count > 2 && Self.quotes.contains(text[value.start]) && text[value.start] == text[value.end - 1]
        let span = isQuoted ? Span(value.start + 1, value.end - 1) : value
        var claim = Claim(rule: rule, layer: layer, text: text, span: span)
        claim.keyPath = [key]
        emit(claim)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }

    fileprivate func contains(subsequence text: String) -> Bool { firstRange(of: text.utf8) != nil }

    fileprivate func firstRange(
        of text: String.UTF8View,
        where isMeant: (Int) -> Bool = { _ in true }
    ) -> Range<Int>? {
        let start = indices.first { self[$0...].starts(with: text) && isMeant($0 + text.count) }
        return start.map { $0..<($0 + text.count) }
    }
}
