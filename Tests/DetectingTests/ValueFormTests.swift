@testable import Detecting
import Testing

@Suite struct ValueFormTests {
    @Test func everyLineIsRead() {
        #expect(ValueForm.entries.count == EmbeddedData.pairs(EmbeddedData.valueForms).count)
        #expect(ValueForm.entries.allSatisfy { !$0.words.isEmpty })
    }

    private static let hex = String(repeating: "0f1e2d3c", count: 8)

    @Test(arguments: [
        ("rpc_secret", hex, ValueForm.hexadecimal(count: 64)), ("GARAGE_RPC_SECRET", hex, .hexadecimal(count: 64)),
        ("secretKeyBase", hex, .atLeast(64)), ("ZITADEL_MASTERKEY", String(hex.prefix(32)), .exactly(32)),
    ])
    func isKnownByTheEndOfTheName(setting: String, value: String, form: ValueForm) {
        #expect(ValueForm.wanted(of: setting, for: Array(value.utf8)) == form)
    }

    /// Of another program, or the value would not work.
    @Test(arguments: [
        ("rpc_secret", "plover-57wren"), ("SECRET_KEY_BASE", "plover-57wren"), ("secret", hex),
        ("rpc_secret_file", hex),
        ("ZITADEL_MASTERKEY", hex),
    ])
    func isNotKnown(setting: String, value: String) {
        #expect(ValueForm.wanted(of: setting, for: Array(value.utf8)) == nil)
    }

    @Test(arguments: ["", "hex", "hex 0", "hex x", "64", "at most 3", "exactly"])
    func anythingElseIsNoForm(text: String) { #expect(ValueForm(text) == nil) }
}
