public import Documents

/// Finds every place of known values, in texts and in paths, in one pass of vectorscan.
///
/// A text is searched in each of a document's layers, so that what base64, escapes and nesting hide is found where a
/// reader of the file would see it. Beside the value as it is, its percent-encoded forms are searched: with the
/// reserved bytes encoded (RFC 3986 section 2.1), and with all but letters and digits encoded, as Prosody names its
/// folders.
public struct Propagation: Sendable {
    private let values: [KnownValue]
    private let needles: [Needle]
    private let database: PatternDatabase

    /// What is searched for: a value in one spelling.
    private struct Needle: Sendable {
        var value: Int
        var bytes: [UInt8]
        var encoding: Encoding?
        var ignoresCase: Bool
        /// The bytes that vectorscan looks for; the rest is compared.
        var anchorCount: Int
        /// Of a part that no encoding changes, its place in the value; nil for a whole value.
        var partOffset: Int?
        /// Whether a longer name that starts with the bytes counts, and not the bytes themselves.
        var isStem = false
    }

    /// Longer literals are searched by their beginning, which vectorscan compiles twice as fast.
    private static let longestAnchor = 8

    /// Prepares the search for `values`; those of the matching ``KnownValue/Matching/placeOnly`` are not searched
    /// for.
    public init(values: [KnownValue]) {
        self.values = values
        var needles: [Needle] = []
        for (index, value) in values.enumerated() where value.matching != .placeOnly && !value.bytes.isEmpty {
            func add(_ bytes: [UInt8], _ encoding: Encoding?) {
                needles.append(
                    Needle(
                        value: index,
                        bytes: bytes,
                        encoding: encoding,
                        ignoresCase: value.caseInsensitive || encoding != nil,
                        anchorCount: min(bytes.count, Self.longestAnchor)
                    )
                )
            }
            add(value.bytes, nil)
            if let part = Self.unchangedPart(of: value.bytes) {
                needles.append(
                    Needle(
                        value: index,
                        bytes: Array(value.bytes[part]),
                        ignoresCase: value.caseInsensitive,
                        anchorCount: min(part.count, Self.longestAnchor),
                        partOffset: part.lowerBound

                    )
                )
            }
            if NameStem.isStem(value) {
                needles.append(
                    Needle(
                        value: index,
                        bytes: value.bytes,
                        ignoresCase: true,
                        anchorCount: min(value.bytes.count, Self.longestAnchor),
                        isStem: true
                    )
                )
            }
            guard value.derivation == nil, value.bytes.count <= 256 else { continue }
            var spellings: Set<[UInt8]> = [value.bytes]
            for kept in [Self.unreserved, ByteSet.alphanumerics] {
                let spelling = Self.percentEncoded(value.bytes, keeping: kept)
                if spellings.insert(spelling).inserted { add(spelling, .percent) }
            }
        }
        self.needles = needles
        let sources = needles.map { needle in
            PatternDatabase.Source(
                bytes: Array(needle.bytes.prefix(needle.anchorCount)),
                isExpression: false,
                ignoresCase: needle.ignoresCase
            )
        }
        do {
            database = try PatternDatabase(sources)
        } catch {
            preconditionFailure("vectorscan refuses a literal: \(error.message)")
        }
    }

    /// Whether there is anything to search for.
    var searches: Bool { !needles.isEmpty }

    /// Every place of a value in the text of a file whose structure is not read, and in its path, the path first; and
    /// whether a value may stand there with escapes in it, so that only the structure tells.
    func occurrences(inTextOf path: String, _ bytes: [UInt8]) -> (occurrences: [Occurrence], mayHideMore: Bool) {
        guard searches else { return ([], false) }
        var occurrences = search(Array(path.utf8)).map { hit in
            Occurrence(value: hit.value, location: nil, pathSpan: hit.span)
        }
        var mayHideMore = false
        for hit in search(bytes, mayHideMore: &mayHideMore) {
            let encodings = hit.encoding.map { [$0] } ?? []
            occurrences.append(Occurrence(value: hit.value, location: Location(hit.span, encodings), pathSpan: nil))
        }
        return (occurrences, mayHideMore)
    }

    /// Every place of a value in the document's texts and in its path, by layer and place, the path first.
    public func occurrences(in document: Document) -> [Occurrence] {
        var occurrences = search(Array(document.path.utf8)).map { hit in
            Occurrence(value: hit.value, location: nil, pathSpan: hit.span)
        }
        let tree = LayerTree(document)
        for (number, layer) in document.layers.enumerated() {
            for hit in search(layer.text) where !tree.hides(hit.span, in: number) {
                var location = layer.location(of: hit.span)
                if let encoding = hit.encoding { location.steps[location.steps.count - 1].encodings.append(encoding) }
                var occurrence = Occurrence(value: hit.value, location: location, pathSpan: nil)
                if hit.encoding == nil { (occurrence.layer, occurrence.layerSpan) = (number, hit.span) }
                occurrences.append(occurrence)
            }
        }
        return occurrences
    }

