/// Byte strings, one after the other in one array.
///
/// A large deployment has millions of needles, and an array of its own for each would take more memory than its bytes.
struct ByteStrings: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// The number of strings.
    var count: Int { ends.count }

    /// Adds a string.
    mutating func append(_ string: some Sequence<UInt8>) {
        bytes += string
        ends.append(bytes.count)
    }

    /// The number of bytes of a string.
    func count(of number: Int) -> Int { ends[number] - start(of: number) }

    /// The bytes of a string; its indices are those of the whole array.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[start(of: number)..<ends[number]] }

    /// The byte of a string at an offset from its start.
    subscript(number: Int, offset: Int) -> UInt8 { bytes[start(of: number) + offset] }

    private func start(of number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }
}
