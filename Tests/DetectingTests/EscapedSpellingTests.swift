@testable import Detecting
import Testing

@Suite("values that are spelled with escapes")
struct EscapedSpellingTests {
    /// Whether the text around `part` may spell `value`, of which the part is the only bytes that stand as they are.
    private static func mayStand(_ value: String, _ part: String, in text: String) throws -> Bool {
        let (value, bytes, part) = (Array(value.utf8), Array(text.utf8), Array(part.utf8))
        let offset = try #require(value.indices.first { value[$0...].starts(with: part) })
        let spelling = EscapedSpelling(of: value, in: bytes, ignoresCase: false)
        return bytes.indices.contains { start in
            bytes[start...].starts(with: part) && spelling.surrounds(start..<(start + part.count), at: offset)
        }
    }

    @Test(arguments: [
        (#"p"kittiwake"#, "kittiwake", #"x = "p\"kittiwake""#),
        (#"kittiwake"9"#, "kittiwake", #"{\"a\": \"kittiwake\\\"9\"}"#),
        ("pä/kittiwake", "kittiwake", #"p\u00e4\/kittiwake"#),
        ("pä kittiwake", "kittiwake", "p&#228; kittiwake"),
        ("a&kittiwake", "kittiwake", "a&amp;kittiwake"),
        ("kittiwake&b", "kittiwake", "kittiwake&#x26;b"),
        ("kittiwake/b", "kittiwake", "kittiwake%2Fb"),
        ("kittiwake'b", "kittiwake", "'kittiwake''b'"),
        ("kittiwake$b", "kittiwake", "kittiwake$$b"),
        (#"kittiwake\b"#, "kittiwake", #"kittiwake\\b"#),
        (#"a\<kittiwake"#, "kittiwake", #"a\&lt;kittiwake"#),
        (#"a\"kittiwake"#, "kittiwake", #"x = "a\\\"kittiwake""#),
        (#"a"kittiwake"#, "kittiwake", #"x = "{\"b\": \"a\\\"kittiwake\"}""#),
    ])
    func accept(value: String, part: String, text: String) throws {
        #expect(try Self.mayStand(value, part, in: text))
    }

    @Test(arguments: [
        (#"p"kittiwake"#, "kittiwake", #"x = "p'kittiwake""#),
        ("a&kittiwake", "kittiwake", "b&amp;kittiwake"),
        ("kittiwake/b", "kittiwake", "kittiwake%2Fc"),
        ("kittiwake/b", "kittiwake", "kittiwake"),
        ("/kittiwake", "kittiwake", "kittiwake"),
        // It stands there as it is, which needs no reading.
        ("kittiwake/b", "kittiwake", "kittiwake/b"),
    ])
    func refuse(value: String, part: String, text: String) throws {
        #expect(try !Self.mayStand(value, part, in: text))
    }
}
