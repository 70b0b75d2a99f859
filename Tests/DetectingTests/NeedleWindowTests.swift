@testable import Detecting
import Testing

@Suite("windows of literals")
struct NeedleWindowTests {
    private static func window(of text: String, startsWord: Bool = true) -> String {
        let literal = NeedleTable.Literal(bytes: Array(text.utf8), ignoresCase: false, startsWord: startsWord)
        return String(decoding: literal.bytes[NeedleWindow(of: literal).range], as: UTF8.self)
    }

    @Test func areTheRarestBytesThatAWordBeginsWith() {
        #expect(Self.window(of: "meet.wren.test") == "meet.wre")
        #expect(Self.window(of: "lia.murre@wren.test") == "murre@wr")
        #expect(Self.window(of: "wren%2etest%40") == "2etest%4")
        #expect(Self.window(of: "192.0.2.17") == "192.0.2.")
        #expect(Self.window(of: "a.io") == "a.io")
        #expect(Self.window(of: "https://wrenlark") == "wrenlark")
    }

    /// Ten thousand addresses at one host do not share one window, so that each place is examined for one of them.
    @Test func areNotWhatAllAddressesAtAHostHave() {
        #expect(Self.window(of: "lia@host45.wren.test") == "lia@host")
        #expect(Self.window(of: "contact1234@meet1.wren.test") == "1234@mee")
        #expect(Self.window(of: "x@meet1.wren.test") == "x@meet1.")
    }

    @Test func beginInsideWhereTheLiteralMayBeginAnywhere() {
        #expect(Self.window(of: "meet.wren.test", startsWord: false) == "wren.tes")
        #expect(Self.window(of: "k1ttiwake", startsWord: false) == "1ttiwake")
    }

    @Test func areAnyBytesWhereNoWordBegins() {
        #expect(Self.window(of: "kittiwake", startsWord: false) == "kittiwak")
        #expect(Self.window(of: "-otter", startsWord: false) == "otter")
        #expect(Self.window(of: "otters", startsWord: false) == "otters")
        #expect(Self.window(of: "auk") == "auk")
    }
}
