/// Reads the files inside a file, such as an archive.
public protocol ContainerReader: Sendable {
    /// Whether bytes begin like a file that contains others.
    func begins(_ bytes: [UInt8]) -> Bool

    /// Calls `body` with each file in `bytes` and the path under which it is reported, in a stable order.
    ///
    /// - Returns: the problems, in one lower-case sentence each; nil if the bytes do not contain files.
    func read(_ bytes: [UInt8], path: String, _ body: (_ path: String, _ bytes: [UInt8]) -> Void) -> [String]?
}
