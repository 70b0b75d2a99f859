import Testing

@testable import Detecting

@Suite struct SortedLinesTests {
    private static let files: [(name: String, bytes: [UInt8])] = [
        ("common-words.txt", EmbeddedData.commonWords), ("role-words.txt", EmbeddedData.roleWords),
        ("service-labels.txt", EmbeddedData.serviceLabels), ("software-domains.txt", EmbeddedData.softwareDomains),
    ]

    /// A line in the wrong place would not be found.
    @Test(arguments: files.map(\.name))
    func theLinesOfAFileAreInOrder(name: String) throws {
        let bytes = try #require(Self.files.first { $0.name == name }).bytes
        let lines = bytes.split(separator: UInt8(ascii: "\n")).drop { $0.first == UInt8(ascii: "#") }.map(Array.init)
        #expect(lines.count > 100)
        for (line, next) in zip(lines, lines.dropFirst()) {
            #expect(line.lexicographicallyPrecedes(next), "\(String(decoding: next, as: UTF8.self))")
        }
        let sorted = SortedLines(bytes)
        for line in lines { #expect(sorted.contains(line), "\(String(decoding: line, as: UTF8.self))") }
        #expect(!sorted.contains("no such line".utf8) && !sorted.contains("".utf8) && !sorted.contains("zzzz".utf8))
    }
}
