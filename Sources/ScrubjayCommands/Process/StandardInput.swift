internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// The standard input of the process.
enum StandardInput {
    /// Reads all of it.
    ///
    /// - Throws: ``CollectingError`` `unreadable`.
    static func readAll() throws -> [UInt8] {
        do {
            return try FileDescriptor.standardInput.readToEnd(expecting: 1 << 16)
        } catch {
            throw CollectingError(.unreadable, at: "-", "standard input cannot be read: \(error)")
        }
    }
}
