@testable import Documents

/// The properties of a file with any bytes and any name.
enum DocumentProperties {
    /// Replacements for values; the first that an encoding can spell at a place is used.
    private static let standIns = ["Tok3nX9", "81", "8.25", "false", "null"].map { Array($0.utf8) }

    static func check(_ path: String, _ slice: ArraySlice<UInt8>) {
        let bytes = Array(slice)
        let document = Document(path: path, bytes: bytes)
        require(document.layers.first?.text == bytes, "the first layer is another text than the file")
        require(edited(document, []) == bytes, "no edit changes bytes")
        for layer in document.layers {
            checkOrder(layer)
            checkRewriting(document, layer)
            checkReplacing(document, layer)
        }
    }

    /// Returns the bytes with edits applied; nil if an edit is refused.
    private static func edited(_ document: Document, _ edits: [Edit]) -> [UInt8]? {
        try? document.applying(edits).bytes
    }

    // MARK: - Spans

    /// Checks that spans are inside the text and in order, and are disjoint or nested with one encoding.
    private static func checkOrder(_ layer: Layer) {
        var previous: AddressedValue?
        var open: [AddressedValue] = []
        for value in layer.values {
            require(value.span.end <= layer.text.count, "a span ends behind its text")
            if let previous { require(!(value.span < previous.span), "spans are out of order") }
            previous = value
        }
        for value in layer.values.sorted(by: { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }) {
            guard !value.span.isEmpty else { continue }
            while let last = open.last, last.span.end <= value.span.start { open.removeLast() }
            if let last = open.last {
                require(last.span.contains(value.span), "values cross: \(last) \(value)")
                require(
                    last.encoding == value.encoding,
                    "values in each other are spelled in two ways: \(last) \(value)"
                )
            }
            open.append(value)
        }
        for (left, right) in zip(layer.covered, layer.covered.dropFirst()) {
            require(left.end <= right.start, "covered spans overlap")
        }
    }

    // MARK: - Edits

    /// Returns the values that are not inside another value.
    private static func outermost(_ layer: Layer) -> [AddressedValue] {
        var end = 0
        return layer.values.sorted { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }.filter { value in
            guard value.span.start >= end, !value.span.isEmpty else { return false }
            end = value.span.end
            return true
        }
    }

    /// Checks that rewriting all values of a layer at once changes nothing.
    private static func checkRewriting(_ document: Document, _ layer: Layer) {
        var edits: [Edit] = []
        for value in outermost(layer) {
            let location = layer.location(of: value.span)
            // A malformed value was noted, and must not be written.
            guard let decoded = try? document.value(at: location) else { continue }
            edits.append(Edit(location, replacement: decoded))
        }
        require(edited(document, edits) == document.bytes, "values that are written as they are change bytes")
    }

    /// Checks that a replaced value reads back as the stand-in, and that no byte around it changes.
    private static func checkReplacing(_ document: Document, _ layer: Layer) {
        for value in outermost(layer).prefix(6) {
            let location = layer.location(of: value.span)
            for standIn in standIns {
                guard let result = try? document.applying([Edit(location, replacement: standIn)]) else { continue }
                let old = location.fileSpan
                let new = result.locations[0].fileSpan
                require(
                    result.bytes[..<new.start] == document.bytes[..<old.start]
                        && result.bytes[new.end...].elementsEqual(document.bytes[old.end...]),
                    "a replacement changes bytes outside of its span"
                )
                let read = try? Document.value(in: result.bytes, at: result.locations[0])
                require(read == standIn, "a stand-in does not read back: \(value)")
                break
            }
        }
    }
}
