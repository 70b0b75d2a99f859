import Foundation
import Testing

@testable import ScrubjayCommands

/// What the builder of pages promises.
@Suite struct HTMLTests {
    private typealias Tag = HTML.Tag

    private func written(_ html: HTML) -> String {
        String(decoding: HTML.page(html).dropFirst("<!DOCTYPE html>\n".utf8.count), as: UTF8.self)
    }

    @Test func textIsNoMarkup() {
        let html = Tag.code { "<script>alert('1')</script> & \"x\"" }
        #expect(
            written(html)
                == "<code>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;</code>"
        )
    }

    @Test func anAttributeEndsWhereItShould() {
        let html = Tag.svg(.label("\" onload=\"alert(1)\" x='<>&"))
        #expect(written(html) == "<svg aria-label=\"&quot; onload=&quot;alert(1)&quot; x=&#39;&lt;&gt;&amp;\"></svg>")
    }

    @Test(arguments: [
        ("\u{202E}txt.exe", "\\u{202e}txt.exe"), ("a\u{0}b\u{1B}[2J", "a\\x00b\\x1b[2J"),
        ("a\u{2028}b\u{FEFF}c", "a\\u{2028}b\\u{feff}c"), ("a\nb\rc\td", "a\\nb\\rc\td"), ("ü€😀", "ü€😀"),
    ])
    func whatCannotBeSeenIsShown(text: String, shown: String) {
        #expect(written(Tag.code { text }) == "<code>\(shown)</code>")
    }

    @Test func aVoidElementHasNoEnd() {
        #expect(written(Tag.meta(.fixed("charset", "utf-8"))) == "<meta charset=\"utf-8\">\n")
    }

    @Test func thePolicyAllowsTheStyleSheetThatIsWritten() throws {
        // The digest is made again by another program.
        let sheet = StyleSheet.report
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-style-\(UUID().uuidString)")
        try Data(sheet.text.utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try Tool(folder: "/").shell("sha256sum < \(folder.path)")
        #expect(run.status == 0)
        let digest = try #require(Data(base64Encoded: sheet.digest)).map {
            ($0 < 16 ? "0" : "") + String($0, radix: 16)
        }
        #expect(run.text.hasPrefix(digest.joined()))
        #expect(!sheet.text.contains("<") && !sheet.text.contains("@import"))
    }
}

/// The colours of a report.
@Suite struct ReportPaletteTests {
    /// The relative luminance of a colour (WCAG 2.2, "relative luminance").
    private func luminance(_ colour: ReportPalette.Colour) -> Double {
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double(colour.hexadecimal >> UInt32(shift) & 0xFF) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private func contrast(_ one: ReportPalette.Colour, _ other: ReportPalette.Colour) -> Double {
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    @Test func theMeasureIsRight() {
        #expect(abs(contrast(.init(0x000000), .init(0xFFFFFF)) - 21) < 0.001)
        #expect(abs(contrast(.init(0x777777), .init(0xFFFFFF)) - 4.478) < 0.001)
    }

    @Test(arguments: [ReportPalette.light, .dark])
    func everyTextCanBeRead(palette: ReportPalette) {
        for (text, ground) in palette.pairs {
            let measured = contrast(text, ground)
            #expect(measured >= 4.5, "\(text.text) on \(ground.text): \(measured)")
        }
    }

    @Test func aColourIsWrittenWithSixDigits() { #expect(ReportPalette.Colour(0x00A0F).text == "#000a0f") }
}

/// What a summary makes of a stranger's text.
@Suite struct ReportMarkdownTests {
    @Test(arguments: [
        ("a.env", "`a.env`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), ("a|b\\|c", "`a\\u{7c}b\\\\u{7c}c`"),
        (" a", "`  a `"), ("a\n# b", "`a\\n# b`"), ("<img src=x>", "`<img src=x>`"), ("\u{202E}a", "`\\u{202e}a`"),
    ])
    func aNameIsACodeSpan(name: String, span: String) { #expect(ReportMarkdown.code(name) == span) }

    @Test func aSentenceHasNoMarkup() {
        let text = "see [a](http://b) <b> #1 *d* _e_ A_B_ `f` | & \\"
        let markup = "see \\[a\\]\\(http\\://b\\) \\<b\\> \\#1 \\*d\\* \\_e\\_ A_B\\_ \\`f\\` \\| \\& \\\\"
        #expect(ReportMarkdown.prose(text) == markup)
        #expect(ReportMarkdown.prose("to @c") == "`to @c`" && ReportMarkdown.prose("WWW.a") == "`WWW.a`")
    }
}
