// Whether a run of digits encodes a text, or only looks as if it did.
extension EncodedRuns {
    /// Whether a run is too short to be distinguished from a word, but fills a value and has a valid length for base64.
    func mayBeShortValue(_ run: Range<Int>, padding: Int) -> Bool {
        let shortest = padding > 0 ? Self.shortestPaddedValue : Self.shortestValue
        return run.count >= shortest && run.count.isMultiple(of: 4) && fillsValue(run)
    }

    /// Whether a run is part of a JSON Web Token, whose parts are separated by dots.
    func isTokenPart(_ run: Range<Int>) -> Bool {
        let followsDot = run.lowerBound > 0 && text[run.lowerBound - 1] == .dot
        return followsDot || (run.upperBound < text.count && text[run.upperBound] == .dot)
    }

    /// Whether a run is a whole value, between the quotes or blanks of a setting.
    private func fillsValue(_ run: Range<Int>) -> Bool {
        guard let value = Self.value(around: run, of: values, outermost), value.role != .key else { return false }
        let before = run.lowerBound > value.span.start ? text[run.lowerBound - 1] : .space
        let after = run.upperBound < value.span.end ? text[run.upperBound] : .space
        return (before.isBlank || before == .equals || before == .colon) && after.isWhitespace
    }

    /// Whether a run is hexadecimal digits, including a letter; without a letter it is a number.
    func isHex(_ run: Range<Int>) -> Bool {
        guard run.count.isMultiple(of: 2) else { return false }
        var hasLetter = false
        for byte in text[run] {
            guard byte.hexValue != nil else { return false }
            if byte.isLetter { hasLetter = true }
        }
        return hasLetter
    }

    /// Whether a run begins like one that decodes to UTF-16 or compressed data.
    func hidesOther(_ run: Range<Int>) -> Bool {
        switch Base64Probe.beginning(text, from: run.lowerBound, to: run.upperBound) {
        case .gzip, .zlib, .zstandard, .wideText: true
        case .text, .login, nil: false
        }
    }

    /// Whether the first digits of a run decode to bytes that text may contain.
    func mayBeBase64Text(_ run: Range<Int>) -> Bool {
        var group: UInt32 = 0
        var bits = 0
        for byte in text[run].prefix(Self.probe) {
            guard let value = Base64Codec.digitValue(byte) else { return byte == .equals || byte.isWhitespace }
            group = group << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            let decoded = UInt8(truncatingIfNeeded: group >> UInt32(bits))
            if decoded.isForeignToText || decoded == 0x1B || decoded == 0x0B { return false }
        }
        return true
    }

    /// Whether bytes are a login and its password, each preceded by a NUL.
    static func isLogin(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].isEmpty && parts.dropFirst().allSatisfy(isText)
    }

    /// Whether bytes are text: UTF-8 without control characters.
    static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !bytes.isEmpty, !bytes.contains(where: { $0.isForeignToText || $0 == 0x1B || $0 == 0x0B }) else {
            return false
        }
        return String(validating: bytes, as: UTF8.self) != nil
    }
}
