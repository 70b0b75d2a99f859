public import Documents

/// Finds all occurrences of known values, in texts and in paths, in one pass.
///
/// Each layer of a document is searched, so that a value inside base64, escapes or nested texts is found where a reader
/// of the file would see it. In addition to the value itself, its percent-encoded forms are searched for: with the
/// reserved bytes encoded (RFC 3986 section 2.1), and with all bytes except letters and digits encoded, as in the names
/// of Prosody's folders. A secret is also searched for with a backslash before each of these bytes, and in base32 if
/// that is too short to be decoded as a text.
public struct Propagation: Sendable {
    private let values: [KnownValue]
    private let needles: Needles

    /// The search tables, shared by all threads.
    private final class Needles: Sendable {
        let uses: [Use]
        let table: NeedleTable

        init(_ needles: [Needle], of values: [KnownValue]) {
            uses = needles.map { Use($0, of: values[$0.value]) }
            table = NeedleTable(
                needles.map {
                    NeedleTable.Literal(
                        bytes: $0.bytes,
                        ignoresCase: $0.ignoresCase,
                        startsWord: $0.startsWord(as: values[$0.value].matching)
                    )
                }
            )
        }
    }

    /// A needle without its bytes.
    ///
    /// Most places where a needle is found are not its value, and examining them must not touch any object.
    private struct Use: Sendable {
        private let value32: Int32
        private let partOffset32: Int32?
        let kind: Kind
        let matching: KnownValue.Matching
        /// Whether it is the first label of a domain, which counts anywhere except in the domain of a public service.
        let isLabel: Bool
        let encoding: Encoding?
        let isStem: Bool

        var value: Int { Int(value32) }
        /// See ``Needle/partOffset``.
        var partOffset: Int? { partOffset32.map(Int.init) }

        init(_ needle: Needle, of value: KnownValue) {
            value32 = Int32(needle.value)
            partOffset32 = needle.partOffset.map { Int32($0) }
            kind = value.kind
            matching = value.matching
            isLabel = value.derivation == .registeredLabel
            encoding = needle.encoding
            isStem = needle.isStem
        }
    }

    /// Prepares to search for `values`; those with the matching ``KnownValue/Matching/placeOnly`` are skipped.
    public init(values: [KnownValue]) {
        self.values = values
        let needles = values.indices.flatMap { Self.needles(for: values[$0], at: $0) }
        self.needles = Needles(needles, of: values)
    }

    /// Whether there is anything to search for.
    var searches: Bool { !needles.uses.isEmpty }

    /// Finds every value in the path and the text of a file whose structure is not read, the path first, and determines
    /// whether escaped values may require reading the structure.
    func occurrences(inTextOf path: String, _ bytes: [UInt8]) -> (occurrences: [Occurrence], mayHideMore: Bool) {
        guard searches else { return ([], false) }
        var occurrences = search(Array(path.utf8)).map { hit in
            Occurrence(value: hit.value, location: nil, pathSpan: hit.span)
        }
        var mayHideMore = false
        let program = ProgramText(path: path, text: bytes)
        for hit in search(bytes, mayHideMore: &mayHideMore) where !isName(hit, in: program) {
            let location = spelled(Location(hit.span), by: hit)
            occurrences.append(Occurrence(value: hit.value, location: location, pathSpan: nil))
        }
        return (occurrences, mayHideMore)
    }

    /// Finds every value in a document's path and texts, by layer and place, the path first.
    public func occurrences(in document: Document) -> [Occurrence] {
        var occurrences = search(Array(document.path.utf8)).map { hit in
            Occurrence(value: hit.value, location: nil, pathSpan: hit.span)
        }
        let tree = LayerTree(document)
        let program = document.layers.first.map { ProgramText(path: document.path, text: $0.text) }
        for (number, layer) in document.layers.enumerated() {
            for hit in search(layer.text) {
                if number == 0, let program, isName(hit, in: program) { continue }
                if tree.hides(hit.span, in: number) {
                    if let place = Self.whole(of: hit, behind: tree, in: number, of: document) {
                        occurrences.append(place)
                    }
                    continue
                }
                let location = spelled(layer.location(of: hit.span), by: hit)
                var occurrence = Occurrence(value: hit.value, location: location, pathSpan: nil)
                if hit.encoding == nil { (occurrence.layer, occurrence.layerSpan) = (number, hit.span) }
                occurrences.append(occurrence)
            }
        }
        return occurrences
    }

