extension JSONValue {
    /// The layout of a JSON text.
    public enum Layout: Hashable, Sendable {
        /// One line without white space.
        case line
        /// One member per line, indented by two spaces, with a final newline.
        case indented
    }

    /// Returns the UTF-8 bytes of the value, which are the same for the same value on every machine.
    ///
    /// Strings escape only the quote, the backslash and control characters (RFC 8785 section 3.2.2.2).
    public func serialized(_ layout: Layout = .indented) -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output, layout: layout, depth: 0)
        if layout == .indented { output.append(UInt8(ascii: "\n")) }
        return output
    }

    /// Returns the value as it appears in an indented text at a depth, without a trailing line break.
    package func serializedMember(depth: Int) -> [UInt8] {
        var output = [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
        write(to: &output, layout: .indented, depth: depth)
        return output
    }

    private func write(to output: inout [UInt8], layout: Layout, depth: Int) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .string(let value): Self.write(string: value, to: &output)
        case .array(let elements):
            Self.write(elements, between: "[", and: "]", to: &output, layout: layout, depth: depth) {
                $0.write(to: &$1, layout: layout, depth: depth + 1)
            }
        case .object(let members):
            Self.write(members, between: "{", and: "}", to: &output, layout: layout, depth: depth) {
                Self.write(string: $0.name, to: &$1)
                $1 += (layout == .indented ? ": " : ":").utf8
                $0.value.write(to: &$1, layout: layout, depth: depth + 1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between open: String,
        and close: String,
        to output: inout [UInt8],
        layout: Layout,
        depth: Int,
        item: (Item, inout [UInt8]) -> Void
    ) {
        output += open.utf8
        for (index, element) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            if layout == .indented { newLine(to: &output, depth: depth + 1) }
            item(element, &output)
        }
        if layout == .indented && !items.isEmpty { newLine(to: &output, depth: depth) }
        output += close.utf8
    }

    private static func newLine(to output: inout [UInt8], depth: Int) {
        output.append(UInt8(ascii: "\n"))
        output += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }

    /// Writes a quoted string; most strings need no escapes, and are copied.
    static func write(string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let start = output.count
        output.append(contentsOf: string.utf8)
        if output[start...].contains(where: {
            $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
        }) {
            output.removeSubrange(start...)
            for byte in string.utf8 { write(escaped: byte, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func write(escaped byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): output += "\\\"".utf8
        case UInt8(ascii: "\\"): output += "\\\\".utf8
        case 0x08: output += "\\b".utf8
        case 0x09: output += "\\t".utf8
        case 0x0A: output += "\\n".utf8
        case 0x0C: output += "\\f".utf8
        case 0x0D: output += "\\r".utf8
        case 0..<0x20, 0x7F:
            let digits = Array("0123456789abcdef".utf8)
            output += "\\u00".utf8
            output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: output.append(byte)
        }
    }
}
