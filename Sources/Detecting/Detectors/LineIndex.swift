internal import Glibc

/// The lines of a text: which line and column an offset is at.
struct LineIndex: Sendable {
    private let starts: [Int]

    /// Indexes the line feeds of `text`.
    init(_ text: [UInt8]) {
        var starts = [0]
        unsafe text.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var offset = 0
            while let next = unsafe memchr(base + offset, Int32(UInt8(ascii: "\n")), bytes.count - offset) {
                offset = unsafe UnsafeRawPointer(next) - base + 1
                starts.append(offset)
            }
        }
        self.starts = starts
    }

    /// The 1-based line and the 1-based column, in bytes, of `offset`.
    func position(of offset: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, offset - starts[low] + 1)
    }
}
