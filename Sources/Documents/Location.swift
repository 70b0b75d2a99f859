/// Where a value stands in a file: a span, and how its bytes spell the value.
///
/// Most values need one step: the span in the file and the encodings between the value and the file's bytes. A value
/// inside an opaque text (base64, hex) needs one step for the opaque text and a further one inside of what it decodes to.
public struct Location: Hashable, Sendable {
    /// A span, and the encodings of its bytes, outermost first.
    public struct Step: Hashable, Sendable {
        /// The bytes: of the file for the first step, of what the step before decodes to for the others.
        public var span: Span
        /// How the bytes spell the value, outermost encoding first; empty where they are the value.
        ///
        /// `[.jsonString, .yamlDoubleQuoted]`: a YAML scalar inside a JSON string. In every step but the last, the
        /// last encoding is opaque.
        public var encodings: [Encoding]

        /// Makes a step from a span and its encodings.
        public init(_ span: Span, _ encodings: [Encoding] = []) {
            self.span = span
            self.encodings = encodings
        }
    }

    /// The steps from the file inwards; never empty.
    public var steps: [Step]

    /// Makes a location from its steps, outermost first.
    public init(_ steps: [Step]) {
        precondition(!steps.isEmpty, "a location has a step")
        self.steps = steps
    }

    /// Makes the location of bytes that stand in the file as they are.
    public init(_ span: Span, _ encodings: [Encoding] = []) {
        self.init([Step(span, encodings)])
    }

    /// The same place in a file that has `offset` more bytes before it.
    public func shifted(by offset: Int) -> Location {
        var location = self
        location.steps[0].span = location.steps[0].span.shifted(by: offset)
        return location
    }

    /// The span in the file: of the value, or of the opaque text that holds it.
    public var fileSpan: Span { steps[0].span }
}
