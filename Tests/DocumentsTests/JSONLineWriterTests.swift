@testable import Documents
import TestKit
import Testing

@Suite("lines of JSON")
struct JSONLineWriterTests {
    @Test(arguments: 0..<40)
    func writeWhatTheValueWrites(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var writer = JSONLineWriter(capacity: 10)
        var plain: [UInt8] = []
        for _ in 0..<20 {
            writer.begin()
            var members: [JSONValue.Member] = []
            for index in 0..<Int.random(in: 0...5, using: &generator) {
                if Bool.random(using: &generator) {
                    let number = Int.random(in: -9...99_999, using: &generator)
                    writer.member("n\(index)", number)
                    members.append(JSONValue.Member("n\(index)", .integer(number)))
                } else {
                    let scalars = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                        ["a", "\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "🐦", "/"].randomElement(using: &generator) ?? ""
                    }
                    let text = scalars.joined()
                    writer.member("s\"\(index)", text)
                    members.append(JSONValue.Member("s\"\(index)", .string(text)))
                }
            }
            writer.end()
            plain += JSONValue.object(members).serialized(.line) + [UInt8(ascii: "\n")]
        }
        #expect(writer.bytes == plain)
    }

    @Test func escapeAsTheStandardSays() {
        #expect(
            JSONValue.string("a\"\\\u{8}\t\n\u{c}\r\u{1f}\u{7f}é").serialized(.line)
                == Array(#""a\"\\\b\t\n\f\r\u001f\u007fé""#.utf8)
        )
    }
}
