internal import Archive

/// Finds encoded texts anywhere in a text: base64, base32, hexadecimal digits and percent-encoding.
///
/// The bytes that base64 encodes may be a text in UTF-16, or compressed. Digits that do not decode to text are ignored,
/// such as hashes, digests, and the bodies of keys and certificates.
struct EncodedRuns {
    /// The minimum length of base64 or hexadecimal text, in digits.
    static let shortestRun = 16
    /// The minimum length of padded base64 that fills a value, such as `cGFzc3cwcmQ=`, in digits and padding.
    static let shortestPaddedValue = 8
    /// The minimum length of unpadded base64 that fills a value, such as `YWRtaW4xMjM0`, in digits.
    static let shortestValue = 12
    /// The number of digits that are decoded to determine whether a run is text.
    static let probe = 64

    let text: [UInt8]
    let values: [AddressedValue]
    let outermost: [Int]
    private var runs: [EncodedRun] = []
    /// The number of bytes that decompressed texts may still have.
    private var room: Int
    /// Whether a compressed text was skipped because it is too long.
    private var hasPassedOver = false
    /// The end of a wrapped block that is not base64 as a whole; its lines are examined one by one.
    private var brokenBlockEnd = 0

    /// Finds the runs in the parts of `text` outside `covered`.
    ///
    /// Subtracts the size of each decompressed text from `room`, the remaining budget in bytes. On return it is
    /// negative if a text did not fit.
    static func find(
        in text: [UInt8],
        values: [AddressedValue],
        outermost: [Int],
        outside covered: [Span],
        room: inout Int
    ) -> [EncodedRun] {
        var finder = EncodedRuns(text: text, values: values, outermost: outermost, room: room)
        var start = 0
        for span in covered + [Span(text.count, text.count)] {
            if span.start > start { finder.scan(start..<span.start) }
            start = max(start, span.end)
        }
        room = finder.hasPassedOver ? -1 : finder.room
        return finder.runs
    }

    private init(text: [UInt8], values: [AddressedValue], outermost: [Int], room: Int) {
        self.room = room
        self.text = text
        self.values = values
        self.outermost = outermost
    }

