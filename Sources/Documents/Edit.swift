/// The replacement of one value by another at one place of a file.
public struct Edit: Hashable, Sendable {
    /// The place of the value that goes.
    public var location: Location
    /// The new value's bytes, not encoded: applying the edit encodes them as the location says.
    public var replacement: [UInt8]

    /// Makes an edit that puts `replacement` at `location`.
    public init(_ location: Location, replacement: [UInt8]) {
        self.location = location
        self.replacement = replacement
    }
}
