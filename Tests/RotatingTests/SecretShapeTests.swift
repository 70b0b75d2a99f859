import Foundation
import Sodium
import Testing

@testable import Rotating

@Suite struct SecretShapeTests {
    @Test func readsItsText() {
        #expect(SecretShape("hex 16") == .hex(bytes: 16))
        #expect(SecretShape("base64url 32") == .base64URL(bytes: 32))
    }

    @Test(arguments: ["", "hex", "hex 8", "hex -16", "hex  16", "octal 16", "hex 16 16", "HEX 16"])
    func refusesAnyOtherText(text: String) {
        #expect(SecretShape(text) == nil)
    }

    @Test(arguments: [SecretShape.hex(bytes: 16), .hex(bytes: 32), .base64URL(bytes: 16), .base64URL(bytes: 32)])
    func mintsOnlyWhatPassesThroughEveryReader(shape: SecretShape) {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
        var seen: Set<[UInt8]> = []
        for _ in 0..<200 {
            let secret = FreshSecret(shape, from: .system).bytes
            #expect(secret.allSatisfy(allowed.contains))
            #expect(seen.insert(secret).inserted)
        }
        let length = if case .hex(let count) = shape { 2 * count } else { shape == .base64URL(bytes: 16) ? 22 : 43 }
        #expect(seen.allSatisfy { $0.count == length })
    }

    @Test(arguments: [
        (SecretShape.hex(bytes: 16), [UInt8](repeating: 0x12, count: 16)),
        (.hex(bytes: 16), [0x1e] + [UInt8](repeating: 0x99, count: 15)),
        (.base64URL(bytes: 16), [0xfb] + [UInt8](repeating: 0x5a, count: 15)),
    ])
    func throwsAwayWhatReadsAsANumberOrAnOption(shape: SecretShape, first: [UInt8]) {
        let bytes = Bytes(first + [UInt8](repeating: 0xab, count: 16))
        let source = RandomSource { span in
            for offset in 0..<span.byteCount { span.storeBytes(of: bytes.next(), toByteOffset: offset, as: UInt8.self) }
        }
        let secret = FreshSecret(shape, from: source).bytes
        switch shape {
        case .hex: #expect(secret == Array(String(repeating: "ab", count: 16).utf8))
        case .base64URL: #expect(secret.first == UInt8(ascii: "q"))
        }
    }

    private final class Bytes: @unchecked Sendable {
        private let lock = NSLock()
        private var rest: ArraySlice<UInt8>

        init(_ bytes: [UInt8]) { rest = bytes[...] }

        func next() -> UInt8 { lock.withLock { rest.popFirst() ?? 0 } }
    }
}
