/// One file, read into layers of addressed values over its original bytes.
public struct Document: Sendable {
    /// Something about a file that its reader could not do, and did not hide.
    public struct Note: Hashable, Sendable {
        /// The 1-based line where reading stopped; nil where the note is about the whole file.
        public var line: Int?
        /// What happened, in one lower-case sentence without a value of the file.
        public var message: String
    }

    /// The path relative to the root of the deployment, with `/` between its components.
    public let path: String
    /// The bytes of the file.
    public let bytes: [UInt8]
    /// The layers; the first is the file's own text.
    public let layers: [Layer]
    /// What could not be read as its format.
    public let notes: [Note]
}
