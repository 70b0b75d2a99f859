extension Edit {
    /// The maximum number of nested opaque texts.
    private static let stepLimit = 64

    /// Applies edits to a file's bytes.
    ///
    /// Each replacement is encoded as its location requires. Edits inside one opaque text are applied together, and
    /// that text is then encoded again once. No byte outside the edited spans changes.
    ///
    /// - Parameters:
    ///   - edits: The edits in any order.
    ///   - bytes: The bytes of the file.
    /// - Returns: The new bytes, and the locations of the replacements, in order of `edits`.
    /// - Throws: `overlappingEdits`, `locationOutOfBounds`, `malformed` if the bytes at a location are invalid in its
    ///   encoding, or `unrepresentable` if a replacement cannot be encoded.
    public static func apply(
        _ edits: [Edit],
        to bytes: [UInt8]
    ) throws(DocumentError) -> (bytes: [UInt8], locations: [Location]) {
        var locations = edits.map(\.location)
        let pending = edits.indices.map { Pending(index: $0, steps: edits[$0].location.steps[...]) }
        var result = try apply(pending, of: edits, to: bytes)
        for (index, steps) in result.steps { locations[index] = Location(steps) }
        result.steps = []
        return (result.bytes, locations)
    }

    /// An edit and its remaining steps.
    private struct Pending {
        var index: Int
        var steps: ArraySlice<Location.Step>
    }

    /// The change to one span: a value is replaced, or the edits inside an opaque text are applied.
    private struct Patch {
        var step: Location.Step
        var edits: [Pending]
        var isOpaque: Bool
    }

    private static func apply(
        _ pending: [Pending],
        of edits: [Edit],
        to text: [UInt8]
    ) throws(DocumentError) -> (bytes: [UInt8], steps: [(index: Int, steps: [Location.Step])]) {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var moved: [(index: Int, steps: [Location.Step])] = []
        var cursor = 0
        for patch in try patches(for: pending, in: text) {
            let span = patch.step.span
            let raw = text[span.range]
            let spellings = try peel(raw, patch.step.encodings)
            let surroundings =
                patch.step.encodings.isEmpty ? YAMLPlain.Surroundings() : surroundings(of: span, in: text)
            output += text[cursor..<span.start]
            cursor = span.end
            var inner: [(index: Int, steps: [Location.Step])] = []
            var value = edits[patch.edits[0].index].replacement
            if patch.isOpaque {
                let rest = patch.edits.map { Pending(index: $0.index, steps: $0.steps.dropFirst()) }
                (value, inner) = try apply(rest, of: edits, to: spellings.value)
            } else {
                inner = [(patch.edits[0].index, [])]
            }
            for (level, encoding) in patch.step.encodings.enumerated().reversed() {
                let place = level == 0 ? surroundings : YAMLPlain.Surroundings()
                do {
                    value = try encoding.encode(value, like: spellings.raws[level], in: place)
                } catch {
                    throw DocumentError(error.code, at: span, error.message)
                }
            }
            let step = Location.Step(Span(output.count, output.count + value.count), patch.step.encodings)
            output += value
            moved += inner.map { ($0.index, [step] + $0.steps) }
        }
        output += text[cursor...]
        return (output, moved)
    }

    /// Groups edits by the span that they change, in order of the spans.
    private static func patches(for pending: [Pending], in text: [UInt8]) throws(DocumentError) -> [Patch] {
        var patches: [Patch] = []
        var places: [Location.Step: Int] = [:]
        for edit in pending {
            guard edit.steps.count <= stepLimit, let step = edit.steps.first else {
                throw DocumentError(.locationOutOfBounds, "a location has too many steps")
            }
            guard step.span.end <= text.count else {
                throw DocumentError(.locationOutOfBounds, at: step.span, "a location ends after the end of its text")
            }
            let isOpaque = edit.steps.count > 1
            if isOpaque, let place = places[step], patches[place].isOpaque {
                patches[place].edits.append(edit)
                continue
            }
            if isOpaque { places[step] = patches.count }
            patches.append(Patch(step: step, edits: [edit], isOpaque: isOpaque))
        }
        patches.sort { $0.step.span < $1.step.span }
        for (left, right) in zip(patches, patches.dropFirst()) {
            guard left.step.span.end <= right.step.span.start, left.step.span != right.step.span else {
                throw DocumentError(.overlappingEdits, at: right.step.span, "two edits share bytes")
            }
        }
        return patches
    }

    /// Decodes bytes through their encodings.
    ///
    /// Returns the bytes at each level, outermost first, and the value.
    private static func peel(
        _ raw: ArraySlice<UInt8>,
        _ encodings: [Encoding]
    ) throws(DocumentError) -> (raws: [ArraySlice<UInt8>], value: [UInt8]) {
        var raws: [ArraySlice<UInt8>] = []
        var value = raw
        for encoding in encodings {
            raws.append(value)
            value = try encoding.decode(value).bytes[...]
        }
        return (raws, Array(value))
    }

    /// Returns the bytes adjacent to a span that belong to a longer plain scalar, as far as they can be determined.
    private static func surroundings(of span: Span, in text: [UInt8]) -> YAMLPlain.Surroundings {
        var surroundings = YAMLPlain.Surroundings()
        var index = span.start
        while index > 0, text[index - 1].isBlank { index -= 1 }
        let opensValue: [UInt8] = [
            .newline, .carriageReturn, .colon, .dash, .question, .comma, .openBracket, .openBrace,
        ]
        let isApart = index < span.start || index == 0 || text[index - 1].isLineBreak
        if index > 0, !(isApart && opensValue.contains(text[index - 1])), !isFlowEdge(text[index - 1]) {
            surroundings.before = text[span.start - 1]
        }
        index = span.end
        while index < text.count, text[index].isBlank { index += 1 }
        guard index < text.count, !text[index].isLineBreak else { return surroundings }
        let isComment = text[index] == .hash && index > span.end
        let isKey = text[index] == .colon && (index + 1 == text.count || text[index + 1].isWhitespace)
        if !isComment, !isKey, !isFlowEdge(text[index]) { surroundings.after = text[span.end] }
        return surroundings
    }

    private static func isFlowEdge(_ byte: UInt8) -> Bool {
        [.comma, .openBracket, .closeBracket, .openBrace, .closeBrace].contains(byte)
    }
}
