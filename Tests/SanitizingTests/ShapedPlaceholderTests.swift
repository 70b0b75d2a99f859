import Detecting
@testable import Sanitizing
import Testing

@Suite struct ShapedPlaceholderTests {
    private static let forms: [ValueForm] = [
        .hexadecimal(count: 64), .exactly(16), .exactly(32), .atLeast(21), .atLeast(64), .atLeast(4),
    ]

    @Test(arguments: forms)
    func hasItsForm(form: ValueForm) {
        for name in [
            "REPLACE-a", "REPLACE-secret-key-base", "REPLACE-a-name-that-is-longer-than-any-of-the-forms-wants-it",
        ] {
            let placeholder = ShapedPlaceholder(name, form: form)
            let texts = (0..<40).map(placeholder.text)
            #expect(texts.allSatisfy { form.fits(Array($0.utf8)) })
            #expect(Set(texts).count == texts.count)
            // It survives every layer, and nobody takes it for a secret.
            for text in texts {
                #expect(text.utf8.allSatisfy { (48...57).contains($0) || "-.".utf8.contains($0) || $0 | 0x20 >= 97 })
                #expect(ReservedValues.builtIn.contains(text.utf8, kind: .secretKey))
            }
        }
    }

    @Test func twoNamesThatAreCutAlikeStayApart() throws {
        var standIns = StandIns()
        let values = ["b0", "b1", "b2"].map { Array(($0 + String(repeating: "7", count: 14)).utf8) }
        let texts = try values.enumerated().map { number, value in
            try standIns.standIn(
                for: value,
                kind: .secretKey,
                rule: "",
                name: "a_cookie_secret_\(number)",
                mustBeNumber: false,
                form: .exactly(16)
            )
        }
        #expect(texts == ["REPLACE-a-cookie", "REPLACE-a-cook-1", "REPLACE-a-cook-2"])
    }
}
