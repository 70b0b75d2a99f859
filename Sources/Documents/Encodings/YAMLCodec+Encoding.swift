// From values to the spellings of YAML scalars.
extension YAMLCodec {
    static func encodeSingleQuoted(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        try refuseControls(in: value, "a single-quoted scalar cannot hold a line break or a control character")
        var spelling: [UInt8] = []
        for byte in value {
            if byte == .singleQuote { spelling.append(byte) }
            spelling.append(byte)
        }
        return spelling
    }

    static func encodeDoubleQuoted(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        guard String(validating: value, as: UTF8.self) != nil else {
            throw .unrepresentable(at: 0, "YAML consists of characters, but the value is not UTF-8")
        }
        var known: [UInt8: ArraySlice<UInt8>] = [:]
        if let raw, raw.contains(.backslash) {
            known = try decodeDoubleQuoted(raw).escapes(in: raw, startingWith: [.backslash])
        }
        var spelling: [UInt8] = []
        for byte in value {
            if let escape = known[byte] {
                spelling += escape
                continue
            }
            switch byte {
            case .doubleQuote, .backslash: spelling += [.backslash, byte]
            case .newline: spelling += "\\n".utf8
            case .carriageReturn: spelling += "\\r".utf8
            case .tab: spelling += "\\t".utf8
            case 0..<0x20, 0x7F:
                spelling += "\\x".utf8
                spelling += [.hexDigit(byte >> 4, uppercase: false), .hexDigit(byte & 15, uppercase: false)]
            default: spelling.append(byte)
            }
        }
        return spelling
    }

    static func encodeLiteral(
        _ value: [UInt8],
        indent: Int,
        like raw: ArraySlice<UInt8>?
    ) throws(DocumentError) -> [UInt8] {
        for (index, byte) in value.enumerated() where byte != .newline && byte != .tab {
            guard byte >= 0x20, byte != 0x7F else {
                throw .unrepresentable(at: index, "a block scalar cannot hold a control character")
            }
        }
        try refuseOpenEnds(
            of: value,
            like: raw,
            "a block scalar cannot begin with white space or end with a line break"
        )
        let lineBreak: [UInt8] = raw?.contains(.carriageReturn) ?? false ? [.carriageReturn, .newline] : [.newline]
        var spelling: [UInt8] = []
        for (index, byte) in value.enumerated() {
            guard byte == .newline else {
                spelling.append(byte)
                continue
            }
            spelling += lineBreak
            // A blank line is written without indentation, as editors leave it.
            let isBlankLine = index + 1 < value.count && value[index + 1] == .newline
            if !isBlankLine { spelling += Array(repeating: .space, count: indent) }
        }
        return spelling
    }

    static func encodeFolded(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        try refuseControls(in: value, "a folded scalar cannot hold a line break that stays one")
        try refuseOpenEnds(of: value, like: raw, "a folded scalar cannot begin or end with white space")
        return value
    }

    private static func refuseControls(in value: [UInt8], _ message: String) throws(DocumentError) {
        for (index, byte) in value.enumerated() where byte < 0x20 && byte != .tab || byte == 0x7F {
            throw .unrepresentable(at: index, message)
        }
    }

    private static func refuseOpenEnds(
        of value: [UInt8],
        like raw: ArraySlice<UInt8>?,
        _ message: String
    ) throws(DocumentError) {
        if let first = value.first, first.isWhitespace, raw?.first?.isWhitespace != true {
            throw .unrepresentable(at: 0, message)
        }
        if value.last == .newline, raw?.last?.isLineBreak != true { throw .unrepresentable(at: value.count, message) }
    }
}
