internal import Glibc

extension SecretBytes {
    /// Reads a file descriptor to its end, directly into locked memory.
    ///
    /// - Parameters:
    ///   - fileDescriptor: an open descriptor; it stays open.
    ///   - limit: the maximum number of bytes.
    /// - Returns: the bytes.
    /// - Throws: ``SodiumError`` with code `unreadable`, or `tooLong` if there are more than `limit` bytes.
    public static func readAll(of fileDescriptor: Int32, limit: Int) throws(SodiumError) -> SecretBytes {
        try read(fileDescriptor, limit: limit, atOnce: limit + 1, until: nil)
    }

    /// Reads one line from a file descriptor, directly into locked memory, and nothing after it.
    ///
    /// The line ends at a line feed, which is dropped, or at the end of the file.
    ///
    /// - Parameters:
    ///   - fileDescriptor: an open descriptor; it stays open.
    ///   - limit: the maximum length of the line in bytes.
    /// - Returns: the line.
    /// - Throws: ``SodiumError`` with code `unreadable`, or `tooLong` if the line has more than `limit` bytes.
    public static func readLine(of fileDescriptor: Int32, limit: Int) throws(SodiumError) -> SecretBytes {
        try read(fileDescriptor, limit: limit, atOnce: 1, until: UInt8(ascii: "\n"))
    }

    private static func read(
        _ fileDescriptor: Int32,
        limit: Int,
        atOnce: Int,
        until terminator: UInt8?
    ) throws(SodiumError) -> SecretBytes {
        var buffer = SecretBytes(count: limit + 1)
        var length = 0
        while true {
            let received = buffer.withMutableBytes { span in
                unsafe span.withUnsafeMutableBytes { memory in
                    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[length...])
                    return unsafe readRetrying(fileDescriptor, into: room, atMost: atOnce)
                }
            }
            guard received >= 0 else { throw SodiumError(.unreadable, "the secret could not be read") }
            if received == 0 { break }
            if let terminator, buffer.byte(at: length) == terminator { break }
            length += received
            guard length <= limit else {
                throw SodiumError(.tooLong, "the secret is longer than the limit of \(limit) bytes")
            }
        }
        return buffer.withBytes { SecretBytes(copying: $0.extracting(first: length)) }
    }

    private borrowing func byte(at offset: Int) -> UInt8 {
        withBytes { unsafe $0.unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
    }
}

/// Calls `read`, again if a signal interrupts it: the number of bytes, 0 at the end, negative on failure.
private func readRetrying(_ fileDescriptor: Int32, into room: UnsafeMutableRawBufferPointer, atMost limit: Int) -> Int {
    while true {
        let received = unsafe read(fileDescriptor, room.baseAddress, min(limit, room.count))
        if received >= 0 || errno != EINTR { return received }
    }
}
