import Archive
import Documents
import Foundation
import Testing

@testable import Sanitizing

@Suite struct ResidueCheckTests {
    private func forms(
        of value: String,
        in text: String,
        path: String = "file",
        ignoresCase: Bool = false,
        boundary: ResidueCheck.Boundary = .none
    ) -> [String] {
        forms(of: value, in: Array(text.utf8), path: path, ignoresCase: ignoresCase, boundary: boundary)
    }

    private func forms(
        of value: String,
        in text: [UInt8],
        path: String = "file",
        ignoresCase: Bool = false,
        boundary: ResidueCheck.Boundary = .none
    ) -> [String] {
        let check = ResidueCheck(
            values: [.init(label: "x", bytes: Array(value.utf8), ignoresCase: ignoresCase, boundary: boundary)]
        )
        var proof = check.emptyProof
        let found = check.check(path: path, contents: text, proof: &proof)
        #expect(proof.left == found.count)
        return found.map(\.form)
    }

    /// A file with many of both must not take the product of their numbers.
    @Test func manyValuesAreCoveredByKeptOnes() {
        let value = ResidueCheck.Value(label: "x", bytes: Array("murre".utf8), ignoresCase: false, boundary: .word)
        let kept = ResidueCheck.Value(label: "y", bytes: Array("murre works".utf8), ignoresCase: false, boundary: .word)
        let check = ResidueCheck(values: [value], kept: [.init(kept)])
        let count = 100_000
        let text = Array(String(repeating: "murre works\n", count: count).utf8) + Array("murre rests".utf8)
        var proof = check.emptyProof
        #expect(check.check(path: "a.txt", contents: text, proof: &proof).map(\.line) == [count + 1])
    }

    @Test func findsAValueAsItIs() {
        #expect(forms(of: "t0rque\"Lemur$9", in: "x t0rque\"Lemur$9 y") == ["as it is"])
        #expect(forms(of: "secret-value", in: "nothing of the kind").isEmpty)
    }

    @Test func findsEscapes() {
        #expect(forms(of: "a\"b/c\\d", in: #""a\"b/c\\d""#) == ["JSON-escaped"])
        #expect(forms(of: "a\"b/c\\d", in: #""a\"b\/c\\d""#) == ["JSON-escaped"])
        #expect(forms(of: "pä\"ss", in: #""p\u00e4\"ss""#) == ["JSON-escaped in ASCII"])
        #expect(forms(of: "pä\"ss", in: #""p\u00E4\"ss""#) == ["JSON-escaped in ASCII"])
        #expect(forms(of: "q\"rs", in: #""{\"a\": \"q\\\"rs\"}""#).contains("JSON-escaped twice"))
        #expect(forms(of: "it's it", in: "'it''s it'") == ["quote-doubled"])
        #expect(forms(of: "pa$$wo", in: "x=pa$$$$wo") == ["dollar-doubled"])
        #expect(forms(of: "a&b<cd", in: "<v>a&amp;b&lt;cd</v>") == ["XML-escaped"])
        #expect(forms(of: "Grebe&3 otters", in: "u=Grebe%263%20otters") == ["percent-encoded"])
        #expect(forms(of: "wren.test", in: "chat%2Ewren%2etest") == ["percent-encoded"])
        #expect(forms(of: "a b&cd", in: #"a\ b\&cd"#) == ["backslash-escaped"])
        #expect(forms(of: "wet-auk.test", in: #"^@x:wet\-auk\.test$"#) == ["escaped as an expression"])
        #expect(forms(of: "wet-auk.test", in: #"x.wet-auk\\.test:443"#) == ["escaped as an expression"])
        #expect(forms(of: "wet-auk.test", in: #"wet\\-auk\\.test"#) == ["escaped as an expression"])
    }

