@testable import Documents
import TestKit
import Testing

@Suite("base64 that spells no text")
struct Base64ProbeTests {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8)

    /// What the probe refuses, the decoder refuses, too.
    @Test(arguments: 0..<40)
    func refuseNoText(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bytes: [UInt8] = (0..<Int.random(in: 1...80, using: &generator)).flatMap { _ in
                Array(["a", "Z", " ", "\n", "é", "Ж", "語", "🐦"].randomElement(using: &generator)?.utf8 ?? "".utf8)
            }
            let encoded = try Encoding.base64.encode(bytes)
            let start = Int.random(in: 0...3, using: &generator)
            let text = Array(repeating: UInt8(ascii: " "), count: start) + encoded
            #expect(Base64Probe.maySpellText(text, from: start, to: text.count))
        }
    }

    @Test(arguments: 0..<40)
    func agreeWithTheDecoder(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let count = Int.random(in: 1...8, using: &generator) * 4
            let text = (0..<count).map { _ in Self.digits.randomElement(using: &generator) ?? 0 }
            guard !Base64Probe.maySpellText(text, from: 0, to: count) else { continue }
            // What is no base64 at all spells nothing either.
            guard let decoded = try? Encoding.base64.decode(text[...]) else { continue }
            #expect(!EncodedRuns.isText(decoded.bytes[...]))
        }
    }

    /// A login that SASL sends has a NUL in front of the name and of the password.
    @Test(arguments: [
        ("\u{0}lia\u{0}wet gull", true), ("\u{0}lia", false), ("x\u{0}lia\u{0}wet gull", false),
        ("\u{0}lia\u{0}wet\u{0}gull", false), ("\u{0}\u{0}wet gull x", false),
    ])
    func readALogin(text: String, isLogin: Bool) throws {
        let digits = try Encoding.base64.encode(Array(text.utf8))
        let document = Document(path: "a.conf", bytes: Array("sasl = ".utf8) + digits + [.newline])
        #expect(document.layers.contains { $0.text == Array(text.utf8) } == isLogin)
    }

    @Test func leavePaddingToTheDecoder() {
        let text = Array("YQ==".utf8)
        #expect(Base64Probe.maySpellText(text, from: 0, to: text.count))
    }
}
