internal import SystemPackage

/// Reads a program's output in pieces, through one buffer.
struct OutputReader {
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    private var start = 0

    /// The number of bytes requested from the system at once.
    private static let chunkSize = 1 << 16
    /// The maximum line length in bytes; paths are far shorter.
    private static let longestLine = 1 << 20

    /// Makes a reader that does not own the descriptor.
    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// Reads up to and including the next `end`, and returns the bytes before it; nil if none are left.
    mutating func line(endingWith end: UInt8 = UInt8(ascii: "\n")) throws -> [UInt8]? {
        var searched = start
        while true {
            if let place = buffer[searched...].firstIndex(of: end) {
                defer { start = place + 1 }
                return Array(buffer[start..<place])
            }
            let pending = buffer.count - start
            guard pending < Self.longestLine else { throw Errno.outOfRange }
            guard try fill() else {
                guard pending > 0 else { return nil }
                defer { start = buffer.count }
                return Array(buffer[start...])
            }
            searched = start + pending
        }
    }

    /// Reads the next `count` bytes; fewer at the end.
    mutating func bytes(_ count: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        try pass(count) { result += $0 }
        return result
    }

    /// Skips `count` bytes without keeping them in memory.
    mutating func skip(_ count: Int) throws { try pass(count) { _ in } }

    /// Reads all remaining bytes.
    ///
    /// - Throws: `Errno.outOfRange` if there are more than `limit` bytes; what reading throws.
    mutating func rest(atMost limit: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        repeat {
            result += buffer[start...]
            start = buffer.count
            guard result.count <= limit else { throw Errno.outOfRange }
        } while try fill()
        return result
    }

    private mutating func pass(_ count: Int, to body: (ArraySlice<UInt8>) -> Void) throws {
        var left = count
        while left > 0 {
            if start == buffer.count { guard try fill() else { return } }
            let end = min(buffer.count, start + left)
            body(buffer[start..<end])
            left -= end - start
            start = end
        }
    }

    /// Reads more into the buffer; returns false at the end.
    private mutating func fill() throws -> Bool {
        buffer.removeSubrange(..<start)
        start = 0
        let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { bytes, count in
            count = try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(bytes))
        }
        buffer += chunk
        return !chunk.isEmpty
    }
}
