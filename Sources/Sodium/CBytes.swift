// Pointers for C functions, which are never null, even if there are no bytes.

extension RawSpan {
    /// Lends the bytes to a C function; if there are none, a pointer that must not be read.
    func withCBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { return unsafe body(start.assumingMemoryBound(to: UInt8.self)) }
            return unsafe withUnsafePointer(to: 0, body)
        }
    }
}

extension MutableRawSpan {
    /// Lends the bytes to a C function for writing; if there are none, a pointer that must not be written.
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
        // Every bit of a `UInt8` is initialised, which makes reading raw bytes safe.
        try unsafe body(span.bytes)
    }
}

/// The length in libsodium's type for message sizes.
extension RawSpan {
    var cLength: UInt64 { UInt64(byteCount) }
}
