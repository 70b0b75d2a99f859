import Foundation
import TestKit
import Testing

@testable import ScrubjayCommands

/// What GitHub's own reader makes of a summary, where it is installed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cmark-gfm"), "cmark-gfm is not installed"))
struct ReportMarkdownRenderingTests {
    private func rendered(_ markdown: String) throws -> String {
        let run = try Tool(folder: "/").run(
            "/usr/bin/cmark-gfm",
            ["--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"],
            input: Array(markdown.utf8)
        )
        #expect(run.status == 0, "\(run.said)")
        return run.text
    }

    @Test func aNameStaysAName() throws {
        let names = [
            "a|b", "a\\|b", "a\\\\|b", "`", "``a`", "a`b``c", "<img src=x onerror=alert(1)>", "[a](http://b.test)",
            "www.wren.test", "http://wren.test", "a@wren.test", "@owner", "#1", "*a*", "_a_", "~~a~~", "&lt;", " a ",
            "- a",
            "a\n\n# b", "\\", "a\\", "|", "![a](b)", "<!-- a", "```", "\u{202E}a", "a  b",
        ]
        for name in names {
            let shown = Printable.text(name).replacing("|", with: "\\u{7c}")
            let text = shown.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            let code = ReportMarkdown.code(name)
            #expect(try rendered("- \(code): why\n") == "<ul>\n<li><code>\(text)</code>: why</li>\n</ul>\n")
            let table = try rendered("| a | b |\n|---|---|\n| \(code) | x |\n")
            #expect(table.contains("<td><code>\(text)</code></td>\n<td>x</td>\n</tr>"), "\(table)")
            // A sentence stays one, too.
            let sentence = try rendered("\(ReportMarkdown.prose("why \(name) so"))\n")
                .replacing("<code>", with: "").replacing("</code>", with: "")
            let plain = Printable.text(name).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                .replacing(">", with: "&gt;")
            #expect(sentence == "<p>why \(plain) so</p>\n", "\(sentence)")
        }
    }

    @Test func aWholeSummaryIsWhatItSays() throws {
        let place = try TemporaryFolder()
        try ReportTests.writeDeployment(to: place)
        try place.write("x", to: "deployment/`<b>|[x](y)@z.bak")
        let run = try Tool(folder: place.path).shell("scrubjay sanitize deployment --output clean --report r.md")
        #expect(run.status == 0, "\(run.said)")
        let page = try rendered(String(decoding: try place.read("r.md"), as: UTF8.self))
        #expect(page.contains("<li><code>`&lt;b&gt;\\u{7c}[x](y)@z.bak</code>: a stray copy"))
        #expect(page.matches(of: #/<table>/#).count == 2 && page.matches(of: #/<h[23]>/#).count == 4)
        #expect(page.firstMatch(of: #/<(?!\/?(?:h2|h3|p|strong|ul|li|table|thead|tbody|tr|th|td|code)[ >])/#) == nil)
    }
}
