import Sodium
import TestKit
import Testing

private func secret(_ text: String) -> SecretBytes { SecretBytes(copying: Array(text.utf8)) }

/// The bytes of a secret that a test expects to be there.
func exposed(_ secret: consuming SecretBytes?) throws -> [UInt8] {
    struct Missing: Error {}
    guard let secret = secret else { throw Missing() }
    return secret.exposed()
}

/// Sealing and opening by ourselves.
@Suite struct AgeTests {
    /// A random source that repeats.
    static func random(seed: UInt64) -> RandomSource {
        final class State: @unchecked Sendable {
            var generator: SeededGenerator; init(_ seed: UInt64) { generator = SeededGenerator(seed: seed) }
        }
        let state = State(seed)
        return RandomSource { span in
            for index in 0..<span.byteCount {
                span.storeBytes(
                    of: UInt8.random(in: 0...255, using: &state.generator),
                    toByteOffset: index,
                    as: UInt8.self
                )
            }
        }
    }

    static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    @Test(arguments: [0, 1, 100, 65535, 65536, 65537, 131072, 200_000])
    func whatIsSealedOpens(count: Int) throws {
        let identity = AgeIdentity.generate()
        let content = Self.bytes(count, seed: 1)
        let file = try AgeFile.seal(content.span.bytes, to: [identity.recipient])
        #expect(AgeFile.isAge(file))
        #expect(try AgeFile.open(file, with: [identity]).exposed() == content)
        #expect(throws: AgeError(.noIdentity, "")) { _ = try AgeFile.open(file, with: [.generate()]) }
        #expect(throws: AgeError(.noIdentity, "")) { _ = try AgeFile.open(file, with: []) }
        if count > 1 {
            #expect(throws: AgeError(.tooLong, "")) { _ = try AgeFile.open(file, with: [identity], limit: count - 1) }
        }
    }

    @Test func eachRecipientOpens() throws {
        let identities = (0..<20).map { _ in AgeIdentity.generate() }
        let content = Array("content".utf8)
        let file = try AgeFile.seal(content.span.bytes, to: identities.map(\.recipient))
        for identity in identities {
            #expect(try AgeFile.open(file, with: [.generate(), identity]).exposed() == content)
        }
    }

