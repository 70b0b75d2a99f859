internal import Documents

/// The decoded value of a setting, with all keys that lead to it, including those of enclosing texts.
struct SettingValue {
    var keyPath: [String]
    var value: [UInt8]
    var location: Location
    /// Whether it is an unquoted word in a programming language, so that it may be an expression.
    var isBare: Bool

    /// Whether the value means that nothing is set.
    var isUnset: Bool {
        value.isEmpty || Self.unsetWords.contains(String(decoding: value, as: UTF8.self).lowercased())
    }

    private static let unsetWords: Set<String> = ["0", "1", "true", "false", "null", "none", "~"]

    /// Whether the value is only a reference: a variable, a template expression, a blank to fill in.
    var isReference: Bool {
        let text = String(decoding: value, as: UTF8.self)
        if Self.marks.contains(where: text.contains) { return true }
        if text.hasPrefix("<") && text.hasSuffix(">") { return true }
        if text.hasPrefix("$"), text.dropFirst().utf8.allSatisfy(\.isCapitalVariableByte) { return true }
        return isBare && (text.contains("(") || text.contains("[") || text.hasPrefix("var."))
    }

    private static let marks = ["${", "$(", "{{", "{%", "<%"]
}

extension Document {
    /// The values of all settings that are not commented out.
    ///
    /// The contents of a nested text, such as the base64 of a password, are decoded.
    var settingValues: [SettingValue] {
        var found: [SettingValue] = []
        for layer in layers {
            let outer = layer.keyPath
            if !outer.isEmpty {
                let whole = Span(0, layer.text.count)
                found.append(
                    SettingValue(keyPath: outer, value: layer.text, location: layer.location(of: whole), isBare: false)
                )
            }
            // A value without keys of its own belongs to the keys around the text.
            for value in layer.values
            where value.role == .value && !layer.covers(value.span) && (outer.isEmpty || !value.keyPath.isEmpty) {
                guard !layer.isCommentedOut(value.span) else { continue }
                // A value that is invalid in its format is noted on the document.
                guard let decoded = try? value.encoding.decode(layer.text[value.span.range]) else { continue }
                found.append(
                    SettingValue(
                        keyPath: outer + value.keyPath,
                        value: decoded.bytes,
                        location: layer.location(of: value.span),
                        isBare: value.encoding == .bare || value.encoding == .line
                    )
                )
            }
        }
        return found
    }

    /// Whether the file is an example: `env.example`.
    package var isExample: Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix("example.") || Self.exampleSuffixes.contains(where: name.hasSuffix)
    }

    private static var exampleSuffixes: [String] {
        [".example", ".sample", ".template", ".dist", "-example", "-sample"]
    }
}

extension Layer {
    /// Whether `#` begins the line of a value in a text without keys: a file whose settings are all commented out, as
    /// installed by packages, is read as such a text.
    fileprivate func isCommentedOut(_ span: Span) -> Bool {
        guard format == .prose else { return false }
        let start = text[..<span.start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return text[start..<span.start].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            == UInt8(ascii: "#")
    }

    /// Whether a nested text covers the whole of `span`.
    fileprivate func covers(_ span: Span) -> Bool {
        var low = 0
        var high = covered.count
        while low < high {
            let middle = (low + high) / 2
            if covered[middle].start <= span.start { low = middle + 1 } else { high = middle }
        }
        return low > 0 && covered[low - 1].contains(span)
    }
}
