/// The replacement of one value at one place of a file.
public struct Edit: Hashable, Sendable {
    /// The place of the replaced value.
    public var location: Location
    /// The bytes of the new value, not encoded.
    ///
    /// Applying the edit encodes them as the location requires.
    public var replacement: [UInt8]

    /// Makes an edit that puts `replacement` at `location`.
    public init(_ location: Location, replacement: [UInt8]) {
        self.location = location
        self.replacement = replacement
    }
}
