internal import Detecting
public import Documents

/// Whether a file still has its form after its values were replaced: it reads as the same format, with the same keys in
/// the same order, and each value is of the type that it was.
///
/// It compares the file's own text, in the formats that have a grammar. What a value holds inside of it may become
/// shorter: base64 of which the whole is secret becomes a placeholder, and there is nothing in that.
public struct FormCheck: Sendable {
    /// What a value is to the program that reads it.
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
    /// - Parameter isReplaced: says whether a part of a text may have been replaced; such a key may have another name.
    public init(isReplaced: @escaping @Sendable (String) -> Bool) { self.isReplaced = isReplaced }

    /// Says in which line of `sanitized` the first difference in form is, and what it is; nil where there is none.
    public func difference(from original: Document, to sanitized: Document) -> (line: Int?, what: String)? {
        guard let before = original.layers.first, let after = sanitized.layers.first else { return nil }
        guard before.format == after.format else {
            return (nil, "it reads as \(after.format.rawValue) and no longer as \(before.format.rawValue)")
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
            if was.encoding != isNow.encoding { return (line, "a value is spelled in another way") }
            if was.type != isNow.type { return (line, "a value is of another type") }
            if !areSame(was.keyPath, isNow.keyPath) { return (line, "a value stands at other keys") }
        }
        return given.count == values.count ? nil : (nil, "it has \(values.count) values and no longer \(given.count)")
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
        // Whether a string of JSON escapes all but ASCII shows in what it holds, and makes no difference to who reads it.
        let encoding = value.encoding == .jsonStringASCII ? .jsonString : value.encoding
        return Entry(keyPath: value.keyPath, encoding: encoding, type: type)
    }

    private static func type(of text: ArraySlice<UInt8>) -> ValueType {
        let string = String(decoding: text, as: UTF8.self)
        if Double(string) != nil { return .number }
        return ["true", "false", "null", "~", ""].contains(string.lowercased()) ? .other : .text
    }
}
