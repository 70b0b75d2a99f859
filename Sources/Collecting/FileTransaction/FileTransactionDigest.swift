internal import Sodium

extension FileTransaction {
    /// A name for contents, by which a later run knows whether a file is what the journal says.
    static func digest(of bytes: [UInt8]) -> String { BLAKE2b.hash(bytes).description }
}
