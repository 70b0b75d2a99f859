// Finds the texts that are nested in a text, and prepares them as layers.

extension LayerBuilder {
    mutating func encodedRuns(
        in text: [UInt8],
        values: [AddressedValue],
        outermost: [Int],
        outside covered: [Span]
    ) -> [EncodedRun] {
        var left = room
        let runs = EncodedRuns.find(in: text, values: values, outermost: outermost, outside: covered, room: &left)
        room = max(0, left)
        if left < 0 {
            notes.append((nil, "a compressed text was not read, because it is too long when decompressed"))
        }
        return runs
    }

    /// Returns the parts of a mail or vCard that are quoted-printable, and the encoded words of its headers.
    func quotedPrintable(in pending: PendingText) -> [EncodedRun] {
        guard pending.depth == 1 else { return [] }
        let parts = QuotedPrintableParts.find(in: pending.text).map { (range: $0, encoding: Encoding.quotedPrintable) }
        let words = QuotedPrintableParts.words(in: pending.text)
            .filter { word in
                // The parts are in order and disjoint.
                let next = parts.partitioningIndex { $0.range.upperBound > word.lowerBound }
                return next == parts.count || parts[next].range.lowerBound >= word.upperBound
            }
            .map { (range: $0, encoding: Encoding.encodedWord) }
        return (parts + words).sorted { $0.range.lowerBound < $1.range.lowerBound }.compactMap { range, encoding in
            guard let decoded = try? encoding.decode(pending.text[range]), EncodedRuns.isText(decoded.bytes[...]) else {
                return nil
            }
            guard !decoded.bytes.elementsEqual(pending.text[range]) else { return nil }
            return EncodedRun(range: range, encoding: encoding, decoded: decoded)
        }
    }

    /// Returns the values that decode to other bytes, or that are structured texts.
    mutating func nestedValues(
        of pending: PendingText,
        _ values: [AddressedValue]
    ) -> [(span: Span, pending: PendingText)] {
        var children: [(span: Span, pending: PendingText)] = []
        var coveredEnd = 0
        for place in Self.outerFirst(values) {
            let span = values[place].span
            guard !span.isEmpty, span.start >= coveredEnd, isRead(span, in: pending) else { continue }
            let raw = pending.text[span.range]
            guard values[place].encoding.isBlock || Self.mayHoldText(raw, spelledAs: values[place].encoding) else {
                continue
            }
            let value = values[place]
            let decoded: DecodedText
            do {
                decoded = try value.encoding.decode(raw)
            } catch {
                notes.append(
                    (Self.fileOffset(of: span.start, in: pending), "a value was not decoded: \(error.message)")
                )
                continue
            }
            guard !decoded.bytes.isEmpty else { continue }
            // A name does not contain settings, whatever it looks like.
            let isKey = value.role == .key
            let reading = isKey ? Reading(as: .prose) : FormatReader.readNested(decoded.bytes, at: value.address)
            let isStructured = reading.format != .prose && !reading.values.isEmpty
            guard isStructured || !decoded.bytes.elementsEqual(raw) else { continue }
            let child = Self.child(
                of: pending,
                decoded,
                at: span,
                encodings: pending.encodings + [value.encoding],
                Self.join(pending.address, value.address),
                reading
            )
            children.append((span, child))
            coveredEnd = span.end
        }
        return children
    }

    /// Whether the nested text in a value must be read.
    func isRead(_ span: Span, in pending: PendingText) -> Bool {
        guard pending.depth == 1, let places else { return true }
        let next = places.partitioningIndex { $0.end > span.start }
        return next < places.count && places[next].start < span.end
    }

    /// Returns the parts between the lines that contain places.
    func linesWithoutPlaces(of pending: PendingText) -> [Span] {
        guard pending.depth == 1, let places else { return [] }
        let text = pending.text
        var spans: [Span] = []
        var position = 0
        for place in places {
            var start = place.start
            while start > position, !text[start - 1].isLineBreak { start -= 1 }
            if start > position { spans.append(Span(position, start)) }
            position = max(position, place.end)
            while position < text.count, !text[position].isLineBreak { position += 1 }
        }
        if position < text.count { spans.append(Span(position, text.count)) }
        return spans
    }

