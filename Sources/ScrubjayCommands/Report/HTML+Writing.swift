extension HTML {
    /// Returns the bytes of a whole page.
    static func page(_ root: HTML) -> [UInt8] {
        var output = Array("<!DOCTYPE html>\n".utf8)
        root.write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .text(let text): Self.write(text, to: &output)
        case .group(let parts): for part in parts { part.write(to: &output) }
        case .style(let sheet):
            // The text whose digest is in the policy must be written unchanged.
            output += "<style>".utf8
            output += sheet.text.utf8
            output += "</style>\n".utf8
        case .element(let tag, let attributes, let contents):
            output.append(UInt8(ascii: "<"))
            output += "\(tag.name)".utf8
            for attribute in attributes {
                output += " \(attribute.name)=\"".utf8
                Self.write(attribute.value, to: &output)
                output.append(UInt8(ascii: "\""))
            }
            output.append(UInt8(ascii: ">"))
            if !tag.isVoid {
                for part in contents { part.write(to: &output) }
                output += "</\(tag.name)>".utf8
            }
            if tag.isBlock { output.append(UInt8(ascii: "\n")) }
        }
    }

    /// Writes text or an attribute's value, escaped so that nothing is markup and every character is visible.
    private static func write(_ text: String, to output: inout [UInt8]) {
        for scalar in Printable.text(text, keepingTabs: true).unicodeScalars {
            switch scalar {
            case "&": output += "&amp;".utf8
            case "<": output += "&lt;".utf8
            case ">": output += "&gt;".utf8
            case "\"": output += "&quot;".utf8
            case "'": output += "&#39;".utf8
            default: output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }
}
