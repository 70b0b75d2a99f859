import Foundation
import TestKit
import Testing

/// Opens a report in Chromium, where there is one.
@Suite(.enabled(if: Browser.isInstalled, "chromium is not installed"))
struct ReportInBrowserTests {
    private let place: TemporaryFolder
    private let tool: Tool

    init() throws {
        place = try TemporaryFolder()
        tool = Tool(folder: place.path)
        try ReportTests.writeDeployment(to: place)
        let run = try tool.shell("scrubjay sanitize deployment --output clean --report r.html")
        #expect(run.status == 0, "\(run.said)")
    }

    @Test func thePageOpensWithoutComplaintAndAsksForNothing() throws {
        let visit = try Browser.visit("r.html", in: place)
        #expect(visit.complaints == [])
        #expect(visit.requests == [])
        #expect(visit.document.contains("Proved on the"))
        #expect(visit.document.contains("REPLACE-jvb-auth-password"))
        // What looks like markup in a file is text.
        #expect(visit.document.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!visit.document.contains("<script"))
    }

    /// What the test above relies on: Chromium says when a page is not as it should be.
    @Test func aPageThatMisbehavesIsNoticed() throws {
        let page = String(decoding: try place.read("r.html"), as: UTF8.self)
        let extras = [
            "<script>document.title = 'ran'</script>", "<img src=\"http://127.0.0.1:9/x.png\">",
            "<p style=\"color:red\">x</p>", "<style>p{color:red}</style>",
        ]
        for extra in extras {
            try place.write(page.replacing("</main>", with: extra + "</main>"), to: "bad.html")
            let visit = try Browser.visit("bad.html", in: place)
            #expect(visit.complaints.count >= 1, "\(extra)")
            #expect(visit.requests == [], "\(extra)")
        }
        // Without the policy, a request is made, and seen.
        let open = page.replacing(#/<meta http-equiv="Content-Security-Policy"[^>]*>/#, with: "")
            .replacing("</main>", with: "<img src=\"http://127.0.0.1:9/x.png\"></main>")
        try place.write(open, to: "open.html")
        #expect(try Browser.visit("open.html", in: place).requests == ["http://127.0.0.1:9/x.png"])
    }
}

/// Chromium without a window.
enum Browser {
    /// What came of opening a page.
    struct Visit {
        /// The document after it was laid out.
        var document: String
        /// What the page's console says: errors, and what its policy forbade.
        var complaints: [String]
        /// The addresses that the page asked the network for.
        var requests: [String]
    }

    static let program = "/usr/bin/chromium"
    static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    /// Opens a page of `folder`, and waits until it is laid out.
    static func visit(_ name: String, in folder: TemporaryFolder) throws -> Visit {
        let run = try Tool(folder: folder.path).shell(
            """
            \(program) --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions \
            --disable-background-networking --disable-component-update --disable-sync --disable-default-apps \
            --user-data-dir=\(folder.path)/profile --log-net-log=\(folder.path)/net.json --enable-logging=stderr --v=0 \
            --virtual-time-budget=2000 --timeout=20000 --dump-dom file://\(folder.path)/\(name) </dev/null
            """
        )
        #expect(run.status == 0 && !run.output.isEmpty, "\(run.said)")
        let complaints = run.said.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
        // Chromium asks for things of its own as well; of those, none is at this address.
        let log = String(decoding: try folder.read("net.json"), as: UTF8.self)
        let addresses = log.matches(of: #/"url":"(https?:\/\/[^"]*)"/#).map { String($0.1) }
        return Visit(document: run.text, complaints: complaints, requests: Set(addresses.filter(isOfPage)).sorted())
    }

    private static func isOfPage(_ address: String) -> Bool { !address.contains("google") }
}
