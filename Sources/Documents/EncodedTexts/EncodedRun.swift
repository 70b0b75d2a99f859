/// A stretch of a text that decodes to another text.
struct EncodedRun {
    var range: Range<Int>
    /// How the stretch spells the bytes of the other text, outermost first.
    var encodings: [Encoding]
    /// How these bytes are characters, where they are not UTF-8.
    var characters: Encoding?
    /// The text: with the places of its bytes in the stretch, or, where an encoding is opaque, in what that decodes to.
    var decoded: DecodedText

    /// Makes a run of one encoding.
    init(range: Range<Int>, encoding: Encoding, decoded: DecodedText) {
        self.init(range: range, encodings: [encoding], decoded: decoded)
    }

    /// Makes a run.
    init(range: Range<Int>, encodings: [Encoding], characters: Encoding? = nil, decoded: DecodedText) {
        self.range = range
        self.encodings = encodings
        self.characters = characters
        self.decoded = decoded
    }

    /// Whether the stretch is written anew as a whole.
    var isOpaque: Bool { encodings.contains(where: \.isOpaque) }
}