    /// A needle that stands in a text.
    struct Hit: Hashable, Sendable {
        var value: Int
        var span: Span
        var encoding: Encoding?
    }

    /// Every place of a value in `text`, in order.
    func search(_ text: [UInt8]) -> [Hit] {
        var mayHideMore = false
        return search(text, mayHideMore: &mayHideMore)
    }

    private func search(_ text: [UInt8], mayHideMore: inout Bool) -> [Hit] {
        var hits: [Hit] = []
        database.scan(text) { id, end in
            let needle = needles[id]
            let start = end - needle.anchorCount
            let last = start + needle.bytes.count
            guard last <= text.count,
                Self.equal(needle, text, from: start + needle.anchorCount, anchor: needle.anchorCount)
            else { return }
            if let offset = needle.partOffset {
                let value = values[needle.value]
                let isEscaped =
                    value.derivation == .escapedDots
                    ? Self.goesOnEscaped(value, from: offset + needle.bytes.count, at: last, text)
                    : Self.isNextToEscape(start, last, text)
                if isEscaped, !value.matches(at: start - offset, in: text) { mayHideMore = true }
                return
            }
            if needle.isStem {
                guard let name = NameStem.name(startingWith: Span(start, last), in: text) else { return }
                hits.append(Hit(value: needle.value, span: name, encoding: nil))
                return
            }
            guard values[needle.value].isBounded(from: start, to: last, in: text) else { return }
            if needle.encoding == .percent, !Self.decodes(text[start..<last], to: values[needle.value]) { return }
            hits.append(Hit(value: needle.value, span: Span(start, last), encoding: needle.encoding))
        }
        return hits.sorted { ($0.span, $0.value) < ($1.span, $1.value) }
    }

    /// The longest part of a value that every encoding but base64 leaves as it is; nil where that is all of it, or too
    /// short to be looked for.
    private static func unchangedPart(of value: [UInt8]) -> Range<Int>? {
        guard !value.allSatisfy(unchanged.contains) else { return nil }
        let parts = value.split { !unchanged.contains($0) }
        guard let longest = parts.max(by: { $0.count < $1.count }), longest.count >= 3 else { return nil }
        return longest.startIndex..<longest.endIndex
    }

    private static let unchanged = ByteSet.alphanumerics.union(ByteSet("-_.+=:@ ,~*()[]{}?^|"))
    private static let escapes = ByteSet("\\&%$'\"")

    /// Whether a part of an escape stands at either end of the bytes from `start` to `end`.
    private static func isNextToEscape(_ start: Int, _ end: Int, _ text: [UInt8]) -> Bool {
        text[max(0, start - 8)..<start].contains(where: escapes.contains)
            || text[end..<min(text.count, end + 8)].contains(where: escapes.contains)
    }

    /// Whether what follows in a form with backslashes may be spelled with an escape at `end`: only there, since the form
    /// without them is a text of its own.
    private static func goesOnEscaped(_ value: KnownValue, from offset: Int, at end: Int, _ text: [UInt8]) -> Bool {
        offset == value.bytes.count || end < text.count && escapes.contains(text[end])
    }

    private static func equal(_ needle: Needle, _ text: [UInt8], from start: Int, anchor: Int) -> Bool {
        for (offset, byte) in needle.bytes[anchor...].enumerated() {
            let other = text[start + offset]
            guard byte == other || needle.ignoresCase && byte.lowered == other.lowered else { return false }
        }
        return true
    }

    /// Whether a percent-encoded text, whose escapes may be in either case, spells the value in the value's own case.
    private static func decodes(_ text: ArraySlice<UInt8>, to value: KnownValue) -> Bool {
        var decoded: [UInt8] = []
        var position = text.startIndex
        while position < text.endIndex {
            if text[position] == UInt8(ascii: "%"), position + 2 < text.endIndex,
                let byte = UInt8(String(decoding: text[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
            {
                decoded.append(byte)
                position += 3
            } else {
                decoded.append(text[position])
                position += 1
            }
        }
        return decoded.count == value.bytes.count
            && zip(decoded, value.bytes).allSatisfy { $0 == $1 || value.caseInsensitive && $0.lowered == $1.lowered }
    }

    private static let unreserved = ByteSet.alphanumerics.union(ByteSet("-._~"))

    private static func percentEncoded(_ bytes: [UInt8], keeping kept: ByteSet) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { byte -> [UInt8] in
            kept.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
