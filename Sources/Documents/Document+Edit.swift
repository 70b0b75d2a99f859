extension Document {
    /// Decodes the value at a location.
    ///
    /// - Throws: `locationOutOfBounds` or `malformed` if the location does not fit the file.
    public func value(at location: Location) throws(DocumentError) -> [UInt8] {
        try Self.value(in: bytes, at: location)
    }

    /// Decodes the value at a location in a file's bytes.
    ///
    /// - Throws: `locationOutOfBounds` or `malformed` if the location does not fit the bytes.
    public static func value(in bytes: [UInt8], at location: Location) throws(DocumentError) -> [UInt8] {
        var text = bytes
        for step in location.steps {
            guard step.span.end <= text.count else {
                throw DocumentError(.locationOutOfBounds, at: step.span, "a location ends after the end of its text")
            }
            var value = text[step.span.range]
            for encoding in step.encodings { value = try encoding.decode(value).bytes[...] }
            text = Array(value)
        }
        return text
    }

    /// Applies edits to the file's bytes; see ``Edit/apply(_:to:)``.
    ///
    /// - Returns: The new bytes, and the locations of the replacements, in order of `edits`.
    /// - Throws: `overlappingEdits`, `locationOutOfBounds`, `malformed` or `unrepresentable`.
    public func applying(_ edits: [Edit]) throws(DocumentError) -> (bytes: [UInt8], locations: [Location]) {
        try Edit.apply(edits, to: bytes)
    }
}
