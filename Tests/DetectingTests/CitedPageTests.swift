import Documents
import Testing

@testable import Detecting

@Suite("pages that are cited")
struct CitedPageTests {
    private static func isCited(_ marked: String) throws -> Bool {
        let text = MarkedText(marked)
        return CitedPage(text: Array(text.text.utf8)).isCited(try #require(text.spans.first))
    }

    @Test(arguments: [
        "# see https://{{puffin-auk.org}}/2022/01/dry-bridges/",
        "<https://www.{{puffin-auk.org}}/why-every-bridge-is-wet.html>",
        "[1]: http://blog.{{puffin-auk.org}}/posts/how_to_keep_a_bridge_dry?x=1#top",
        "from https://forum.{{puffin-auk.org}}/showthread.php?t=44", "https://{{puffin-auk.org}}/threads/44",
    ])
    func areArticlesAndThreads(text: String) throws { #expect(try Self.isCited(text)) }

    @Test(arguments: [
        "https://{{puffin-auk.org}}", "https://{{puffin-auk.org}}/", "https://{{puffin-auk.org}}/room/dry-bridges",
        "https://meet.{{puffin-auk.org}}/how-to-keep-a-bridge-dry", "https://wiki.{{puffin-auk.org}}/2022/01/x",
        "{{puffin-auk.org}}/how-to-keep-a-bridge-dry", "/srv/{{puffin-auk.org}}/2022/01/x",
        "https://{{puffin-auk.org}}:8443/2022/01/x", "https://{{puffin-auk.org}}/2022/13x/y",
        "https://{{puffin-auk.org}}/6d51f0c7-b92a-4e34-8f10-a4d8e1f03c72",
    ])
    func areNotWhereSomethingRuns(text: String) throws { #expect(try !Self.isCited(text)) }
}
