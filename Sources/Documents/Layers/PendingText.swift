/// A text that is to be added as a layer: a file's own, or one nested in another text.
final class PendingText {
    let text: [UInt8]
    let address: Address?
    let outerSteps: [Location.Step]
    let encodings: [Encoding]
    let maps: [OffsetMap]
    let depth: Int
    /// The reader's results.
    let reading: Reading

    init(
        text: [UInt8],
        address: Address? = nil,
        outerSteps: [Location.Step] = [],
        encodings: [Encoding] = [],
        maps: [OffsetMap] = [],
        depth: Int = 1,
        reading: Reading
    ) {
        self.text = text
        self.address = address
        self.outerSteps = outerSteps
        self.encodings = encodings
        self.maps = maps
        self.depth = depth
        self.reading = reading
    }
}
