/// A range of a text that decodes to another text.
struct EncodedRun {
    var range: Range<Int>
    /// The encodings of the other text's bytes in the range, outermost first.
    var encodings: [Encoding]
    /// The character encoding of these bytes, if it is not UTF-8.
    var characters: Encoding?
    /// The decoded text; its bytes have places in the range or, if an encoding is opaque, in the data that the range
    /// decodes to.
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

    /// Whether the whole range must be encoded again when a part of it changes.
    var isOpaque: Bool { encodings.contains(where: \.isOpaque) }
}