    /// Whether the occurrence is a program's own name, or that of an element, which only looks like the value.
    private func isName(_ hit: Hit, in program: ProgramText) -> Bool {
        guard values[hit.value].mayBeName else { return false }
        // An element may be named after a login, as in ClickHouse's `users.xml`.
        return program.isCode(hit.span) || values[hit.value].kind.severity == .secret && program.isTagName(hit.span)
    }

    /// The whole text of the layer that decodes exactly the bytes of a hit; nil if a layer decodes more than these
    /// bytes.
    ///
    /// If `aW5nZXN0` occurs in a note and is also the base64 of a text in a manifest, it can only be replaced as that
    /// text.
    private static func whole(
        of hit: Hit,
        behind tree: LayerTree,
        in number: Int,
        of document: Document
    ) -> Occurrence? {
        guard hit.encoding == nil, let child = tree.child(at: hit.span, in: number) else { return nil }
        let layer = document.layers[child]
        let span = Span(0, layer.text.count)
        return Occurrence(
            value: hit.value,
            location: layer.location(of: span),
            pathSpan: nil,
            layer: child,
            layerSpan: span
        )
    }

    /// Returns the location of the value that a needle's bytes spell.
    private func spelled(_ location: Location, by hit: Hit) -> Location {
        guard let encoding = hit.encoding else { return location }
        var location = location
        location.steps[location.steps.count - 1].encodings.append(encoding)
        if encoding.isOpaque { location.steps.append(Location.Step(Span(0, values[hit.value].bytes.count))) }
        return location
    }

    /// A needle found in a text.
    struct Hit: Hashable, Sendable {
        var value: Int
        var span: Span
        var encoding: Encoding?
    }

    /// Returns every place of a value in `text`, in order.
    func search(_ text: [UInt8]) -> [Hit] {
        var mayHideMore = false
        return search(text, mayHideMore: &mayHideMore)
    }

    private func search(_ text: [UInt8], mayHideMore: inout Bool) -> [Hit] {
        var hits: [Hit] = []
        needles.table.search(text) { number, span in
            take(needles.uses[number], at: span, in: text, &hits, &mayHideMore)
        }
        return hits.sorted { ($0.span, $0.value) < ($1.span, $1.value) }
    }

    /// Adds a needle found at `span`.
    private func take(_ use: Use, at span: Span, in text: [UInt8], _ hits: inout [Hit], _ mayHideMore: inout Bool) {
        if let offset = use.partOffset {
            guard !mayHideMore else { return }
            let value = values[use.value]
            mayHideMore = EscapedSpelling(of: value.bytes, in: text, ignoresCase: value.caseInsensitive)
                .surrounds(span.range, at: offset)
            return
        }
        if use.isStem {
            guard let name = NameStem.name(startingWith: span, of: values[use.value], in: text) else { return }
            hits.append(Hit(value: use.value, span: FullName.span(startingWith: name, in: text), encoding: nil))
            return
        }
        if use.encoding == .base32 {
            guard let span = Base32Needle.span(withDigits: span, in: text) else { return }
            return hits.append(Hit(value: use.value, span: span, encoding: .base32))
        }
        guard Boundary(text: text, start: span.start, end: span.end).allows(use.matching, use.kind) else { return }
        if use.isLabel, PublicDomain.begins(at: span, in: text) { return }
        if use.encoding == .percent, !Self.decodes(text[span.range], to: values[use.value]) { return }
        let isLogin = use.kind == .userName && use.encoding == nil
        let place = isLogin ? FullName.span(startingWith: span, in: text) : span
        hits.append(Hit(value: use.value, span: place, encoding: use.encoding))
    }

    /// Whether a percent-encoded text, with escapes in either case, spells the value in the value's own case.
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
}
