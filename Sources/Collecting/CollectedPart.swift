public import Sodium

/// A file of a deployment that was not copied from a folder but made from what runs.
public struct CollectedPart: Sendable {
    /// The path in the collected deployment.
    public var path: String
    /// The contents.
    public var bytes: [UInt8]
    /// Where it comes from: a file, a command, a container.
    public var origin: String

    /// Makes a part.
    public init(path: String, bytes: [UInt8], origin: String) {
        self.path = path
        self.bytes = bytes
        self.origin = origin
    }

    /// The digest of the contents.
    public var digest: Digest { SHA256.hash(bytes) }
}
