internal import Documents

extension Rule {
    /// A text in which the rule must, or must not, find its value.
    public struct Example: Hashable, Sendable {
        /// The path of the file that the text represents; it determines how the text is read.
        public var path: String
        /// The text, with `{{` and `}}` around the value and `{}` for nothing; for a rule about paths, the path.
        ///
        /// The marks prevent other scanners from mistaking an example for a real token.
        public var text: String
    }
}

extension Rule.Example {
    /// A part of an example.
    enum Part: Hashable, Sendable {
        /// The text around the values.
        case text([UInt8])
        /// A value to be found.
        case value([UInt8])
    }

    /// The parts of the example, without the marks.
    ///
    /// In a template, a blank follows the braces, as in `{{ name }}`; it does not follow a mark.
    var parts: [Part] {
        var parts: [Part] = []
        var part: [UInt8] = []
        var isValue = false
        var rest = Array(text.utf8)[...]
        func close() {
            if !part.isEmpty || isValue { parts.append(isValue ? .value(part) : .text(part)) }
            part = []
            isValue.toggle()
        }
        while let byte = rest.first {
            if !isValue, rest.starts(with: "{{".utf8), rest.dropFirst(2).first != UInt8(ascii: " ") {
                close()
                rest = rest.dropFirst(2)
            } else if isValue, rest.starts(with: "}}".utf8) {
                close()
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "{}".utf8) {
                rest = rest.dropFirst(2)
            } else {
                part.append(byte)
                rest = rest.dropFirst()
            }
        }
        if !part.isEmpty { parts.append(isValue ? .value(part) : .text(part)) }
        return parts
    }

    /// The text without the marks, and the places of the values in it.
    var unmarked: (text: [UInt8], values: [Span]) {
        var bytes: [UInt8] = []
        var spans: [Span] = []
        for part in parts {
            switch part {
            case .text(let text): bytes += text
            case .value(let value):
                spans.append(Span(bytes.count, bytes.count + value.count))
                bytes += value
            }
        }
        return (bytes, spans)
    }

    /// Returns the example as shown to people, with `‹40 characters, letters and digits›` in place of a value of the
    /// kind `kind`.
    public func masked(as kind: Kind) -> String {
        parts.reduce(into: "") { result, part in
            switch part {
            case .text(let text): result += String(decoding: text, as: UTF8.self)
            case .value(let value): result += "‹\(Mask.mask(value, kind: kind))›"
            }
        }
    }
}
