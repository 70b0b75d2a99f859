/// UTF-16 and UTF-32 in either byte order (RFC 2781 and the Unicode Standard, section 3.10).
///
/// A byte order mark is an ordinary character here. Invalid units (an unpaired surrogate, an extra byte) decode to
/// U+FFFD, and stay unchanged unless they are overwritten.
struct WideCodec {
    /// The size of a code unit in bytes: two or four.
    let width: Int
    let isLittleEndian: Bool

    /// Decodes bytes to UTF-8.
    func decode(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count / width)
        var index = raw.startIndex
        while index < raw.endIndex {
            let (value, count) = scalar(at: index, in: raw)
            if let value, value < 0x80 {
                text.append(ascii: UInt8(value), at: index, width: width)
            } else {
                text.append(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}", for: index..<(index + count))
            }
            index += count
        }
        return text
    }

    /// Encodes UTF-8 in code units.
    func encode(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        guard let text = String(validating: value, as: UTF8.self) else {
            throw .unrepresentable(at: 0, "UTF-16 and UTF-32 consist of characters, but the value is not UTF-8")
        }
        if width == 4 { return text.unicodeScalars.flatMap { bytes(of: $0.value) } }
        return text.utf16.flatMap { bytes(of: UInt32($0)) }
    }

    /// Returns the character at an index, or nil if it is invalid, and the number of bytes that encode it.
    private func scalar(at index: Int, in raw: ArraySlice<UInt8>) -> (value: UInt32?, count: Int) {
        guard let unit = unit(at: index, in: raw) else { return (nil, raw.endIndex - index) }
        guard width == 2, (0xD800..<0xE000).contains(unit) else { return (unit, width) }
        guard unit < 0xDC00, let second = self.unit(at: index + width, in: raw), (0xDC00..<0xE000).contains(second)
        else { return (nil, width) }
        return (0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00), 2 * width)
    }

    private func unit(at index: Int, in raw: ArraySlice<UInt8>) -> UInt32? {
        guard index + width <= raw.endIndex else { return nil }
        var unit: UInt32 = 0
        for offset in 0..<width {
            unit = unit << 8 | UInt32(raw[isLittleEndian ? index + width - 1 - offset : index + offset])
        }
        return unit
    }

    private func bytes(of unit: UInt32) -> [UInt8] {
        let bigEndian = (0..<width).map { UInt8(truncatingIfNeeded: unit >> UInt32(8 * (width - 1 - $0))) }
        return isLittleEndian ? bigEndian.reversed() : bigEndian
    }
}
