// From values to spellings with escapes.
extension BackslashCodec {
    func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        var known: [UInt8: ArraySlice<UInt8>] = [:]
        var escapesUnicode = false
        var leavesBackslash = false
        if let raw, raw.contains(.backslash) {
            let old = try decode(raw)
            known = old.escapes(in: raw, startingWith: [.backslash])
            leavesBackslash = dialect == .common && leavesBackslashes(in: raw)
            escapesUnicode = dialect != .shell && !raw.contains { $0 >= 0x80 } && old.bytes.contains { $0 >= 0x80 }
        }
        var spelling: [UInt8] = []
        spelling.reserveCapacity(value.count)
        if dialect == .properties, let first = value.first, first.isBlank { spelling.append(.backslash) }
        var index = 0
        while index < value.count {
            let byte = value[index]
            if leavesBackslash, byte == .backslash, index + 1 < value.count, standsForItself(before: value[index + 1]) {
                spelling.append(byte)
            } else if let escape = known[byte] {
                spelling.append(contentsOf: escape)
            } else if reserved.contains(byte) {
                spelling.append(contentsOf: [.backslash, byte])
            } else if byte < 0x20 || byte == 0x7F {
                spelling.append(contentsOf: try controlEscape(byte, at: index))
            } else if byte >= 0x80, escapesUnicode {
                index += appendUnicodeEscape(of: value[index...], to: &spelling)
                continue
            } else {
                spelling.append(byte)
            }
            index += 1
        }
        return spelling
    }

    /// Whether all backslashes are literal, as in a regular expression: `wren\.test`.
    private func leavesBackslashes(in raw: ArraySlice<UInt8>) -> Bool {
        var index = raw.startIndex
        while let escape = raw[index...].firstIndex(of: .backslash) {
            guard escape + 1 < raw.endIndex, standsForItself(before: raw[escape + 1]) else { return false }
            index = escape + 1
        }
        return true
    }

    /// Whether a backslash before `byte` is literal.
    private func standsForItself(before byte: UInt8) -> Bool {
        simpleEscape(byte) == nil && [.dot, .dash, .plus, .question, .asterisk].contains(byte)
    }

    private func controlEscape(_ byte: UInt8, at index: Int) throws(DocumentError) -> [UInt8] {
        if dialect == .shell {
            guard byte != 0 else { throw .unrepresentable(at: index, "a shell word cannot hold a NUL") }
            return [byte]
        }
        switch byte {
        case .newline: return [.backslash, UInt8(ascii: "n")]
        case .carriageReturn: return [.backslash, UInt8(ascii: "r")]
        case .tab: return [.backslash, UInt8(ascii: "t")]
        case 0x0C: return [.backslash, UInt8(ascii: "f")]
        case 0x08 where dialect != .properties: return [.backslash, UInt8(ascii: "b")]
        case 0x7F: return [byte]
        default:
            guard dialect != .common else {
                throw .unrepresentable(at: index, "it has no common spelling in the languages with backslash escapes")
            }
            return Array("\\u00".utf8) + [
                .hexDigit(byte >> 4, uppercase: false), .hexDigit(byte & 15, uppercase: false),
            ]
        }
    }

    /// Appends `\uXXXX` for the first character of `rest` and returns the length of that character in bytes.
    private func appendUnicodeEscape(of rest: ArraySlice<UInt8>, to spelling: inout [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = rest.prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
            spelling.append(rest[rest.startIndex])
            return 1
        }
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
            spelling.append(contentsOf: "\\u".utf8)
            for shift in stride(from: 12, through: 0, by: -4) {
                spelling.append(.hexDigit(UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15, uppercase: false))
            }
        }
        return UTF8.encode(scalar)?.count ?? 1
    }
}
