internal import Detecting
public import Documents

/// Checks that a file has kept its form after sanitizing: the same format, the same keys in the same order, and values
/// of the same types.
///
/// It compares the text of the file itself, in formats with a grammar. Contents encoded in a value may change: base64
/// that is a secret as a whole becomes a placeholder, which decodes to nothing.
public struct FormCheck: Sendable {
    /// The type of a value to the program that reads it.
    private enum ValueType: Hashable {
        case text
        case number
        case other
    }

    private struct Entry: Hashable {
        var keyPath: [String]
        var encoding: Encoding
        var type: ValueType
    }

    private static let formats: Set<Format> = [.dotenv, .yaml, .json, .properties, .ini, .toml]

    private let isReplaced: @Sendable (String) -> Bool

    /// Makes a check.
    ///
    /// - Parameter isReplaced: returns whether a part of a text may have been replaced; a key with such a part may be
    ///   renamed.
    public init(isReplaced: @escaping @Sendable (String) -> Bool) { self.isReplaced = isReplaced }

    /// Makes a check of files in which `values` were replaced, in any letter case.
    public init(replacing values: [[UInt8]]) {
        let (short, long) = (values.filter { $0.count < 4 }, values.filter { $0.count >= 4 })
        let words = short.map { String(decoding: $0, as: UTF8.self).lowercased() }
        let search = NeedleSearch(
            long.enumerated().map { number, value in
                NeedleSearch.Needle(bytes: value, value: number, form: "", boundary: .none, spelling: .ignoringCase)
            }
        )
        self.init { part in
            if !search.matches(in: Array(part.utf8)).asWritten.isEmpty { return true }
            let part = part.lowercased()
            return words.contains { part.contains($0) }
        }
    }

    /// Finds the first difference in form between a file and its sanitized version.
    ///
    /// If its format has no grammar, neither is parsed. Of nested texts, only those with a replacement are parsed.
    ///
    /// - Parameters:
    ///   - original: the file.
    ///   - places: the spans of the file that were replaced.
    ///   - sanitized: the bytes of the sanitized file.
    ///   - standIns: the spans of the stand-ins in those bytes.
    /// - Returns: the difference and its line, if it has one; nil if there is no difference.
    public func difference(
        from original: Document,
        replacedAt places: [Span],
        to sanitized: [UInt8],
        standInsAt standIns: [Span]
    ) -> (line: Int?, what: String)? {
        let (path, bytes) = (original.path, original.bytes)
        if let code = CodeText(path: path, text: bytes) {
            return Self.difference(from: code, at: path, replacedAt: places, to: sanitized, standInsAt: standIns)
        }
        if let line = Self.changedTag(at: path, from: bytes, to: sanitized) { return (line, "a tag is changed") }
        let before = Document.recognisedFormat(path: path, bytes: bytes)
        let after = Document.recognisedFormat(path: path, bytes: sanitized)
        if Self.formats.contains(before) || Self.formats.contains(after) {
            return difference(
                from: Document(path: path, bytes: bytes, readAt: places.sorted { $0 < $1 }),
                to: Document(path: path, bytes: sanitized, readAt: standIns.sorted { $0 < $1 })
            )
        }
        // Prose has no form that a program relies on. Which other format it resembles is a matter of a few lines.
        return before == after || before == .prose ? nil : Self.otherFormat(after, than: before)
    }

    private static func difference(
        from code: CodeText,
        at path: String,
        replacedAt places: [Span],
        to sanitized: [UInt8],
        standInsAt standIns: [Span]
    ) -> (line: Int?, what: String)? {
        guard let other = CodeText(path: path, text: sanitized) else {
            return (nil, "it is not a valid program in its language")
        }
        let line = code.firstChangedLine(
            in: other,
            replaced: places.sorted { $0 < $1 },
            standIns: standIns.sorted { $0 < $1 }
        )
        return line.map { ($0, "the program itself is changed, outside its texts") }
    }

    /// Returns the line of the first changed tag of a markup document; nil if all are unchanged.
    private static func changedTag(at path: String, from original: [UInt8], to sanitized: [UInt8]) -> Int? {
        MarkupTags(path: path, text: original)?.firstChangedLine(in: MarkupTags(text: sanitized))
    }

    private static func otherFormat(_ after: Format, than before: Format) -> (line: Int?, what: String) {
        (nil, "it is read as \(after.rawValue) instead of \(before.rawValue)")
    }

    /// Finds the first difference in form in `sanitized`, with its line; nil if there is none.
    public func difference(from original: Document, to sanitized: Document) -> (line: Int?, what: String)? {
        guard let before = original.layers.first, let after = sanitized.layers.first else { return nil }
        // A text that could not be read in its own format may become one that can.
        guard before.format == after.format || !original.notes.isEmpty else {
            return Self.otherFormat(after.format, than: before.format)
        }
        if sanitized.notes.count > original.notes.count, let note = sanitized.notes.last {
            return (note.line, note.message)
        }
        guard Self.formats.contains(before.format) else { return nil }
        let values = after.outermostValues.filter { $0.role == .value }
        let given = before.outermostValues.filter { $0.role == .value }
        for (old, new) in zip(given, values) {
            let (was, isNow) = (Self.entry(old, in: before), Self.entry(new, in: after))
            guard was != isNow else { continue }
            let line = 1 + after.text[..<new.span.start].count { $0 == UInt8(ascii: "\n") }
            // A value that its own reader rejects, such as one with an unclosed quote, has no spelling to preserve.
            if was.encoding != isNow.encoding, original.notes.isEmpty {
                return (line, "a value is spelled differently")
            }
            if was.type != isNow.type { return (line, "a value is of another type") }
            if !areSame(was.keyPath, isNow.keyPath) { return (line, "a value has different keys") }
        }
        return given.count == values.count ? nil : (nil, "it has \(values.count) values instead of \(given.count)")
    }

    private func areSame(_ old: [String], _ new: [String]) -> Bool {
        old.count == new.count && zip(old, new).allSatisfy { $0 == $1 || isReplaced($0) }
    }

    private static func entry(_ value: AddressedValue, in layer: Layer) -> Entry {
        let text = layer.text[value.span.range]
        let type: ValueType =
            switch value.encoding {
            case .bare, .literal, .yamlPlain, .yamlFlowPlain: Self.type(of: text)
            default: .text
            }
        return Entry(keyPath: value.keyPath, encoding: comparable(value.encoding, in: layer.format), type: type)
    }

    /// Returns the encoding, without differences on which readers of the format disagree.
    private static func comparable(_ encoding: Encoding, in format: Format) -> Encoding {
        // Whether a JSON string escapes all non-ASCII characters depends on its contents, and makes no difference.
        if encoding == .jsonStringASCII { return .jsonString }
        // Readers of INI files interpret the quotes in `"a""b"` differently, but all accept `"ab"`.
        return format == .ini && quotedOrNot.contains(encoding) ? .ini : encoding
    }

    private static let quotedOrNot: Set<Encoding> = [.ini, .line, .doubleQuoted, .singleQuoted, .tomlLiteral]

    private static func type(of text: ArraySlice<UInt8>) -> ValueType {
        let string = String(decoding: text, as: UTF8.self)
        if Double(string) != nil { return .number }
        return ["true", "false", "null", "~", ""].contains(string.lowercased()) ? .other : .text
    }
}