    /// Returns the indices of values ordered by their starts, outer values before inner ones.
    ///
    /// Of equal spans the one found last comes first: a setting's own name is more specific than the `value` beside it.
    private static func outerFirst(_ values: [AddressedValue]) -> [Int] {
        var order = Array(values.indices)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[end].span.start == values[start].span.start { end += 1 }
            if end - start > 1 { order[start..<end].reverse() }
            start = end
        }
        return order
    }

    /// The offset in the file of a byte of a text, or of the opaque text that contains it.
    static func fileOffset(of offset: Int, in pending: PendingText) -> Int {
        let offset = min(offset, pending.text.count)
        let span = pending.maps.reduce(Span(offset, offset)) { $1.rawSpan(of: $0) }
        return pending.outerSteps.first?.span.start ?? span.start
    }

    /// Whether a value may decode to other bytes, or be a structured text: it begins with a bracket, has several lines,
    /// or contains an assignment (`key = value`, `key="value"`).
    ///
    /// It is called for every value of a document, and examines each byte once.
    private static func mayHoldText(_ raw: ArraySlice<UInt8>, spelledAs encoding: Encoding) -> Bool {
        let escapes = encoding.escapes
        if escapes.isAlways { return true }
        var isFirst = raw.count > 2
        var previous: UInt8 = 0
        for byte in raw {
            if byte == escapes.first || byte == escapes.second || byte == .newline { return true }
            if byte.isLineBreak, escapes.hasLineBreaks { return true }
            if previous == .equals, byte == .doubleQuote || byte == .space { return true }
            if isFirst, !byte.isWhitespace {
                if byte == .openBrace || byte == .openBracket || byte == .lessThan { return true }
                isFirst = false
            }
            previous = byte
        }
        return false
    }

    /// Prepares the layer of a decoded text.
    ///
    /// - Parameters:
    ///   - pending: the text that contains it.
    ///   - decoded: the decoded text.
    ///   - span: the place of its encoded form in the containing text.
    ///   - encodings: its encodings, from the containing text inwards; the last is its own.
    ///   - characters: the character encoding of the decoded bytes, if it is not UTF-8.
    ///   - address: the address of the value that it is.
    ///   - reading: the results of reading it.
    /// - Returns: the text, to be added after the one that contains it.
    static func child(
        of pending: PendingText,
        _ decoded: DecodedText,
        at span: Span,
        encodings: [Encoding],
        characters: Encoding? = nil,
        _ address: Address?,
        _ reading: Reading
    ) -> PendingText {
        let isOpaque = encodings.last?.isOpaque ?? false
        var outerSteps = pending.outerSteps
        if isOpaque { outerSteps.append(Location.Step(pending.maps.reduce(span) { $1.rawSpan(of: $0) }, encodings)) }
        return PendingText(
            text: decoded.bytes,
            address: address,
            outerSteps: outerSteps,
            encodings: isOpaque ? characters.map { [$0] } ?? [] : encodings,
            // In a text that is encoded again as a whole, places refer to the bytes in the text's own character
            // encoding.
            maps: isOpaque ? characters.map { _ in [decoded.map] } ?? [] : [decoded.map] + pending.maps,
            depth: pending.depth + 1,
            reading: reading
        )
    }

    func child(
        of pending: PendingText,
        run: EncodedRun,
        spelledIn encoding: Encoding?,
        at address: Address?
    ) -> PendingText {
        Self.child(
            of: pending,
            run.decoded,
            at: Span(run.range.lowerBound, run.range.upperBound),
            encodings: pending.encodings + (encoding.map { [$0] } ?? []) + run.encodings,
            characters: run.characters,
            Self.join(pending.address, address),
            FormatReader.readNested(run.decoded.bytes, at: address)
        )
    }

    private static func join(_ outer: Address?, _ inner: Address?) -> Address? {
        guard let outer else { return inner }
        return (inner?.keyPath ?? []).reduce(outer) { Address($0, $1) }
    }
}
