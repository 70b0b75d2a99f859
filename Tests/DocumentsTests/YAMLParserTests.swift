import TestKit
import Testing

@testable import Documents

/// Our reading of a scalar's bytes against libyaml's own.
@Suite struct YAMLParserTests {
    /// The scalars of a stream with libyaml's values; nil where it is no YAML.
    func scalars(of bytes: [UInt8]) -> [YAMLParser.Scalar]? {
        var scalars: [YAMLParser.Scalar] = []
        let failure = YAMLParser.parse(bytes, in: bytes.indices) { event in
            if case .scalar(let scalar) = event { scalars.append(scalar) }
            return true
        }
        return failure == nil ? scalars : nil
    }

    /// Checks that each scalar's bytes decode to what libyaml makes of them.
    ///
    /// - Returns: The number of scalars that were compared; nil where the bytes are no YAML.
    func compare(_ bytes: [UInt8]) throws -> Int? {
        guard let scalars = scalars(of: bytes) else { return nil }
        let layer = Document(path: "a.yml", bytes: bytes).layers[0]
        guard layer.format == .yaml else { return nil }
        for scalar in scalars where !scalar.range.isEmpty {
            let outer = Span(scalar.range.lowerBound, scalar.range.upperBound)
            let inside = layer.values.filter { outer.contains($0.span) && $0.role != .comment }
            guard let value = inside.max(by: { $0.span.count < $1.span.count }) else {
                #expect(scalar.value.isEmpty)
                continue
            }
            var expected = scalar.value
            if scalar.style == .literal || scalar.style == .folded {
                // Chomping is outside of the value's span.
                while expected.last == UInt8(ascii: "\n") { expected.removeLast() }
            }
            let decoded = try value.encoding.decode(bytes[value.span.range]).bytes
            #expect(
                decoded == expected,
                "\(String(decoding: bytes, as: UTF8.self).debugDescription) \(value) \(String(decoding: decoded, as: UTF8.self).debugDescription) \(String(decoding: expected, as: UTF8.self).debugDescription)"
            )
        }
        return scalars.count
    }

    @Test(arguments: PropertyTests.fixtures + PropertyTests.samples + PropertyTests.random)
    func scalarsOfFilesDecodeAsInLibyaml(file: PropertyTests.File) throws {
        _ = try compare(file.bytes)
    }

    /// Scalars of all styles, filled with what their style treats specially.
    @Test(arguments: 0..<8) func randomScalarsDecodeAsInLibyaml(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let parts = [
            "a", "bc", " ", "  ", "\n", "\n  ", "\n    ", "\n\n  ", "''", "\\n", "\\\\", "\\\n  ", "\\x41", "\\u00e9",
            "ü", "€", "😀", "#", ": ", "\t", "\r\n  ",
        ]
        var compared = 0
        for _ in 0..<600 {
            let count = Int.random(in: 0...7, using: &generator)
            let body = (0..<count).map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }.joined()
            let head = [
                "k: ", "k: '", "k: \"", "k: |\n  ", "k: >\n  ", "k: |-\n    ", "k: >+\n  ", "k: |2\n  ", "- &a !t ",
                "é: [",
            ]
            let tail = ["", "'", "\"", "", "", "", "", "", "", "]"]
            let style = Int.random(in: 0..<head.count, using: &generator)
            let text = "x: 1\n".repeated(style < 8 ? 1 : 0) + head[style] + body + tail[style] + "\n"
            compared += try compare(Array(text.utf8)) ?? 0
        }
        #expect(compared > 300)
    }

    @Test func placesAreBytesAndNotCharacters() throws {
        let bytes = Array("é: ü\n😀: [€, x]\n".utf8)
        let scalars = try #require(self.scalars(of: bytes))
        #expect(scalars.map { Array(bytes[$0.range]) } == ["é", "ü", "😀", "€", "x"].map { Array($0.utf8) })
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
