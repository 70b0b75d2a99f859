internal import CLinux

// The standard library's search works for any collection, but takes a hundred times as long for an array of bytes.

extension [UInt8] {
    /// Returns the first range that equals `needle`; nil if there is none.
    ///
    /// An empty needle is found at the start. This shadows the standard library's search, with the same result.
    package func firstRange(of needle: [UInt8]) -> Range<Int>? { self[...].firstRange(of: needle) }
}

extension ArraySlice<UInt8> {
    /// Returns the first range that equals `needle`; nil if there is none.
    ///
    /// An empty needle is found at the start. This shadows the standard library's search, with the same result.
    package func firstRange(of needle: [UInt8]) -> Range<Int>? {
        let place = unsafe withUnsafeBytes { bytes -> Int? in
            guard let start = bytes.baseAddress else { return needle.isEmpty ? 0 : nil }
            return unsafe needle.withUnsafeBytes { wanted in
                guard let first = wanted.baseAddress else { return 0 }
                guard let found = unsafe memmem(start, bytes.count, first, wanted.count) else { return nil }
                return unsafe UnsafeRawPointer(found) - start
            }
        }
        return place.map { startIndex + $0..<startIndex + $0 + needle.count }
    }
}
