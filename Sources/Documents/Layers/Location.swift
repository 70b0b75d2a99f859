/// The place of a value in a file: a span, and the encodings of its bytes.
///
/// Most values need one step: the span in the file, and the encodings between the value and the file's bytes. A value
/// inside an opaque text (base64, hex) needs one step for the opaque text and another inside its decoded text.
public struct Location: Hashable, Sendable {
    /// A span, and the encodings of its bytes, outermost first.
    public struct Step: Hashable, Sendable {
        /// The bytes: in the file for the first step, in the previous step's decoded text for the others.
        public var span: Span
        /// The encodings of the value, outermost first; empty if the bytes are literal.
        ///
        /// `[.jsonString, .yamlDoubleQuoted]` is a YAML scalar inside a JSON string. In every step but the last, the
        /// last encoding is opaque.
        public var encodings: [Encoding]

        /// Makes a step from a span and its encodings.
        public init(_ span: Span, _ encodings: [Encoding] = []) {
            self.span = span
            self.encodings = encodings
        }
    }

    /// The steps from the file inwards, at least one.
    public var steps: [Step]

    /// Makes a location from its steps, outermost first.
    public init(_ steps: [Step]) {
        precondition(!steps.isEmpty, "a location has a step")
        self.steps = steps
    }

    /// Makes the location of literal bytes in the file, or of bytes with the given encodings.
    public init(_ span: Span, _ encodings: [Encoding] = []) {
        self.init([Step(span, encodings)])
    }

    /// Returns the same place in a file with `offset` additional bytes before it.
    public func shifted(by offset: Int) -> Location {
        var location = self
        location.steps[0].span = location.steps[0].span.shifted(by: offset)
        return location
    }

    /// The span in the file: of the value, or of the opaque text that holds it.
    public var fileSpan: Span { steps[0].span }
}