    /// What stands beside an escaped value makes it another one, unless it is the end of an escape.
    @Test func anEscapedValueHasNeighboursToo() {
        let value = #"s\.wren\.test"#
        #expect(forms(of: value, in: #"{"p": "/cats\\.wren\\.test/"}"#, boundary: .domain).isEmpty)
        for before in [#"\n"#, #"\u00e9"#, #"\x41"#, "%20", " ", "."] {
            let found = forms(of: value, in: #"{"p": "cat\#(before)s\\.wren\\.test"}"#, boundary: .domain)
            #expect(found == ["JSON-escaped"], "behind \(before)")
        }
        #expect(forms(of: "auk&otter", in: "<v>auk&amp;otters</v>", boundary: .word).isEmpty)
        #expect(forms(of: "auk&otter", in: "<v>auk&amp;otter</v>", boundary: .word) == ["XML-escaped"])
    }

    @Test(arguments: 0..<6)
    func findsBase64AtEveryAlignment(offset: Int) {
        let value = "Grebe&3 otters#41?>"
        let text = String(repeating: "-", count: offset) + value + "behind"
        let base64 = Data(text.utf8).base64EncodedString()
        #expect(forms(of: value, in: "x: \(base64)").contains("in base64"))
        let url = base64.replacing("+", with: "-").replacing("/", with: "_")
        #expect(!forms(of: value, in: "x: \(url)").isEmpty)
        for width in [4, 19, 64] {
            var wrapped = ""
            for (index, character) in base64.enumerated() {
                if index > 0 && index % width == 0 { wrapped += width == 64 ? "\\n" : "\r\n    " }
                wrapped.append(character)
            }
            #expect(forms(of: value, in: wrapped).contains("in base64"), "wrapped at \(width)")
        }
    }

    @Test(arguments: 0..<6)
    func findsUTF16InBase64(offset: Int) {
        let wide = Data((String(repeating: "-", count: offset) + "wren-41 behind").utf8.flatMap { [$0, 0] })
        let digits = wide.base64EncodedString()
        #expect(forms(of: "wren-41", in: "x: \(digits)", boundary: .word) == ["in UTF-16 in base64"])
        #expect(forms(of: "wren-4", in: "x: \(digits)", boundary: .word).isEmpty)
        #expect(forms(of: "wren-42", in: "x: \(digits)").isEmpty)
    }

    @Test func findsWhatIsCompressedInBase64() throws {
        let packed = try Data(CompressedText.compressed(Array("DB_PASSWORD=drake&wren41\n".utf8), as: .gzip))
            .base64EncodedString()
        #expect(Set(forms(of: "drake&wren41", in: "c: \(packed)\n")) == ["as it is, inside an encoded text"])
        let wrapped = packed.enumerated().map { $0 > 0 && $0 % 20 == 0 ? "\\n\($1)" : "\($1)" }.joined()
        #expect(Set(forms(of: "drake&wren41", in: "c: \"\(wrapped)\"\n")) == ["as it is, inside an encoded text"])
        for offset in 0..<3 {
            let outer = Data((String(repeating: "-", count: offset) + packed).utf8).base64EncodedString()
            #expect(Set(forms(of: "drake&wren41", in: "c: \(outer)\n")) == ["as it is, inside an encoded text"])
        }
        #expect(forms(of: "heron&wren41", in: "c: \(packed)\n").isEmpty)
    }

    @Test(arguments: [CompressedText.Form.zlib, .zstandard])
    func findsWhatIsCompressedInOtherForms(form: CompressedText.Form) throws {
        let packed = try Data(CompressedText.compressed(Array("DB_PASSWORD=drake&wren41\n".utf8), as: form))
            .base64EncodedString()
        for text in ["c: \(packed)\n", "c=\(packed)", "{\"c\":\"\(packed)\"}"] {
            #expect(forms(of: "drake&wren41", in: text).contains("as it is, inside an encoded text"), "\(text)")
        }
        #expect(forms(of: "heron&wren41", in: "c: \(packed)\n").isEmpty)
    }

    @Test func findsEncodedWords() {
        let encoded = ", inside an encoded text"
        #expect(forms(of: "Jörg Auk", in: "From: =?utf-8?Q?J=C3=B6rg_Auk?= <x>\n") == ["as it is" + encoded])
        #expect(forms(of: "Jörg Auk", in: "From: J=C3=B6rg_Auk <x>\n").isEmpty)
    }

    @Test func findsWhatIsQuotedPrintable() {
        let head = "Content-Transfer-Encoding: quoted-printable\n\n"
        let encoded = ", inside an encoded text"
        #expect(forms(of: "otter@heron", in: head + "x otter=40heron y") == ["as it is" + encoded])
        #expect(forms(of: "otter-heron", in: head + "x otter=\r\n-heron y") == ["as it is" + encoded])
        #expect(forms(of: "otter@heron", in: "x otter=40heron y").isEmpty)
    }

    /// In base32 at every place within a group, wrapped or not, and not as a part of another word.
    @Test(arguments: 0..<5) func findsBase32(offset: Int) throws {
        for (before, text, holds) in [
            ("/", "wren.test", true), ("/", "wren.tests", false), ("a", "wren.test", offset == 0),
            ("/", "wren.tesu", false),
        ] {
            let bytes = Array((String(repeating: before, count: offset) + text + "/").utf8)
            let digits = try Encoding.base32.encode(bytes)
            for spelling in [digits, Array(digits.prefix(9)) + [0x0A] + digits.dropFirst(9)] {
                let found = forms(of: "wren.test", in: Array("x: ".utf8) + spelling, boundary: .domain)
                #expect(found == (holds ? ["in base32"] : []), "\(before)\(text)")
            }
        }
    }

    /// A value that begins with the same bits in base64 is another one.
    @Test(arguments: 0..<6)
    func tellsValuesApartByTheBitsThatDigitsShare(offset: Int) {
        for (value, other) in [("wren4", "wren5"), ("4auks", "5auks"), ("otter01", "otter02")] {
            for (text, holds) in [(value, true), (other, false)] {
                let base64 = Data((String(repeating: "-", count: offset) + text + "/").utf8).base64EncodedString()
                #expect(forms(of: value, in: "x: \(base64)").isEmpty != holds, "\(text) in \(base64)")
            }
        }
        #expect(forms(of: "otter01", in: Data("otter01".utf8).base64EncodedString()) == ["in base64"])
        #expect(!forms(of: "otter01", in: "x=b3R0ZXIwM%2F").isEmpty)
    }

    /// What makes a value another one does so in digits as well, as far as they stand right beside it.
    @Test(arguments: 0..<6)
    func knowsWhatAnotherValueIsInDigits(offset: Int) {
        let before = String(repeating: "-", count: offset)
        for (text, holds) in [
            ("wren.testing", false), ("@wren.test", true), ("a.wren.test/", true), ("owren.test", false),
        ] {
            let bytes = (before + "@" + text + "  ").utf8
            let base64 = Data(bytes).base64EncodedString()
            #expect(
                forms(of: "wren.test", in: "x: \(base64)", boundary: .domain).isEmpty != holds,
                "\(text) in \(base64)"
            )
            let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(forms(of: "wren.test", in: "x: \(hex)", boundary: .domain).isEmpty != holds, "\(text) in \(hex)")
        }
        // Another word beside it, and the line before in wrapped base64, say nothing about it.
        let word = Data("wren.test".utf8).base64EncodedString()
        for text in ["Basic \(word)", "\(word) abcd", "YWJj\n\(word)\nYWJj"] {
            #expect(forms(of: "wren.test", in: text, boundary: .domain) == ["in base64"], "\(text)")
        }
    }

