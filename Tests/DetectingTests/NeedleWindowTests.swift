@testable import Detecting
import Testing

@Suite("windows of literals")
struct NeedleWindowTests {
    private static func window(of text: String) -> String? {
        let bytes = Array(text.utf8)
        return NeedleWindow(of: bytes).map { window in
            String(decoding: bytes[window.start..<(window.start + window.shape.width)], as: UTF8.self)
        }
    }

    @Test func areAroundTheRarestMark() {
        #expect(Self.window(of: "meet.wren.test") == "meet.wr")
        #expect(Self.window(of: "lia.murre@wren.test") == "urre@wr")
        #expect(Self.window(of: "wren%2etest%40") == "test%40")
        #expect(Self.window(of: "192.0.2.17") == "92.0.2.")
    }

    @Test func areRareBytesWhereNoMarkHasEnoughAroundIt() {
        #expect(Self.window(of: "a.io") == "a.io")
        #expect(Self.window(of: "Lia Murrefield") == "a Murref")
        #expect(Self.window(of: "https://wrenlark") == "wrenlark")
        #expect(Self.window(of: "auk") == "auk")
        #expect(Self.window(of: "ab") == nil)
    }
}
