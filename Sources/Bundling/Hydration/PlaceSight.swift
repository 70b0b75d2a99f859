internal import Archive
internal import Detecting
internal import Documents
public import Sanitizing

/// The place of a parameter's stand-in as it is shown to the person who gives a value, so that its effect is clear.
public struct PlaceSight: Hashable, Sendable {
    /// The file's path.
    public var path: String
    /// The line number, from 1; nil if the stand-in is in the path.
    public var line: Int?
    /// The word that contains the stand-in; nil if it stands alone.
    public var word: String?
}

extension Hydration {
    /// The maximum length in bytes of a word that is shown.
    private static let wordLimit = 80

    /// Returns the most informative place of a parameter: the first one where its stand-in is part of a longer word, or
    /// else the first one; nil if it has no place.
    public func sight(of parameter: Parameter) -> PlaceSight? {
        let isIdentifier = parameter.severity != .secret
        var first: PlaceSight?
        for place in parameter.places.prefix(Self.placesLookedAt) {
            guard let sight = sight(of: place) else { continue }
            if isIdentifier, sight.word != nil { return sight }
            if first == nil { first = sight }
        }
        return first
    }

    private static let placesLookedAt = 16

    private func sight(of place: Parameter.Place) -> PlaceSight? {
        guard let location = place.location else { return PlaceSight(path: place.path) }
        guard let bytes = template(at: place.path)?.bytes else { return nil }
        let span = location.fileSpan
        let line = bytes[..<span.start].count { $0 == UInt8(ascii: "\n") } + 1
        // Contents of an encoded text are not visible.
        guard location.steps.count == 1 else { return PlaceSight(path: place.path, line: line) }
        let start = bytes[..<span.start].lastIndex { !Self.isPartOfWord($0) }.map { $0 + 1 } ?? 0
        let end = bytes[span.end...].firstIndex { !Self.isPartOfWord($0) } ?? bytes.count
        let isLonger = (start, end) != (span.start, span.end) && end - start <= Self.wordLimit
        let word = isLonger ? String(validating: bytes[start..<end], as: UTF8.self) : nil
        return PlaceSight(path: place.path, line: line, word: word)
    }

    /// Whether a byte belongs to a URL, an address or a name, rather than separating a setting's name from its value.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        !(byte <= 0x20 || byte == 0x7F) && !"\"'`=,;<>()[]{}|".utf8.contains(byte)
    }
}