    @Test func findsOtherSpellings() {
        let hex = "wren.test".utf8.map { String($0, radix: 16) }.joined()
        #expect(forms(of: "wren.test", in: "x'\(hex.uppercased())'") == ["in hex"])
        #expect(forms(of: "wren.test", in: "wren.test".utf8.flatMap { [$0, 0] }) == ["in UTF-16"])
        #expect(forms(of: "wren.test", in: "wren.test".utf8.flatMap { [0, $0] }) == ["in UTF-16"])
        #expect(forms(of: "245.35.72.19", in: "19.72.35.245.in-addr.arpa") == ["as a reversed name"])
        let nibbles = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.b.2.0.0.7.1.c.0.8.f.4.0.1.0.a.4.ip6.arpa"
        #expect(forms(of: "4a01:4f8:c17:2b::1", in: nibbles) == ["as a reversed name"])
        #expect(forms(of: "Wren.Test", in: "meet.WREN.test", ignoresCase: true) == ["as it is"])
        #expect(forms(of: "Wren.Test", in: "meet.WREN.test").isEmpty)
    }

    @Test func looksIntoNames() {
        #expect(forms(of: "wren.test", in: "", path: "certs/chat%2ewren%2etest.key") == ["percent-encoded"])
    }

    @Test func knowsWhatAnotherValueIs() {
        #expect(forms(of: "10.0.0.1", in: "10.0.0.12 110.0.0.1 10.0.0.1.5 2.10.0.0.1", boundary: .ipv4Address).isEmpty)
        for text in ["10.0.0.1", "x=10.0.0.1/24", #"a\n10.0.0.1"#, "10.0.0.1.", "host:10.0.0.1:80", "%2010.0.0.1"] {
            #expect(forms(of: "10.0.0.1", in: text, boundary: .ipv4Address) == ["as it is"], "\(text)")
        }
        #expect(forms(of: "wren.test", in: "other-wren.test owren.test wren.testing", boundary: .domain).isEmpty)
        for text in ["meet.wren.test", "@wren.test", "wren.test.", "wren.test:80", #"\nwren.test"#] {
            #expect(forms(of: "wren.test", in: text, boundary: .domain) == ["as it is"], "\(text)")
        }
        #expect(forms(of: "wren", in: "wrench awren wren_1", boundary: .word).isEmpty)
        #expect(forms(of: "wren", in: "/home/wren/x", boundary: .word) == ["as it is"])
        #expect(forms(of: "wren", in: "éwren wrenñ", boundary: .word).isEmpty)
        #expect(forms(of: "wren", in: "x×wren", boundary: .word) == ["as it is"])
        #expect(forms(of: "4a01::1", in: "4a01::1f 34a01::1 4a01::1:2", boundary: .colonAddress).isEmpty)
        #expect(forms(of: "admin", in: "admin", boundary: .never).isEmpty)
    }

    @Test func saysWhere() {
        let check = ResidueCheck(values: [
            .init(label: "x", bytes: Array("first".utf8), ignoresCase: false, boundary: .none),
            .init(label: "x", bytes: Array("second".utf8), ignoresCase: false, boundary: .none),
        ])
        var proof = check.emptyProof
        let found = check.check(path: "a", contents: Array("1\n2 second\n3 first".utf8), proof: &proof)
        #expect(found.map(\.line) == [2, 3])
        #expect(found.map(\.value) == [1, 0])
        _ = check.check(path: "bc", contents: [1, 2, 3], proof: &proof)
        #expect(proof == .init(values: 2, forms: check.formCount, files: 2, bytes: 1 + 18 + 2 + 3, left: 2))
    }
}
