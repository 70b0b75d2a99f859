/// The tags of an XML or HTML text, without the contents between them and the values of their attributes.
package struct MarkupTags: Sendable {
    private struct Tag {
        /// The tag, with the quotes of its attributes but not their values.
        var bytes: [UInt8]
        var place: Int
        /// The name in the text; empty for a comment or an instruction.
        var name: Range<Int>
    }

    private let text: [UInt8]
    private let tags: [Tag]
    /// The names of the elements that are closed somewhere in the text.
    private let closed: Set<ArraySlice<UInt8>>

    /// Reads the tags of a file; nil if its name or its beginning shows that it is not XML or HTML.
    package init?(path: String, text: [UInt8]) {
        let name = FileName(path: path)
        guard name.isMarkup, !text.prefix(256).contains(0), text.first(where: { !$0.isWhitespace }) == .lessThan else {
            return nil
        }
        self.init(text: text)
    }

    /// Reads the tags of a text.
    package init(text: [UInt8]) {
        self.text = text
        var tags: [Tag] = []
        var position = 0
        while position < text.count {
            guard text[position] == .lessThan, position + 1 < text.count else {
                position += 1
                continue
            }
            if let end = Self.endOfPart(at: position, in: text) {
                tags.append(Tag(bytes: [.lessThan, text[position + 1]], place: position, name: position..<position))
                position = end
            } else if text[position + 1].isLetter || text[position + 1] == .slash {
                let (bytes, end) = Self.tag(at: position, in: text)
                tags.append(Tag(bytes: bytes, place: position, name: Self.name(at: position, in: text)))
                position = end
            } else {
                position += 1
            }
        }
        self.tags = tags
        closed = Set(tags.lazy.filter { text[$0.place + 1] == .slash }.map { text[$0.name] })
    }

    /// Finds the first tag that another version of the text does not have at its place.
    ///
    /// - Returns: the 1-based line of the other version; nil if it has the same tags.
    package func firstChangedLine(in other: MarkupTags) -> Int? {
        let same = zip(tags, other.tags).prefix { $0.bytes == $1.bytes }.count
        guard same < tags.count || same < other.tags.count else { return nil }
        let place = same < other.tags.count ? other.tags[same].place : other.text.count
        return 1 + other.text[..<place].count { $0 == .newline }
    }

    /// Whether the bytes from `start` to `end` are the name of an element, or a part of it, in a tag.
    ///
    /// Only an element that is closed somewhere counts: `<lia@wren.test>` is no tag.
    package func isName(from start: Int, to end: Int) -> Bool {
        let next = tags.partitioningIndex { $0.place >= start }
        guard next > 0, start < end else { return false }
        let name = tags[next - 1].name
        return name.lowerBound <= start && end <= name.upperBound && closed.contains(text[name])
    }

    /// Returns the place of the name in the tag at `start`.
    private static func name(at start: Int, in text: [UInt8]) -> Range<Int> {
        let first = text[start + 1] == .slash ? start + 2 : start + 1
        let name = text[first...].prefix { !$0.isWhitespace && $0 != .greaterThan && $0 != .slash }
        return first..<name.endIndex
    }

    /// The end of the comment, CDATA section or instruction at `start`; nil if there is none.
    private static func endOfPart(at start: Int, in text: [UInt8]) -> Int? {
        for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
        where text[start...].starts(with: open.utf8) {
            let close = Array(close.utf8)
            var end = start + open.utf8.count
            while end < text.count, !text[end...].starts(with: close) { end += 1 }
            return min(text.count, end + close.count)
        }
        return nil
    }

    /// Returns the tag at `start` without the values of its attributes, and its end.
    private static func tag(at start: Int, in text: [UInt8]) -> (bytes: [UInt8], end: Int) {
        var bytes: [UInt8] = []
        var quote: UInt8?
        var position = start
        while position < text.count {
            let byte = text[position]
            position += 1
            if let open = quote {
                guard byte == open else { continue }
                quote = nil
            } else if byte == .doubleQuote || byte == .singleQuote {
                quote = byte
            }
            if !byte.isWhitespace { bytes.append(byte) }
            if quote == nil, byte == .greaterThan { break }
        }
        return (bytes, position)
    }
}
