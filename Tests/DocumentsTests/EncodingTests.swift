import Documents
import TestKit
import Testing

@Suite struct EncodingTests {
    /// A spelling and what it says.
    struct Sample: Sendable, CustomTestStringConvertible {
        var encoding: Encoding
        var raw: String
        var value: String
        var testDescription: String { "\(encoding.rawValue) \(raw.debugDescription)" }

        init(_ encoding: Encoding, _ raw: String, _ value: String) {
            self.encoding = encoding
            self.raw = raw
            self.value = value
        }
    }

    /// Spellings that are read, and written the same when the value is written anew without the old spelling.
    static let canonical: [Sample] = [
        Sample(.jsonString, #"a\"b\\c\nd/é"#, "a\"b\\c\nd/é"),
        Sample(.jsonString, #"\u0001"#, "\u{1}"),
        Sample(.yamlPlain, "it's a:b#c", "it's a:b#c"),
        Sample(.yamlFlowPlain, "a:b", "a:b"),
        Sample(.yamlSingleQuoted, "it''s", "it's"),
        Sample(.yamlDoubleQuoted, #"a\"b\n\tc\x01"#, "a\"b\n\tc\u{1}"),
        Sample(.yamlLiteral(indent: 4), "a\n    b\n\n      c", "a\nb\n\n  c"),
        Sample(.yamlFolded(indent: 2), "a b", "a b"),
        Sample(.dotenvUnquoted, "pa$$word a$5 b", "pa$word a$5 b"),
        Sample(.dotenvSingleQuoted, #"it\'s $HOME"#, "it's $HOME"),
        Sample(.dotenvDoubleQuoted, #"a\"b\\c\n\$d"#, "a\"b\\c\n$d"),
        Sample(.properties, #"\ a\\b\tc=d"#, " a\\b\tc=d"),
        Sample(.ini, "a b=c", "a b=c"),
        Sample(.doubleQuoted, #"a\"b\\c\n'"#, "a\"b\\c\n'"),
        Sample(.singleQuoted, #"a"b\\c\n\'"#, "a\"b\\c\n'"),
        Sample(.shellWord, #"'it'\''s otter'"#, "it's otter"),
        Sample(.shellWord, "otter", "otter"),
        Sample(.shellSingleQuoted, #"a"b\c $d"#, #"a"b\c $d"#),
        Sample(.shellDoubleQuoted, #"t0rque\"Lemur\$9\\\`!"#, "t0rque\"Lemur$9\\`!"),
        Sample(.bare, "a:b=c/d", "a:b=c/d"),
        Sample(.line, "a \"b\", c;", "a \"b\", c;"),
        Sample(.field, "Bo Otter", "Bo Otter"),
        Sample(.pgpassField, #"a\:b\\c"#, #"a:b\c"#),
        Sample(.csvQuoted, "a \"\"b\"\",\nc", "a \"b\",\nc"),
        Sample(.tomlLiteral, #"C:\x"#, #"C:\x"#),
        Sample(.literal, "-12.5e3", "-12.5e3"),
        Sample(.xml, "a&amp;b&lt;c&gt;&quot;&apos;", "a&b<c>\"'"),
        Sample(.percent, "Grebe%263%20otters%2341", "Grebe&3 otters#41"),
        Sample(.base64, "cGFzc3cwcmQ=", "passw0rd"),
        Sample(.base64url, "YT8_Pg", "a??>"), Sample(.base32, "OBQXG43XGBZGI===", "passw0rd"),
        Sample(.hex, "6a6f6c6c79", "jolly"),
        Sample(.quotedPrintable, "a=3Db=3D3D", "a=b=3D"), Sample(.ldifFolded, "a: b", "a: b"),
    ]

    /// Spellings that are read, but that only the old spelling makes the encoder write.
    static let variant: [Sample] = [
        Sample(.ldifFolded, "gu\n illemot\r\n  and\nauk", "guillemot and\nauk"),
        Sample(.jsonString, #"\u0026\/\u00e9\ud83d\ude00"#, "&/é😀"),
        Sample(.yamlPlain, "a\n  b\n\n  c", "a b\nc"),
        Sample(.yamlSingleQuoted, "a \n  b", "a b"),
        Sample(.yamlDoubleQuoted, "a\\\n   b \n c\\e\\u00e9", "ab c\u{1B}é"),
        Sample(.yamlLiteral(indent: 2), "a\r\n  b", "a\nb"),
        Sample(.yamlFolded(indent: 2), "a\n  b\n\n  c\n    d\n  e", "a b\nc\n  d\ne"),
        Sample(.dotenvUnquoted, "${A:-b}", "${A:-b}"),
        Sample(.dotenvDoubleQuoted, #"\0101\t\x $A"#, "A\t\\x $A"),
        Sample(.dotenvSingleQuoted, #"a\nb"#, #"a\nb"#),
        Sample(.properties, "a\\\r\n   b\\u00e9\\q", "abéq"),
        Sample(.doubleQuoted, #"\x41\u{1F600}\u0042\d\195\U0001F600"#, "A😀B\\d\\195😀"),
        Sample(.tomlLiteral, "a\nb", "a\nb"),
        Sample(.field, "10:20", "10:20"),
        Sample(.shellDoubleQuoted, "a\\\nb\\n", "ab\\n"),
        Sample(.shellWord, #"otter\ bay"#, "otter bay"),
        Sample(.shellWord, #""otter"'$bay'\&"#, "otter$bay&"),
        Sample(.shellWord, #"$'otter\nbay\x41'"#, "otter\nbayA"),
        Sample(.shellWord, #""a\"b"c"#, "a\"bc"),
        Sample(.xml, "&#65;&#x42;&nbsp;&", "AB&nbsp;&"),
        Sample(.percent, "auth%2emeet%2Ejitsi", "auth.meet.jitsi"),
        Sample(.base64, "eyJhbGciOiJIUzI1NiJ9", #"{"alg":"HS256"}"#),
        Sample(.base64, "cGFzc3cw\r\n  cmQhIQ==", "passw0rd!!"),
        Sample(.base32, "OBQXG43XGBZGI", "passw0rd"), Sample(.base32, "OBQXG43X\nGBZGI===", "passw0rd"),
        Sample(.hex, "6A6F", "jo"),
    ]

    @Test(arguments: canonical + variant) func decodes(sample: Sample) throws {
        let decoded = try sample.encoding.decode(Array(sample.raw.utf8))
        #expect(String(decoding: decoded.bytes, as: UTF8.self) == sample.value)
    }

    @Test(arguments: canonical) func encodesWithoutTheOldSpelling(sample: Sample) throws {
        let raw = sample.encoding == .literal ? Array("1".utf8) : nil
        let spelling = try sample.encoding.encode(Array(sample.value.utf8), like: raw.map { $0[...] })
        #expect(String(decoding: spelling, as: UTF8.self) == sample.raw)
    }

    @Test(arguments: canonical + variant) func keepsTheOldSpellingOfTheSameValue(sample: Sample) throws {
        let raw = Array(sample.raw.utf8)
        #expect(try sample.encoding.encode(Array(sample.value.utf8), like: raw[...]) == raw)
    }

    @Test(arguments: canonical + variant) func placesCoverTheSpelling(sample: Sample) throws {
        let raw = Array(sample.raw.utf8)
        let decoded = try sample.encoding.decode(raw)
        let whole = decoded.rawSpan(of: Span(0, decoded.bytes.count))
        #expect(whole == Span(0, raw.count))
        guard !sample.encoding.isOpaque, sample.encoding != .yamlPlain else { return }
        for index in 0..<decoded.bytes.count {
            let part = decoded.rawSpan(of: Span(index, index + 1))
            let again = try sample.encoding.decode(Array(raw[part.range]))
            #expect(again.bytes.contains(decoded.bytes[index]) || raw[part.start] == UInt8(ascii: "\n"))
        }
    }

    /// A value that an encoding refuses.
    static let refused: [Sample] = [
        Sample(.field, "", "a:b"), Sample(.field, "", "a,b"), Sample(.field, "", "a "), Sample(.field, "", "a\nb"),
        Sample(.pgpassField, "", "a\nb"), Sample(.tomlLiteral, "", "it's"), Sample(.tomlLiteral, "", "a\nb"),
        Sample(.yamlPlain, "", "a\nb"), Sample(.yamlPlain, "", "a: b"), Sample(.yamlPlain, "", "a #b"),
        Sample(.yamlPlain, "", "*a"), Sample(.yamlPlain, "", "- a"), Sample(.yamlPlain, "", "12"),
        Sample(.yamlPlain, "", "1e5"), Sample(.yamlPlain, "", "0x1F"), Sample(.yamlPlain, "", "1:30"),
        Sample(.yamlPlain, "", "yes"), Sample(.yamlPlain, "", "Null"), Sample(.yamlPlain, "", "2026-08-21"),
        Sample(.yamlPlain, "", "a:"), Sample(.yamlPlain, "", "--- a"), Sample(.yamlPlain, "", ""),
        Sample(.yamlPlain, "12", "ab"), Sample(.yamlPlain, "true", "12"), Sample(.yamlPlain, "1.5", "2"),
        Sample(.yamlFlowPlain, "", "a,b"), Sample(.yamlFlowPlain, "", "a]"), Sample(.yamlSingleQuoted, "", "a\nb"),
        Sample(.yamlLiteral(indent: 2), "", " a"), Sample(.yamlLiteral(indent: 2), "", "a\n"),
        Sample(.yamlFolded(indent: 2), "", "a\nb"), Sample(.dotenvUnquoted, "", "a\nb"),
        Sample(.dotenvUnquoted, "", "a #b"), Sample(.dotenvUnquoted, "", "\"a\""), Sample(.dotenvUnquoted, "", " a"),
        Sample(.dotenvSingleQuoted, "", #"a\"#), Sample(.dotenvSingleQuoted, "", #"a\'b"#),
        Sample(.dotenvDoubleQuoted, "", "a\0"), Sample(.ini, "", "a ;b"), Sample(.ini, "", "a "),
        Sample(.shellSingleQuoted, "", "it's"), Sample(.bare, "", "a b"), Sample(.bare, "", "a\"b"),
        Sample(.bare, "", "a;b"), Sample(.line, "", "a\nb"), Sample(.literal, "1", "x"),
        Sample(.literal, "true", "1"), Sample(.xml, "", "\u{1}"), Sample(.doubleQuoted, "", "\u{1}"),
    ]

    @Test(arguments: refused) func refusesWhatItCannotSpell(sample: Sample) {
        let raw = sample.raw.isEmpty ? nil : Array(sample.raw.utf8)[...]
        #expect(throws: DocumentError(.unrepresentable, "")) {
            try sample.encoding.encode(Array(sample.value.utf8), like: raw)
        }
    }

    @Test(arguments: [
        Sample(.jsonString, #"a\qb"#, ""), Sample(.jsonString, #"a\"#, ""), Sample(.yamlDoubleQuoted, #"\q"#, ""),
        Sample(.yamlSingleQuoted, "it's", ""), Sample(.percent, "%4", ""), Sample(.base64, "cGFzc3cwcmR", ""),
        Sample(.base64, "a!b=", ""), Sample(.base32, "OBQXG43XGBZGJ", ""), Sample(.base32, "OBQX1A==", ""),
        Sample(.hex, "6aF0", ""), Sample(.hex, "6", ""),
    ])
    func refusesMalformedSpellings(sample: Sample) {
        #expect(throws: DocumentError(.malformed, "")) { try sample.encoding.decode(Array(sample.raw.utf8)) }
    }

    @Test(arguments: [
        (Encoding.jsonString, #"https:\/\/a\u003d"#, "http://b=c", #"http:\/\/b\u003dc"#),
        (.jsonString, #"\u00e9"#, "äö", #"\u00e4\u00f6"#),
        (.percent, "auth%2emeet", "b.c d", "b%2ec%20d"),
        (.percent, "a%2Eb%3f", "a b", "a%20b"),
        (.yamlDoubleQuoted, #"\/\x41"#, "/A/", #"\/\x41\/"#),
        (.properties, #"http\://a"#, "x://b:c", #"x\://b\:c"#),
        (.xml, "&#39;a", "it's", "it&#39;s"),
        (.base64, "cGFz\ncw==", "passw0rd", "cGFz\nc3cw\ncmQ="),
        (.base64, "_-8", "\u{FB}", "w7s"),
        (.base64url, "YWJj", "abcd", "YWJjZA"), (.base32, "MFRGG", "abcd", "MFRGGZA"),
        (.base32, "MFRGG===", "abcd", "MFRGGZA="),
        (.hex, "6A", "jk", "6A6B"),
        (.yamlLiteral(indent: 2), "a\r\n  b", "c\nd\ne", "c\r\n  d\r\n  e"),
        (.dotenvDoubleQuoted, "a\nb", "c\nd", "c\nd"),
        (.bare, "a,b", "c,d", "c,d"),
        (.yamlPlain, "12", "34", "34"),
    ]) func learnsFromTheOldSpelling(encoding: Encoding, raw: String, value: String, spelling: String) throws {
        let result = try encoding.encode(Array(value.utf8), like: Array(raw.utf8)[...])
        #expect(String(decoding: result, as: UTF8.self) == spelling)
    }

    static let all: [Encoding] = [
        .jsonString, .yamlPlain, .yamlFlowPlain, .yamlSingleQuoted, .yamlDoubleQuoted, .yamlLiteral(indent: 3),
        .yamlFolded(indent: 2), .dotenvUnquoted, .dotenvSingleQuoted, .dotenvDoubleQuoted, .properties, .ini,
        .doubleQuoted, .singleQuoted, .shellSingleQuoted, .shellDoubleQuoted, .bare, .line, .literal, .xml, .percent,
        .base64, .base64url, .base32, .hex,
    ]

    @Test(arguments: all) func namesAreReadBack(encoding: Encoding) {
        #expect(Encoding(rawValue: encoding.rawValue) == encoding)
    }

    @Test(arguments: ["", "json", "yaml-literal", "yaml-literal:", "yaml-literal:-1", "yaml-literal:01", "bare:1"])
    func otherNamesAreRefused(name: String) { #expect(Encoding(rawValue: name) == nil) }

    /// Random values of the characters that some encoding treats specially.
    @Test(arguments: all) func whatIsWrittenIsReadBack(encoding: Encoding) throws {
        var generator = SeededGenerator(seed: 20)
        let alphabet =
            Array(
                #"ab1 Z"'\/$#&;:=,.-_{}[]()<>|%~`!?*@^+é"#.utf8
            ) + [0x0A, 0x09, 0x0D, 0x00, 0x7F, 0x1B]
        var written = 0
        for _ in 0..<3000 {
            let count = Int.random(in: 0...8, using: &generator)
            let value = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            do {
                let spelling = try encoding.encode(value)
                #expect(try encoding.decode(spelling).bytes == value)
                written += 1
            } catch {
                #expect(error.code == .unrepresentable)
            }
        }
        // A literal is only ever a number or a word of a few.
        #expect(written > (encoding == .literal ? 0 : 20))
    }

    @Test(arguments: all) func aPlainTokenCanAlwaysBeWritten(encoding: Encoding) throws {
        guard encoding != .literal else { return }
        let token = Array("Tok3n-x_9".utf8)
        #expect(try encoding.decode(try encoding.encode(token)).bytes == token)
    }
}
