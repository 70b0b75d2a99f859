// What C takes: a pointer that is never null, also where there are no bytes.

extension RawSpan {
    /// Lends the bytes to a C function; where there are none, a place that must not be read.
    func withCBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { return unsafe body(start.assumingMemoryBound(to: UInt8.self)) }
            return unsafe withUnsafePointer(to: 0, body)
        }
    }
}

extension MutableRawSpan {
    /// Lends the bytes to a C function, to be written; where there are none, a place that must not be written.
    mutating func withCBytes<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { return unsafe body(start.assumingMemoryBound(to: UInt8.self)) }
            var nothing: UInt8 = 0
            return unsafe withUnsafeMutablePointer(to: &nothing, body)
        }
    }
}

extension [UInt8] {
    /// Lends the elements as raw bytes.
    func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Every bit of a `UInt8` is initialized, which is what makes looking at raw bytes safe.
        try unsafe body(span.bytes)
    }
}

/// The length with which libsodium wants to be told a message's size.
extension RawSpan {
    var cLength: UInt64 { UInt64(byteCount) }
}
