internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// What is piped into the process.
enum StandardInput {
    /// All of it.
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
