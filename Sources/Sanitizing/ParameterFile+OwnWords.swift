internal import Detecting
internal import Documents

extension ParameterFile {
    /// The bytes of the file with blanks in place of what the format itself says, and zeros in place of its positions, for
    /// whoever looks for values in them.
    ///
    /// A position is where something stands, and `standIn` is the name of a member: nobody's secrets, but a PIN may be the
    /// same number, and a machine may be called so. All else stays at its place, so that lines and offsets are those of the
    /// file. Of a part of the file its whole lines are read.
    package static func withoutOwnWords(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for line in bytes.indices.split(whereSeparator: { bytes[$0] == UInt8(ascii: "\n") }) {
            blankOwnWords(in: line.startIndex..<line.endIndex, of: &bytes)
        }
        return bytes
    }

    /// The members of the file.
    private static let members: Set<String> = [
        "schema", "parameters", "omitted", "kept", "name", "kind", "severity", "description", "standIn", "required",
        "generator", "origin", "places", "path", "inPath", "steps", "start", "end", "encodings", "form", "bytes",
        "parameter", "derivation", "reason", "domain", "digest",
    ]

    /// The file is written with one member, or one element, a line.
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

    /// Whether a member has the text from a list that the format fixes.
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

    /// The first string without escapes in a line.
    private static func string(in line: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
        let quote = UInt8(ascii: "\"")
        guard let start = line.first(where: { bytes[$0] == quote }),
            let end = (start + 1..<line.upperBound).first(where: { bytes[$0] == quote }),
            !bytes[start..<end].contains(UInt8(ascii: "\\"))
        else { return nil }
        return start + 1..<end
    }
}
