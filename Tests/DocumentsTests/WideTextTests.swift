@testable import Documents
import TestKit
import Testing

@Suite("texts in UTF-16 and UTF-32")
struct WideTextTests {
    private static let encodings: [Encoding] = [
        .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
    ]

    private static func mark(_ encoding: Encoding) throws -> [UInt8] { try encoding.encode(Array("\u{FEFF}".utf8)) }

    @Test(arguments: encodings)
    func spellsEveryCharacter(encoding: Encoding) throws {
        let text = "aé€😀\u{10FFFF}\u{0}\n"
        let spelled = try encoding.encode(Array(text.utf8))
        #expect(try encoding.decode(spelled).bytes == Array(text.utf8))
        #expect(throws: DocumentError.self) { try encoding.encode([0xFF]) }
    }

    @Test func knowsTheBytesOfEachEncoding() throws {
        #expect(try Encoding.utf16LittleEndian.encode(Array("é😀".utf8)) == [0xE9, 0, 0x3D, 0xD8, 0, 0xDE])
        #expect(try Encoding.utf16BigEndian.encode(Array("é😀".utf8)) == [0, 0xE9, 0xD8, 0x3D, 0xDE, 0])
        #expect(try Encoding.utf32BigEndian.encode(Array("😀".utf8)) == [0, 1, 0xF6, 0])
    }

    @Test(
        arguments: [[0x00, 0xD8], [0x00, 0xDC], [0x00, 0xD8, 0x61, 0x00], [0x61, 0x00, 0x62], [0x61]] as [[UInt8]]
    )
    func readsWhatIsNoCharacterAsSuch(bytes: [UInt8]) throws {
        let decoded = try Encoding.utf16LittleEndian.decode(bytes)
        #expect(String(decoding: decoded.bytes, as: UTF8.self).unicodeScalars.contains("\u{FFFD}"))
        #expect(decoded.rawSpan(of: Span(0, decoded.bytes.count)) == Span(0, bytes.count))
    }

    @Test(arguments: encodings, [true, false])
    func readsSettingsAndWritesThemBack(encoding: Encoding, hasMark: Bool) throws {
        let text = "# für uns\nA=1\nDB_PASSWORD=\"pl ö$ver\"\r\nB=2\n"
        let isUTF32 = encoding == .utf32LittleEndian || encoding == .utf32BigEndian
        // Without a mark, UTF-32 cannot be told from bytes.
        guard hasMark || !isUTF32 else { return }
        let bytes = try (hasMark ? Self.mark(encoding) : []) + encoding.encode(Array(text.utf8))
        let document = Document(path: ".env", bytes: bytes)
        #expect(document.layers.map(\.format).first == .dotenv)
        let layer = try #require(document.layers.dropFirst().first)
        let value = try #require(layer.values.first { $0.key == "DB_PASSWORD" && $0.role == .value })
        let location = layer.location(of: value.span)
        #expect(try document.value(at: location) == Array("pl ö$ver".utf8))
        let (written, places) = try document.applying([Edit(location, replacement: Array("wren é".utf8))])
        let expected = text.replacing("pl ö$ver", with: "wren é")
        #expect(try written == (hasMark ? Self.mark(encoding) : []) + encoding.encode(Array(expected.utf8)))
        #expect(try Document(path: ".env", bytes: written).value(at: places[0]) == Array("wren é".utf8))
    }

    @Test func takesOtherBytesForBytes() {
        let noise: [[UInt8]] = [
            [0xFF, 0xFE] + (0..<200).map { UInt8($0 % 7) }, [0, 0, 0, 0], [0x61, 0, 0, 0x62, 0, 0, 0x63, 0],
            [0, 0x61, 0],
        ]
        for bytes in noise { #expect(Document(path: "x", bytes: bytes).layers.map(\.format) == [.binary]) }
    }
}
