import TestKit
import Testing

@testable import Documents

@Suite("quoted-printable")
struct QuotedPrintableTests {
    private func decoded(_ raw: String) throws -> String {
        String(decoding: try Encoding.quotedPrintable.decode(Array(raw.utf8)).bytes, as: UTF8.self)
    }

    @Test func isDecoded() throws {
        #expect(try decoded("a=40b=3D=c3=A9") == "a@b=é")
        #expect(try decoded("one =\r\ntwo=  \nthree\n") == "one twothree\n")
        // What is no escape stands for itself, and so do bytes that are no UTF-8.
        #expect(try decoded("a=b =4 f=FCr =3D") == "a=b =4 f=FCr =")
        #expect(try decoded("=") == "=")
    }

    @Test func isWrittenAsBefore() throws {
        let old = Array("a=40b=3Dc".utf8)
        #expect(
            try Encoding.quotedPrintable.encode(Array("x@y=é".utf8), like: old[...]) == Array("x=40y=3D=C3=A9".utf8)
        )
        let broken = Array("long=\r\n-one".utf8)
        #expect(try Encoding.quotedPrintable.encode(Array("short".utf8), like: broken[...]) == Array("=\r\nshort".utf8))
    }

    @Test func encodedWordsAreRead() throws {
        let mail = "From: =?UTF-8?Q?J=C3=B6rg_Auk?= <auk@wren.test>\nSubject: =?utf-8?q?a?= =?ISO-8859-1?Q?=FC?=\n\nx\n"
        let document = Document(path: "a.eml", bytes: Array(mail.utf8))
        let layer = try #require(document.layers.first { $0.text == Array("Jörg Auk".utf8) })
        let location = layer.location(of: Span(0, layer.text.count))
        let written = try document.applying([Edit(location, replacement: Array("User = Öne".utf8))])
        #expect(
            String(decoding: written.bytes, as: UTF8.self) == mail.replacing("J=C3=B6rg_Auk", with: "User_=3D_=C3=96ne")
        )
        #expect(document.layers.count == 2)
        // Elsewhere it is a text like any other.
        let note = Document(path: "a.txt", bytes: Array("x \(mail)".utf8))
        #expect(!note.layers.contains { $0.text == Array("Jörg Auk".utf8) })
        #expect(throws: DocumentError.self) { try Encoding.encodedWord.decode(Array("a=4".utf8)) }
    }

    @Test(arguments: 0..<40)
    func everyTextComesBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = (0..<Int.random(in: 0...30, using: &generator)).flatMap { _ in
                Array(
                    ["a", "=", "=4", "0", "\r\n", " ", "é", "\u{1}", "="].randomElement(using: &generator)?.utf8
                        ?? "".utf8
                )
            }
            guard let spelled = try? Encoding.quotedPrintable.encode(value) else { continue }
            #expect(try Encoding.quotedPrintable.decode(spelled).bytes == value)
        }
    }

    private static let mail = """
        From: x
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=_b1"

        --=_b1
        Content-Transfer-Encoding: Quoted-Printable
        Content-Type: text/plain

        password: otter=
        =40wren=3D
        --=_b1
        Content-Type: text/plain

        other=40 text
        --=_b1--

        """

    @Test(arguments: ["\n", "\r\n"])
    func partsOfMailsAreRead(lineBreak: String) throws {
        let document = Document("a.eml", Self.mail.replacing("\n", with: lineBreak))
        #expect(document.hidesTexts)
        let layer = try #require(document.layers.dropFirst().first)
        #expect(String(decoding: layer.text, as: UTF8.self) == "password: otter@wren=" + lineBreak)
        let value = try #require(layer.values.first { $0.key == "password" && $0.role == .value })
        let (bytes, _) = try document.applying([Edit(layer.location(of: value.span), replacement: Array("a=b".utf8))])
        let expected = Self.mail.replacing("otter=\n=40wren=3D", with: "=\na=3Db")
        #expect(String(decoding: bytes, as: UTF8.self) == expected.replacing("\n", with: lineBreak))
    }

    @Test func propertiesOfVCardsAreRead() {
        let card = """
            BEGIN:VCARD
            FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=
             Wren
            NOTE:a=40b
            ADR;QUOTED-PRINTABLE:;;Kranichweg 3=3D
            END:VCARD

            """
        let texts = Document("a.vcf", card).layers.dropFirst().map { String(decoding: $0.text, as: UTF8.self) }
        #expect(
            texts == [
                "\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jörg Wren", "\nADR;QUOTED-PRINTABLE:;;Kranichweg 3=",
            ]
        )
    }

    @Test func otherTextsAreNotReadSo() {
        #expect(Document("a.py", "# quoted-printable\n\nx = \"a=40b\"\n").layers.count == 1)
        #expect(QuotedPrintableParts.find(in: Array("From: x\n\na=40b\n".utf8)).isEmpty)
        let unending = Array("From: x\nContent-Transfer-Encoding: quoted-printable\n\na=40b".utf8)
        #expect(QuotedPrintableParts.find(in: unending) == [unending.count - 5..<unending.count])
    }
}
