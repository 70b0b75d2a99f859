import Detecting
import Documents
import Sodium
import TestKit
import Testing

@testable import Sanitizing

@Suite struct SealedMapTests {
    /// A map of everything that there can be, made up from a seed.
    static func map(seed: UInt64) -> SealedMap {
        var generator = SeededGenerator(seed: seed)
        func bytes() -> OriginalBytes {
            let count = Int.random(in: 0...20, using: &generator)
            let isText = Bool.random(using: &generator)
            return OriginalBytes(
                (0..<count).map { _ in UInt8.random(in: isText ? 0...127 : 0...255, using: &generator) }
            )
        }
        func digest() -> Digest { SHA256.hash(bytes().bytes) }
        var number = 0
        func name(_ prefix: String) -> String {
            number += 1
            return "\(prefix)\(number)"
        }
        let values = (0..<6).map { _ in
            SealedMap.Value(
                value: OriginalBytes(Array(name("value").utf8) + bytes().bytes),
                kind: Kind.allCases.randomElement(using: &generator) ?? .password,
                origin: Bool.random(using: &generator)
                    ? SealedMap.Origin(derivation: .dashed, value: bytes()) : nil,
                standIn: name("REPLACE-"),
                firstSeen: Int.random(in: 0...2_000_000_000, using: &generator),
                spellings: (1...Int.random(in: 1...3, using: &generator)).map { _ in
                    SealedMap.Spelling(value: bytes(), parameter: name("p"), standIn: "s\"\\\n")
                }
            )
        }
        let files = (0..<4).map { _ in
            var position = 0
            return SealedMap.File(
                path: name("ü/"),
                sanitizedPath: name("s/"),
                isExecutable: Bool.random(using: &generator),
                isPrivate: Bool.random(using: &generator),
                digest: digest(),
                sanitizedDigest: digest(),
                link: Bool.random(using: &generator) ? "../target" : nil,
                patches: (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    let start = position + Int.random(in: 0...9, using: &generator)
                    position = start + Int.random(in: 0...9, using: &generator)
                    return BytePatch(span: Span(start, position), original: bytes())
                }
            )
        }
        return SealedMap(
            generation: Int.random(in: 1...99, using: &generator),
            recipients: ["age1x"],
            values: values,
            files: files,
            leftOut: [
                SealedMap.Kept(path: name("k"), content: .file(bytes(), isExecutable: Bool.random(using: &generator))),
                SealedMap.Kept(path: name("l"), content: .link("../x")),
            ],
            absent: [
                SealedMap.Absent(path: name("a"), reason: "a socket"),
                SealedMap.Absent(path: name("b"), reason: "big", file: .init(size: 5, digest: digest())),
            ],
            modes: ["": 0o700, name("m"): UInt32.random(in: 0...0o777, using: &generator)]
        )
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func isReadAsItIsWritten(seed: UInt64) throws {
        let map = Self.map(seed: seed)
        let bytes = map.serialized()
        #expect(try SealedMap(parsing: bytes) == map)
        #expect(try SealedMap(parsing: bytes).serialized() == bytes)
    }

    @Test func isReadStrictly() throws {
        let text = String(decoding: Self.map(seed: 1).serialized(), as: UTF8.self)
        let changes: [(String, String)] = [
            ("\"schema\": 1", "\"schema\": 2"), ("\"recipients\"", "\"others\""), ("\"standIn\"", "\"standin\""),
            ("\"kind\": \"", "\"kind\": \"x"), ("\"digest\": \"sha256:", "\"digest\": \"blake2b-256:"),
            ("\"digest\": \"sha256:", "\"digest\": \"sha256:0"), ("\"executable\": ", "\"executable\": 1"),
            ("\"absent\": [", "\"absent\": [{}, "), ("\"utf8\"", "\"utf\""),
            ("\"firstSeen\": ", "\"firstSeen\": \"\""),
            ("\"utf8\": \"", "\"base64\": \"!"), ("\"link\": ", "\"lnk\": "),
        ]
        for (old, new) in changes {
            let changed = text.replacing(old, with: new, maxReplacements: 1)
            guard changed != text else { continue }
            #expect(throws: DocumentError.self, "\(old) → \(new)") { _ = try SealedMap(parsing: Array(changed.utf8)) }
        }
        #expect(throws: DocumentError.self) { _ = try SealedMap(parsing: []) }
        #expect(throws: DocumentError.self) { _ = try SealedMap(parsing: Array((text + "{}").utf8)) }
    }

    @Test func nothingStandsTwice() throws {
        let map = Self.map(seed: 2)
        var twice = map
        twice.files.append(map.files[0])
        #expect(throws: DocumentError.self) { _ = try SealedMap(parsing: twice.serialized()) }
        twice = map
        twice.leftOut.append(SealedMap.Kept(path: map.files[0].path, content: .link("x")))
        #expect(throws: DocumentError.self) { _ = try SealedMap(parsing: twice.serialized()) }
        twice = map
        twice.values.append(map.values[0])
        #expect(throws: DocumentError.self) { _ = try SealedMap(parsing: twice.serialized()) }
        twice = map
        twice.files[0].patches = [
            BytePatch(span: Span(4, 8), original: OriginalBytes([])),
            BytePatch(span: Span(7, 9), original: OriginalBytes([])),
        ]
        #expect(throws: DocumentError.self) { _ = try SealedMap(parsing: twice.serialized()) }
    }

    @Test func cannotBePrinted() {
        let secret = "auk-7-canary"
        let map = SealedMap(
            generation: 1,
            recipients: [],
            values: [
                SealedMap.Value(
                    value: OriginalBytes(secret.utf8),
                    kind: .password,
                    origin: SealedMap.Origin(derivation: .doubledDollars, value: OriginalBytes(secret.utf8)),
                    standIn: "s",
                    firstSeen: 0,
                    spellings: [SealedMap.Spelling(value: OriginalBytes(secret.utf8), parameter: "p", standIn: "s")]
                )
            ],
            files: [],
            leftOut: [SealedMap.Kept(path: "k", content: .file(OriginalBytes(secret.utf8), isExecutable: false))],
            absent: []
        )
        var dumped = ""
        dump(map, to: &dumped)
        for text in ["\(map)", String(reflecting: map), dumped, "\(map.leftOut)"] {
            #expect(!text.contains("canary"))
        }
    }

    /// Patches that are made of places put back what was there, whatever it was.
    @Test(arguments: 0..<300 as Range<UInt64>) func patchesGiveTheOriginalBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func bytes(_ most: Int) -> [UInt8] {
            (0..<Int.random(in: 0...most, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        var original: [UInt8] = []
        var sanitized: [UInt8] = []
        var places: [(original: Span, sanitized: Span)] = []
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            let same = bytes(9)
            original += same
            sanitized += same
            // A value is not empty, and its stand-in is not either.
            let (old, new) = (bytes(9) + [1], bytes(9) + [2])
            let place = (
                original: Span(original.count, original.count + old.count),
                sanitized: Span(sanitized.count, sanitized.count + new.count)
            )
            // Several values in one opaque text share its place.
            for _ in 0..<Int.random(in: 1...3, using: &generator) { places.append(place) }
            original += old
            sanitized += new
        }
        let patches = BytePatch.patches(for: places.shuffled(using: &generator), of: original)
        #expect(try BytePatch.apply(patches, to: sanitized) == original)
        if let last = patches.last {
            #expect(throws: DocumentError.self) {
                _ = try BytePatch.apply(patches, to: Array(sanitized[..<(last.span.end - 1)]))
            }
        }
    }

    // MARK: - Stand-ins of earlier runs

    /// Adopts values with their stand-ins, then asks for further ones.
    private func standIns(
        after known: [(value: String, standIn: String)],
        _ values: [String],
        _ kind: Kind
    ) throws -> [String] {
        var standIns = StandIns()
        for (value, standIn) in known { standIns.adopt(standIn, for: Array(value.utf8), kind: kind) }
        return try values.map {
            try standIns.standIn(for: Array($0.utf8), kind: kind, rule: "x", name: "x", mustBeNumber: false)
        }
    }

    @Test func aNewHostFollowsItsNetwork() throws {
        let known = [
            ("245.35.72.19", "203.0.113.7"), ("10.128.3.2", "198.18.67.1"), ("246.1.1.1", "198.19.255.1"),
            ("10.200.1.1", "198.19.254.5"),
        ]
        // The networks keep their stand-ins, and one that is new gets one that was not given.
        let given = ["245.35.72.20", "10.128.3.9", "10.128.4.1", "246.1.1.9", "10.200.1.9", "247.1.1.1", "192.168.1.1"]
        let standIns = try standIns(after: known, given, .ipv4)
        #expect(standIns[..<5] == ["203.0.113.1", "198.18.67.2", "198.18.68.1", "198.19.255.2", "198.19.254.1"])
        let networks = Set(
            (known.map(\.1) + standIns).map { $0.split(separator: ".").dropLast().joined(separator: ".") }
        )
        #expect(networks.count == 7)
    }

    @Test func aNewHostFollowsItsNetworkOfIPv6() throws {
        let known = [("4a01:4f8:c17:2b::1", "2001:db8:0:5::1")]
        let given = ["4a01:4f8:c17:2b::2", "4a01:4f8:c17:2c::2", "4a01:4f8:c17:2b::"]
        #expect(try standIns(after: known, given, .ipv6) == ["2001:db8:0:5::2", "2001:db8:0:6::1", "2001:db8:0:5::"])
    }

    @Test func aStandInIsGivenOnce() throws {
        let known = [("wren.test", "example.net"), ("auk.test", "site4.example.org")]
        let given = (0..<9).map { "new\($0).test" }
        let standIns = try standIns(after: known, given, .domain)
        #expect(Set(standIns + known.map(\.1)).count == 11)
    }

    @Test func aPersonKeepsTheNameOfTheirHome() throws {
        var standIns = StandIns()
        standIns.adopt("/home/user3", for: Array("/home/otter".utf8), kind: .homePath)
        func user(_ name: String) throws -> String {
            try standIns.standIn(for: Array(name.utf8), kind: .userName, rule: "x", name: "x", mustBeNumber: false)
        }
        #expect(try ["heron", "otter", "auk", "tern"].map(user) == ["user1", "user3", "user2", "user4"])
    }
}
