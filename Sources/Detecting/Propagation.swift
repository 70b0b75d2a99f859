public import Documents

/// Finds every place of known values, in texts and in paths, in one pass of vectorscan.
///
/// A text is searched in each of a document's layers, so that what base64, escapes and nesting hide is found where a
/// reader of the file would see it. Beside the value as it is, its percent-encoded forms are searched: with the
/// reserved bytes encoded (RFC 3986 section 2.1), and with all but letters and digits encoded, as Prosody names its
/// folders.
public struct Propagation: Sendable {
    private let values: [KnownValue]
    /// The needles, apart by the marks that a text must have for one to stand in it.
    private let groups: [Group]

    /// Needles that are searched for together.
    private struct Group: Sendable {
        /// The marks without which none of them stands in a text.
        let marks: TextMarks
        let needles: [Needle]
        let table: NeedleTable
        let database: PatternDatabase

        init(_ needles: [Needle], marks: TextMarks) {
            self.marks = marks
            self.needles = needles
            var table = NeedleTable()
            for needle in needles { table.append(needle.bytes, anchor: needle.anchor, ignoresCase: needle.ignoresCase) }
            self.table = table
            let sources = needles.map { needle in
                PatternDatabase.Source(
                    bytes: Array(needle.bytes[needle.anchor]),
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
    }

    /// What is searched for: a value in one spelling.
    private struct Needle: Sendable {
        var value: Int
        var bytes: [UInt8]
        var encoding: Encoding?
        var ignoresCase: Bool
        /// The place in `bytes` of those that vectorscan looks for; the rest is compared.
        var anchor: Range<Int>
        /// Of a part that no encoding changes, its place in the value; nil for a whole value.
        var partOffset: Int?
        /// Whether a longer name that starts with the bytes counts, and not the bytes themselves.
        var isStem = false
    }

    /// Longer literals are searched by a part of them, which vectorscan compiles twice as fast.
    private static let longestAnchor = 8
    /// The letters that are most of any text.
    private static let commonBytes = ByteSet("etaoinsrhl./ -_")

    /// The part of a literal that is searched for.
    ///
    /// Of all of its length it is the one with the rarest bytes, so that few places are looked at in vain. What every URL
    /// begins with is no such part.
    private static func anchor(of bytes: [UInt8]) -> Range<Int> {
        guard bytes.count > longestAnchor else { return bytes.indices }
        let ranks = bytes.map { ByteSet.digits.contains($0) ? 3 : commonBytes.contains($0.lowered) ? 1 : 2 }
        var start = 0
        for scheme in ["https://", "http://"] where bytes.starts(with: scheme.utf8) {
            start = min(scheme.utf8.count, bytes.count - longestAnchor)
            break
        }
        var rank = ranks[start..<(start + longestAnchor)].reduce(0, +)
        var best = (start: start, rank: rank)
        while start + longestAnchor < bytes.count {
            rank += ranks[start + longestAnchor] - ranks[start]
            start += 1
            if rank > best.rank { best = (start, rank) }
        }
        return best.start..<(best.start + longestAnchor)
    }

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
                        anchor: Self.anchor(of: bytes)
                    )
                )
            }
            add(value.bytes, nil)
            if let part = Self.unchangedPart(of: value) {
                let bytes = Array(value.bytes[part])
                needles.append(
                    Needle(
                        value: index,
                        bytes: bytes,
                        ignoresCase: value.caseInsensitive,
                        anchor: Self.anchor(of: bytes),
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
                        anchor: Self.anchor(of: value.bytes),
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
        groups = Dictionary(grouping: needles) { TextMarks(in: $0.bytes) }
            .sorted { $0.key.rawValue < $1.key.rawValue }
            .map { Group($0.value, marks: $0.key) }
    }

    /// Whether there is anything to search for.
    var searches: Bool { !groups.isEmpty }

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
        let marks = TextMarks(in: text)
        for group in groups where group.marks.isSubset(of: marks) {
            group.database.scan(text) { id, end in
                guard let span = group.table.span(of: id, anchorEndingAt: end, in: text) else { return }
                take(group.needles[id], at: span, in: text, &hits, &mayHideMore)
            }
        }
        return hits.sorted { ($0.span, $0.value) < ($1.span, $1.value) }
    }

    /// Takes a needle that stands at `span`.
    private func take(_ needle: Needle, at span: Span, in text: [UInt8], _ hits: inout [Hit], _ mayHideMore: inout Bool)
    {
        let value = values[needle.value]
        if let offset = needle.partOffset {
            guard !mayHideMore else { return }
            mayHideMore = EscapedSpelling(of: value.bytes, in: text, ignoresCase: value.caseInsensitive)
                .surrounds(span.range, at: offset)
            return
        }
        if needle.isStem {
            guard let name = NameStem.name(startingWith: span, in: text) else { return }
            hits.append(Hit(value: needle.value, span: name, encoding: nil))
            return
        }
        guard value.isBounded(from: span.start, to: span.end, in: text) else { return }
        if needle.encoding == .percent, !Self.decodes(text[span.range], to: value) { return }
        hits.append(Hit(value: needle.value, span: span, encoding: needle.encoding))
    }

    /// The longest part of a value that every encoding but base64 leaves as it is; nil where that is all of it, or stands
    /// in every text: `.com`, `test`.
    private static func unchangedPart(of value: KnownValue) -> Range<Int>? {
        guard !value.bytes.allSatisfy(unchanged.contains) else { return nil }
        let parts = value.bytes.split { !unchanged.contains($0) }
        let shortest = value.kind.severity == .secret ? 3 : 6
        guard let longest = parts.max(by: { $0.count < $1.count }), longest.count >= shortest,
            !ReservedValues.builtIn.isCommonWord(String(decoding: longest, as: UTF8.self))
        else { return nil }
        return longest.startIndex..<longest.endIndex
    }

    private static let unchanged = ByteSet.alphanumerics.union(ByteSet("-_.+=:@ ,~*()[]{}?^|"))

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
