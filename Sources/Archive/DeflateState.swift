internal import CArchive

/// zlib's state at a fixed address, which zlib keeps.
@safe final class DeflateState {
    /// A raw deflate stream with the largest window.
    static let rawWindow: Int32 = -15

    let stream: UnsafeMutablePointer<z_stream>
    let output = NativeBuffer(capacity: ByteSource.pieceSize)

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
    }

    deinit { unsafe stream.deallocate() }

    /// Calls zlib until it needs more input or reaches its end, and delivers the output.
    ///
    /// - Returns: its last status, and the number of input bytes that are left.
    func run(
        _ input: [UInt8],
        _ give: ([UInt8]) throws(ArchiveError) -> Void,
        _ call: (UnsafeMutablePointer<z_stream>) -> Int32
    ) throws(ArchiveError) -> (status: Int32, unread: Int) {
        try unsafe input.withUnsafeBufferPointer { source throws(ArchiveError) in
            // zlib's declaration lacks a `const`; it only reads.
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(source.count)
            while true {
                unsafe stream.pointee.next_out = output.start
                unsafe stream.pointee.avail_out = UInt32(output.capacity)
                let status = unsafe call(stream)
                let room = unsafe Int(stream.pointee.avail_out)
                if room < output.capacity { try give(output.bytes(output.capacity - room)) }
                let isStopped = status != Z_OK || room > 0
                if isStopped { return (status, unsafe Int(stream.pointee.avail_in)) }
            }
        }
    }
}