    @Test func aPassphraseOpens() throws {
        let content = Array("content".utf8)
        let file = try AgeFile.seal(content.span.bytes, to: [.passphrase(secret("auk wren"), workFactor: 4)])
        #expect(try AgeFile.open(file, with: [.generate(), .passphrase(secret("auk wren"))]).exposed() == content)
        #expect(throws: AgeError(.wrongPassphrase, "")) {
            _ = try AgeFile.open(file, with: [.passphrase(secret("auk wrem"))])
        }
        #expect(throws: AgeError(.passphraseRequired, "")) { _ = try AgeFile.open(file, with: [.generate()]) }
        #expect(throws: AgeError(.workFactor, "")) {
            _ = try AgeFile.open(file, with: [.passphrase(secret("auk wren"), maximumWorkFactor: 3)])
        }
    }

    @Test func recipientsThatCannotStandTogetherAreRefused() throws {
        let content: [UInt8] = []
        #expect(throws: AgeError(.unsuitableRecipients, "")) { _ = try AgeFile.seal(content.span.bytes, to: []) }
        #expect(throws: AgeError(.unsuitableRecipients, "")) {
            _ = try AgeFile.seal(
                content.span.bytes,
                to: [AgeIdentity.generate().recipient, .passphrase(secret("x"), workFactor: 4)]
            )
        }
    }

    @Test func twoFilesShareNothing() throws {
        let identity = AgeIdentity.generate()
        let content = [UInt8](repeating: 0, count: 64)
        let files = try (0..<2).map { _ in try AgeFile.seal(content.span.bytes, to: [identity.recipient]) }
        #expect(files[0].suffix(96) != files[1].suffix(96))
        #expect(files[0].prefix(120) != files[1].prefix(120))
        // With the same random bytes they are the same.
        let same = try (0..<2).map { _ in
            try AgeFile.seal(content.span.bytes, to: [identity.recipient], random: Self.random(seed: 5))
        }
        #expect(same[0] == same[1])
    }

    @Test func everyTruncationAndEveryChangedByteIsRefused() throws {
        let identity = AgeIdentity.generate(from: Self.random(seed: 7))
        let content = Array("the content of a small file".utf8)
        let file = try AgeFile.seal(content.span.bytes, to: [identity.recipient], random: Self.random(seed: 8))
        for count in 0..<file.count {
            #expect(throws: AgeError.self) { _ = try AgeFile.open(Array(file[..<count]), with: [identity]) }
        }
        for index in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[index] ^= 1 << bit
                #expect(throws: AgeError.self, "byte \(index), bit \(bit)") {
                    _ = try AgeFile.open(changed, with: [identity])
                }
            }
        }
        for index in 0...file.count {
            var longer = file
            longer.insert(0x0A, at: index)
            #expect(throws: AgeError.self, "a byte more at \(index)") { _ = try AgeFile.open(longer, with: [identity]) }
        }
    }

    @Test func chunksCannotBeMoved() throws {
        let identity = AgeIdentity.generate()
        let content = Self.bytes(3 * 65536 + 10, seed: 2)
        let file = try AgeFile.seal(content.span.bytes, to: [identity.recipient])
        let start = file.count - (content.count + 4 * 16)
        let size = 65536 + 16
        let chunks = (0..<4).map { Array(file[(start + $0 * size)..<min(start + ($0 + 1) * size, file.count)]) }
        let head = Array(file[..<start])
        #expect(try AgeFile.open(head + chunks.joined(), with: [identity]).exposed() == content)
        for order in [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 2], [0, 1, 3], [0, 1], [0, 1, 2, 3, 3], [3], []] {
            #expect(throws: AgeError(.tampered, "")) {
                _ = try AgeFile.open(head + order.map { chunks[$0] }.joined(), with: [identity])
            }
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func piecesAreAsTheWhole(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let identity = AgeIdentity.generate(from: Self.random(seed: seed))
        let content = Self.bytes(Int.random(in: 0...200_000, using: &generator), seed: seed)
        let whole = try AgeFile.seal(content.span.bytes, to: [identity.recipient], random: Self.random(seed: seed))
        var writer = try AgeWriter(to: [identity.recipient], random: Self.random(seed: seed))
        var file: [UInt8] = []
        var position = 0
        while position < content.count {
            let end = min(content.count, position + Int.random(in: 0...70_000, using: &generator))
            writer.write(Array(content[position..<end]).span.bytes) { bytes in
                bytes.withUnsafeBytes { file += Array($0) }
            }
            position = end
        }
        writer.finish { bytes in bytes.withUnsafeBytes { file += Array($0) } }
        #expect(file == whole)
        var reader = AgeReader(with: [identity])
        var read: [UInt8] = []
        position = 0
        while position < file.count {
            let end = min(file.count, position + Int.random(in: 0...70_000, using: &generator))
            try reader.read(Array(file[position..<end]).span.bytes) { bytes in
                bytes.withUnsafeBytes { read += Array($0) }
            }
            position = end
        }
        try reader.finish { bytes in bytes.withUnsafeBytes { read += Array($0) } }
        #expect(read == content)
    }

    @Test func whatASinkThrowsComesOut() throws {
        struct Full: Error {}
        var writer = try AgeWriter(to: [AgeIdentity.generate().recipient])
        #expect(throws: Full.self) { try writer.write([1].span.bytes) { _ throws(Full) in throw Full() } }
    }

    // MARK: - Recipients and identities

    @Test func aRecipientIsSpelledInOneWay() throws {
        let text = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
        #expect(try AgeRecipient(text).text == text)
        let refused = [
            text.uppercased(), String(text.dropLast()), text + "q", "", "age1", "age1pq1qqqqqq",
            text.replacing("z", with: "Z"), text.replacing("age1z", with: "age1q"), " " + text, text + "\n",
            "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
        ]
        for text in refused {
            #expect(throws: AgeError(.malformedRecipient, ""), "\(text)") { _ = try AgeRecipient(text) }
        }
        for index in text.indices.dropFirst(4) {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "q" ? "p" : "q")
            #expect(throws: AgeError(.malformedRecipient, "")) { _ = try AgeRecipient(changed) }
        }
    }

    @Test func anIdentityIsThatOfTheSpecification() throws {
        let text = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
        let identity = try AgeIdentity(secret(text))
        #expect(identity.recipient.text == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")
        #expect(try exposed(identity.text()) == Array(text.utf8))
        for refused in [text.lowercased(), String(text.dropLast()), "", "AGE-PLUGIN-X-1QQQQQQ"] {
            #expect(throws: AgeError(.malformedIdentity, "")) { _ = try AgeIdentity(secret(refused)) }
        }
    }

    @Test func anIdentityFileIsRead() throws {
        let identity = AgeIdentity.generate()
        let file = try exposed(AgeIdentityFile.serialized(identity, created: "2026-01-31T12:00:00Z"))
        let lines = String(decoding: file, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines[0] == "# created: 2026-01-31T12:00:00Z")
        #expect(lines[1] == "# public key: \(try #require(identity.recipient.text))")
        let key = lines[2]
        let other = String(decoding: try exposed(AgeIdentity.generate().text()), as: UTF8.self)
        let read = try AgeIdentityFile.identities(in: secret("# x\r\n\r\n\(key)\r\n\n#\n\(other)"))
        #expect(read.map(\.recipient.text) == [identity.recipient.text, try AgeIdentity(secret(other)).recipient.text])
        for text in ["", "# none\n", "\(key) \n", " \(key)\n", "\(key)\nx\n", "age-encryption.org/v1\n"] {
            #expect(throws: AgeError(.malformedIdentity, "")) {
                _ = try AgeIdentityFile.identities(in: secret(text))
            }
        }
    }

    @Test func aSecretIsNotPrinted() throws {
        let identity = AgeIdentity.generate()
        let key = String(decoding: try exposed(identity.text()), as: UTF8.self)
        let phrase = AgeIdentity.passphrase(secret("auk-wren"))
        var dumped = ""
        dump(identity, to: &dumped)
        dump(phrase, to: &dumped)
        dump(phrase.recipient, to: &dumped)
        let texts = [
            "\(identity)", String(reflecting: identity), "\([identity, phrase])", "\(phrase.recipient)", dumped,
        ]
        for text in texts {
            #expect(!text.contains(key) && !text.contains("auk-wren") && !text.contains(key.suffix(20)))
        }
    }
}
