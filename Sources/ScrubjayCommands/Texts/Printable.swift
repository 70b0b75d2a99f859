/// Makes text safe to show on a terminal or a page.
enum Printable {
    /// Returns the text with control and reordering characters escaped, so that a file's name cannot move the cursor.
    static func text(_ text: String, keepingTabs: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: result += "\\n"
            case 0x0D: result += "\\r"
            case 0x09 where !keepingTabs: result += "\\t"
            case 0x09: result += "\t"
            case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
