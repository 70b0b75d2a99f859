import Archive
import TestKit
import Testing

@testable import Documents

@Suite("compressed texts, and texts in UTF-16, in base64")
struct CompressedTextTests {
    private static let settings = "DB_HOST=db\nDB_PASSWORD=drake&wren41\n"

    /// Replaces the value of a setting in the innermost layer, and gives back the file, and the encodings of each step.
    private func replacing(_ key: String, in document: Document, with text: String) throws -> (Document, [[Encoding]]) {
        let layer = try #require(document.layers.last { $0.values.contains { $0.key == key && $0.role == .value } })
        let value = try #require(layer.values.first { $0.key == key && $0.role == .value })
        let location = layer.location(of: value.span)
        let (bytes, places) = try document.applying([Edit(location, replacement: Array(text.utf8))])
        let written = Document(path: document.path, bytes: bytes)
        #expect(try written.value(at: places[0]) == Array(text.utf8))
        return (written, location.steps.map(\.encodings))
    }

    private func base64(_ bytes: [UInt8]) throws -> String {
        String(decoding: try Encoding.base64.encode(bytes), as: UTF8.self)
    }

    @Test func areReadAndWrittenAnew() throws {
        let packed = try base64(CompressedText.compressed(Array(Self.settings.utf8), as: .gzip))
        let file = "write_files:\n  - path: /etc/app.env\n    encoding: gz+b64\n    content: \(packed)\n"
        let (written, encodings) = try replacing("DB_PASSWORD", in: Document("user-data.yml", file), with: "stand-in")
        #expect(encodings == [[.yamlPlain, .base64, .gzip], [.dotenvUnquoted]])
        let expected = try base64(
            CompressedText.compressed(Array(Self.settings.replacing("drake&wren41", with: "stand-in").utf8), as: .gzip)
        )
        #expect(written.bytes == Array(file.replacing(packed, with: expected).utf8))
    }

    @Test(arguments: [(CompressedText.Form.zlib, Encoding.zlib), (.zstandard, .zstandard)])
    func areReadInOtherForms(form: CompressedText.Form, encoding: Encoding) throws {
        let packed = try base64(CompressedText.compressed(Array(Self.settings.utf8), as: form))
        let file = "config: \(packed)\n"
        let (written, encodings) = try replacing("DB_PASSWORD", in: Document("a.yml", file), with: "stand-in")
        #expect(encodings.first == [.yamlPlain, .base64, encoding])
        let expected = try base64(
            CompressedText.compressed(Array(Self.settings.replacing("drake&wren41", with: "stand-in").utf8), as: form)
        )
        #expect(written.bytes == Array(file.replacing(packed, with: expected).utf8))
        let name = try base64(CompressedText.compressed(Array(Self.settings.utf8), as: .gzip))
        #expect(name != packed && Encoding(rawValue: encoding.rawValue) == encoding)
    }

    @Test func areReadInAWrappedBlock() throws {
        // Lines that do not repeat, so that the digits go over several.
        let text = Self.settings + (0..<80).map { "KEY_\($0 * 7919 % 1009)=v\($0 * 104_729 % 7919)\n" }.joined()
        let digits = try base64(CompressedText.compressed(Array(text.utf8), as: .gzip))
        let lines = stride(from: 0, to: digits.count, by: 76).map { "  " + digits.dropFirst($0).prefix(76) }
        let file = "data: !!binary |\n" + lines.joined(separator: "\n") + "\nend: 1\n"
        let (written, encodings) = try replacing("DB_PASSWORD", in: Document("a.yml", file), with: "stand-in")
        #expect(encodings.first?.suffix(2) == [.base64, .gzip])
        #expect(String(decoding: written.bytes, as: UTF8.self).hasPrefix("data: !!binary |\n  H4sI"))
    }

    /// Helm keeps a release as base64 of gzip in a Secret, whose values are base64.
    @Test func areReadInBase64Twice() throws {
        let release = "{\"name\": \"shop\", \"config\": {\"password\": \"drake&wren41\"}}"
        let inner = try base64(CompressedText.compressed(Array(release.utf8), as: .gzip))
        let file = "kind: Secret\ntype: helm.sh/release.v1\ndata:\n  release: \(try base64(Array(inner.utf8)))\n"
        let (_, encodings) = try replacing("password", in: Document("s.yml", file), with: "stand-in")
        #expect(encodings == [[.yamlPlain, .base64], [.line, .base64, .gzip], [.jsonString]])
    }

    @Test func areReadWithATimeAndAName() throws {
        var packed = try CompressedText.compressed(Array(Self.settings.utf8), as: .gzip)
        packed[3] = 8
        packed.replaceSubrange(4..<8, with: [1, 2, 3, 4])
        packed.insert(contentsOf: Array("a.env\0".utf8), at: 10)
        let (written, _) = try replacing(
            "DB_PASSWORD",
            in: Document(".env", "C=\(try base64(packed))\n"),
            with: "stand-in"
        )
        #expect(String(decoding: written.bytes, as: UTF8.self).hasPrefix("C=H4sIAAAAAAAAA"))
    }

    @Test func damagedOnesStay() throws {
        var packed = try CompressedText.compressed(Array(Self.settings.utf8), as: .gzip)
        packed[packed.count - 5] ^= 1
        #expect(Document(".env", "C=\(try base64(packed))\n").layers.count == 1)
        let trailing = try CompressedText.compressed(Array(Self.settings.utf8), as: .gzip) + [1]
        #expect(Document(".env", "C=\(try base64(trailing))\n").layers.count == 1)
        let noText = try CompressedText.compressed([0, 1, 2, 3, 4, 5, 6, 7, 8], as: .gzip)
        #expect(Document(".env", "C=\(try base64(noText))\n").layers.count == 1)
    }

    @Test func tooLongOnesAreNamed() throws {
        let packed = try base64(
            CompressedText.compressed(
                [UInt8](repeating: UInt8(ascii: "a"), count: CompressedCodec.limit + 1),
                as: .gzip
            )
        )
        let document = Document(".env", "C=\(packed)\n")
        #expect(document.layers.count == 1)
        #expect(
            document.notes.map(\.message) == [
                "a compressed text was not read, because it is too long when decompressed"
            ]
        )
    }

    @Test func commandsOfPowerShellAreRead() throws {
        let command = "$password = \"drake&wren41\""
        let digits = try base64(Encoding.utf16LittleEndian.encode(Array(command.utf8)))
        let file = "powershell -EncodedCommand \(digits)\n"
        let (written, encodings) = try replacing("password", in: Document("run.sh", file), with: "stand-in")
        #expect(encodings == [[.bare, .base64], [.utf16LittleEndian, .doubleQuoted]] || encodings[0].last == .base64)
        let expected = try base64(
            Encoding.utf16LittleEndian.encode(Array(command.replacing("drake&wren41", with: "stand-in").utf8))
        )
        #expect(written.bytes == Array(file.replacing(digits, with: expected).utf8))
    }
}