    private mutating func scan(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            guard Self.isTokenByte(text[index]) else {
                index += 1
                continue
            }
            let start = index
            var hasPercent = false
            while index < range.upperBound, Self.isTokenByte(text[index]) {
                if text[index] == .percentSign { hasPercent = true }
                index += 1
            }
            if hasPercent, addPercentRuns(start..<index) { continue }
            let hasPadding = index < range.upperBound && text[index] == .equals
            guard index - start >= Self.shortestValue || hasPadding && index - start + 2 >= Self.shortestPaddedValue
            else { continue }
            index = max(index, scanDigits(start..<index, before: range.upperBound))
        }
    }

    /// Whether a byte may belong to an encoded text: a base64 digit, or unreserved in percent-encoding.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, .plus, .slash, .dash, .underscore, .dot, .percentSign, 0x7E: true
        default: false
        }
    }

    // MARK: - Percent-encoding

    /// Adds the percent-encoded parts of a token, and examines the others for digits; returns false if no part is
    /// encoded.
    private mutating func addPercentRuns(_ token: Range<Int>) -> Bool {
        let known = runs.count
        let parts = text[token].split(whereSeparator: { $0 == .slash || $0 == .plus })
        for part in parts where part.contains(.percentSign) {
            guard let decoded = try? PercentCodec.decode(part), Self.isText(decoded.bytes[...]) else { continue }
            runs.append(EncodedRun(range: part.startIndex..<part.endIndex, encoding: .percent, decoded: decoded))
        }
        guard runs.count > known else { return false }
        for part in parts where !part.contains(.percentSign) {
            _ = scanDigits(part.startIndex..<part.endIndex, before: part.endIndex)
        }
        return true
    }

    // MARK: - Base64 and hexadecimal digits

    /// Examines the digits in a token and returns the index after the last one that was read.
    private mutating func scanDigits(_ token: Range<Int>, before limit: Int) -> Int {
        var next = token.upperBound
        var partEnd = token.lowerBound - 1
        while partEnd < token.upperBound {
            let start = partEnd + 1
            partEnd = start
            while partEnd < token.upperBound, !Self.partsTokens(text[partEnd]) { partEnd += 1 }
            // Only the last part may be followed by padding.
            guard partEnd - start >= Self.shortestValue || partEnd == token.upperBound && partEnd > start else {
                continue
            }
            var end = partEnd
            while end < limit, text[end] == .equals, end < partEnd + 2 { end += 1 }
            if end < limit, text[end] == .equals { end = partEnd }
            let digits = start..<end
            if digits.upperBound == next || digits.upperBound > next,
                let block = wrappedBlock(from: digits, before: limit)
            {
                if add(block, .base64) || addBase32(block) { return block.upperBound }
                brokenBlockEnd = block.upperBound
            }
            scanRun(digits, padding: end - partEnd)
            next = max(next, end)
        }
        return next
    }

    /// Whether a byte separates encoded texts within one token.
    private static func partsTokens(_ byte: UInt8) -> Bool {
        byte == .dot || byte == UInt8(ascii: "~") || byte == .percentSign
    }

    private mutating func scanRun(_ run: Range<Int>, padding: Int) {
        guard run.count >= Self.shortestRun || mayBeShortValue(run, padding: padding) else { return }
        if add(run, .hex) || addBase32(run) || isTokenPart(run) && add(run, .base64url) || add(run, .base64) { return }
        // Names and paths use the same characters: `secret-QUJD…`, `/opt/QUJD…`.
        let pieces = text[run].split { !$0.isAlphanumeric && $0 != .equals }
        for piece in pieces where piece.count >= Self.shortestRun && piece.count < run.count {
            let range = piece.startIndex..<piece.endIndex
            if !add(range, .hex), !addBase32(range) { add(range, .base64) }
        }
    }

    /// Returns the lines of equal width from `first` on, if it ends its line and more lines follow.
    private func wrappedBlock(from first: Range<Int>, before limit: Int) -> Range<Int>? {
        guard first.count >= Self.shortestRun, first.lowerBound >= brokenBlockEnd,
            mayBeBase64Text(first) || hidesOther(first) || mayBeBase32Text(first)
        else { return nil }
        var end = first.upperBound
        var separator: ArraySlice<UInt8>?
        while end < limit, text[end].isLineBreak {
            var lineStart = end
            while lineStart < limit, text[lineStart].isWhitespace { lineStart += 1 }
            let gap = text[end..<lineStart]
            guard gap.filter({ $0 == .newline }).count == 1, separator.map({ $0.elementsEqual(gap) }) ?? true else {
                break
            }
            var lineEnd = lineStart
            while lineEnd < limit, lineEnd - lineStart < first.count,
                Base64Codec.digitValue(text[lineEnd]) != nil || text[lineEnd] == .equals
            {
                lineEnd += 1
            }
            guard lineEnd > lineStart, lineEnd == limit || text[lineEnd].isLineBreak else { break }
            separator = gap
            end = lineEnd
            if lineEnd - lineStart < first.count { break }
        }
        return separator == nil ? nil : first.lowerBound..<end
    }

    /// Adds a run if it decodes to text.
    @discardableResult
    private mutating func add(_ run: Range<Int>, _ encoding: Encoding) -> Bool {
        if encoding == .hex {
            guard isHex(run), let decoded = try? HexCodec.decode(text[run]) else { return false }
            guard decoded.bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0.isWhitespace }) else { return false }
            runs.append(EncodedRun(range: run, encoding: .hex, decoded: decoded))
            return true
        }
        guard let found = base64(run, encoding) else { return false }
        runs.append(found)
        return true
    }

    /// Adds a run if it decodes to text in base32.
    private mutating func addBase32(_ run: Range<Int>) -> Bool {
        guard let found = base32(run) else { return false }
        runs.append(found)
        return true
    }

    /// Returns the text that base64 digits encode; nil if it is not text.
    private mutating func base64(_ run: Range<Int>, _ encoding: Encoding) -> EncodedRun? {
        switch Base64Probe.beginning(text, from: run.lowerBound, to: run.upperBound) {
        case .text:
            guard mayBeBase64Text(run), let decoded = try? encoding.decode(text[run]), Self.isText(decoded.bytes[...])
            else { return nil }
            // A few bytes may be valid UTF-8 by chance, but are hardly ever all ASCII.
            guard run.count >= Self.shortestRun || decoded.bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            return EncodedRun(range: run, encoding: encoding, decoded: decoded)
        case .wideText:
            guard let decoded = try? encoding.decode(text[run]), let wide = TextEncoding.wide(decoded.bytes),
                Self.isText(wide.text.bytes[...])
            else { return nil }
            return EncodedRun(range: run, encodings: [encoding], characters: wide.encoding, decoded: wide.text)
        case .login:
            guard let decoded = try? encoding.decode(text[run]), Self.isLogin(decoded.bytes[...]) else { return nil }
            return EncodedRun(range: run, encoding: encoding, decoded: decoded)
        case .gzip: return compressed(run, encoding, as: .gzip, .gzip)
        case .zlib: return compressed(run, encoding, as: .zlib, .zlib)
        case .zstandard: return compressed(run, encoding, as: .zstandard, .zstandard)
        case nil: return nil
        }
    }

    /// Returns the text that is compressed in the bytes that digits encode; nil if there is none.
    private mutating func compressed(
        _ run: Range<Int>,
        _ digits: Encoding,
        as form: CompressedText.Form,
        _ encoding: Encoding
    ) -> EncodedRun? {
        guard let packed = try? digits.decode(text[run]) else { return nil }
        switch CompressedText.read(packed.bytes, as: form, atMost: min(room, CompressedCodec.limit)) {
        case .whole(let bytes) where Self.isText(bytes[...]):
            room -= bytes.count
            return EncodedRun(
                range: run,
                encodings: [digits, encoding],
                decoded: DecodedText(identity: bytes[...])
            )
        case .tooLong: hasPassedOver = true
        case .whole, .damaged: break
        }
        return nil
    }
}
