internal import Archive
internal import Detecting
internal import Documents
public import Sanitizing

/// Where a parameter's stand-in stands, as people see it: so that whoever gives a value knows what becomes of it.
public struct PlaceSight: Hashable, Sendable {
    /// The file's path.
    public var path: String
    /// The number of the line, from 1; nil where the stand-in is a part of the path.
    public var line: Int?
    /// The word that the stand-in is a part of; nil where it stands by itself.
    public var word: String?
}

extension Hydration {
    /// The bytes that a word has at most to be shown.
    private static let wordLimit = 80

    /// The place of a parameter that tells most about it: the first where its stand-in is a part of a longer word, or else
    /// the first; nil where it has none.
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
        guard let bytes = templates.first(where: { $0.path == place.path })?.bytes else { return nil }
        let span = location.fileSpan
        let line = bytes[..<span.start].count { $0 == UInt8(ascii: "\n") } + 1
        // What stands inside of an encoded text cannot be seen.
        guard location.steps.count == 1 else { return PlaceSight(path: place.path, line: line) }
        let start = bytes[..<span.start].lastIndex { !Self.isPartOfWord($0) }.map { $0 + 1 } ?? 0
        let end = bytes[span.end...].firstIndex { !Self.isPartOfWord($0) } ?? bytes.count
        let isLonger = (start, end) != (span.start, span.end) && end - start <= Self.wordLimit
        let word = isLonger ? String(validating: bytes[start..<end], as: UTF8.self) : nil
        return PlaceSight(path: place.path, line: line, word: word)
    }

    /// What stands in a URL, an address or a name; not what parts a setting's name from its value.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        !(byte <= 0x20 || byte == 0x7F) && !"\"'`=,;<>()[]{}|".utf8.contains(byte)
    }
}
