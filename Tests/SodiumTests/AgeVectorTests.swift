import Sodium
import TestKit
import Testing

@testable import Archive

/// The vectors that the authors of age publish for other implementations: each is one thing right or wrong.
@Suite struct AgeVectorTests {
    /// One vector: the lines of its head, and the file.
    struct Vector {
        var keys: [(name: String, value: String)] = []
        var file: [UInt8] = []

        subscript(name: String) -> [String] { keys.filter { $0.name == name }.map(\.value) }

        init(name: String) throws {
            let bytes = try #require(Folder.contents(of: AgeVectorTests.folder + "/" + name))
            var position = 0
            while let end = bytes[position...].firstIndex(of: 0x0A), end > position {
                let line = String(decoding: bytes[position..<end], as: UTF8.self)
                let colon = try #require(line.firstRange(of: ": "))
                keys.append((String(line[..<colon.lowerBound]), String(line[colon.upperBound...])))
                position = end + 1
            }
            file = Array(bytes[(position + 1)...])
            if self["compressed"] == ["zlib"] {
                let length = try #require(self["length"].first.flatMap { Int($0) })
                let inflater = try Inflater(window: 15)
                var inflated: [UInt8] = []
                try inflater.push(file) { inflated += $0 }
                try inflater.finish { inflated += $0 }
                try #require(inflated.count == length)
                file = inflated
            }
        }

        func identities() throws -> [AgeIdentity] {
            try self["identity"].map { try AgeIdentity(SecretBytes(copying: Array($0.utf8))) }
                + self["passphrase"].map { .passphrase(SecretBytes(copying: Array($0.utf8))) }
        }
    }

    static let folder = Repository.root + "/Tests/SodiumTests/Vectors/age"
    static let names = Folder.files(below: folder)

    /// Which reasons are the ones that a vector expects.
    static let codes: [String: Set<AgeError.Code>] = [
        "no match": [.noIdentity, .wrongPassphrase],
        "HMAC failure": [.tampered],
        "header failure": [.malformed, .notAge, .unsupportedVersion, .workFactor, .tampered],
        "payload failure": [.tampered],
        "armor failure": [.malformed, .notAge],
    ]

    @Test func areAllThere() { #expect(Self.names.count == 124) }

    @Test(arguments: names) func isReadAsItShould(name: String) throws {
        let vector = try Vector(name: name)
        let expected = try #require(vector["expect"].first)
        do {
            let content = try AgeFile.open(vector.file, with: vector.identities())
            #expect(expected == "success")
            #expect(content.withBytes { SHA256.hash($0).hex } == vector["payload"].first)
        } catch let error as AgeError {
            #expect(Self.codes[expected]?.contains(error.code) == true, "\(expected): \(error.code) \(error)")
        }
    }

    /// What goes out before a stream turns out to be wrong is what was sealed there, however it comes in.
    @Test(arguments: names, [1, 1000, 65552, 200_000]) func isReadPiecewiseAsItShould(name: String, step: Int) throws {
        let vector = try Vector(name: name)
        // Byte by byte is for short files.
        guard step > 1 || vector.file.count < 4096 else { return }
        let expected = try #require(vector["expect"].first)
        var content: [UInt8] = []
        let sink = { (bytes: RawSpan) in bytes.withUnsafeBytes { content += Array($0) } }
        do {
            var reader = AgeReader(with: try vector.identities())
            for start in stride(from: 0, to: vector.file.count, by: step) {
                let part = Array(vector.file[start..<min(start + step, vector.file.count)])
                try reader.read(part.span.bytes, to: sink)
            }
            try reader.finish(to: sink)
            #expect(expected == "success")
        } catch let error as AgeError {
            #expect(Self.codes[expected]?.contains(error.code) == true, "\(expected): \(error.code) \(error)")
        }
        guard let payload = vector["payload"].first else { return }
        // Of a stream that is not whole the reference hands out its last chunk, where that is a full one, and we do
        // not.
        #expect(SHA256.hash(content).hex == payload || expected == "payload failure" && content.count % 65536 == 0)
    }
}
