/// The lines of a data file in byte order, searched in place, so that nothing is prepared at start.
struct SortedLines: Sendable {
    private let bytes: [UInt8]
    private let start: Int

    /// Takes a file with its comments at the top and its other lines in byte order, which a test verifies.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var start = 0
        while start < bytes.count, bytes[start] == UInt8(ascii: "#") {
            start = (bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
        }
        self.start = start
    }

    /// Whether `line` is one of the lines, in time logarithmic in the size of the file.
    func contains(_ line: some Sequence<UInt8>) -> Bool {
        let line = Array(line)
        var low = start
        var high = bytes.count
        while low < high {
            let middle = lineStart(at: (low + high) / 2, notBefore: low)
            let end = bytes[middle...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if bytes[middle..<end].elementsEqual(line) { return true }
            if bytes[middle..<end].lexicographicallyPrecedes(line) { low = end + 1 } else { high = middle }
        }
        return false
    }

    private func lineStart(at offset: Int, notBefore low: Int) -> Int {
        var start = offset
        while start > low, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return start
    }
}
