internal import Sodium

extension FileTransaction {
    /// Returns a digest by which a later run recognises contents in the journal.
    static func digest(of bytes: [UInt8]) -> String { BLAKE2b.hash(bytes).description }
}
