internal import Detecting
internal import Documents

extension ParameterFile {
    /// Returns the file with the format's own words blanked out and its positions zeroed, for a search for values.
    ///
    /// A position is a number and `standIn` is a member name; neither is a secret, but a PIN may be the same number,
    /// and a machine may have the same name. All other bytes keep their places, so that lines and offsets match the
    /// file. If only a part of the file is given, its whole lines are processed.
    package static func withoutOwnWords(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for line in bytes.indices.split(whereSeparator: { bytes[$0] == UInt8(ascii: "\n") }) {
            blankOwnWords(in: line.startIndex..<line.endIndex, of: &bytes)
        }
        return bytes
    }

    /// The member names of the format.
    private static let members: Set<String> = [
        "schema", "parameters", "omitted", "kept", "madeAfresh", "name", "kind", "severity", "description", "standIn",
        "required", "generator", "origin", "places", "path", "inPath", "steps", "start", "end", "encodings", "form",
        "bytes", "parameter", "derivation", "reason", "domain", "digest",
    ]

    /// Blanks out the format's own words in a line, which holds one member or one element.
    private static func blankOwnWords(in line: Range<Int>, of bytes: inout [UInt8]) {
        guard let first = string(in: line, of: bytes) else { return }
        let name = String(decoding: bytes[first], as: UTF8.self)
        let rest = (first.upperBound + 1)..<line.upperBound
        guard bytes[rest].starts(with: ": ".utf8) else {
            if Encoding(rawValue: name) != nil { blank(first, of: &bytes) }
            return
        }
        guard members.contains(name) else { return }
        blank(first, of: &bytes)
        if name == "start" || name == "end" {
            for index in rest where bytes[index].isDigit {
                bytes[index] = UInt8(ascii: "0")
            }
        } else if let value = string(in: rest, of: bytes),
            isOwn(String(decoding: bytes[value], as: UTF8.self), of: name)
        {
            blank(value, of: &bytes)
        }
    }

    /// Whether a member's text is from a fixed list of the format.
    private static func isOwn(_ text: String, of member: String) -> Bool {
        switch member {
        case "kind": Kind(rawValue: text) != nil
        case "severity": Severity(rawValue: text) != nil
        case "derivation": Derivation(rawValue: text) != nil
        case "form": ["hex", "base64url"].contains(text)
        default: false
        }
    }

    private static func blank(_ range: Range<Int>, of bytes: inout [UInt8]) {
        for index in range { bytes[index] = UInt8(ascii: " ") }
    }

    /// Returns the first string without escapes in a line.
    private static func string(in line: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
        let quote = UInt8(ascii: "\"")
        guard let start = line.first(where: { bytes[$0] == quote }),
            let end = (start + 1..<line.upperBound).first(where: { bytes[$0] == quote }),
            !bytes[start..<end].contains(UInt8(ascii: "\\"))
        else { return nil }
        return start + 1..<end
    }
}
