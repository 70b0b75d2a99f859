import Foundation
import Sanitizing
import TestKit
import Testing

/// `sanitize --report`, as its user has it.
@Suite struct ReportTests {
    static let folder = Repository.root + "/Tests/CommandTests/Reports"
    static let forms = ["html", "json", "md"]

    /// A small deployment with all that a report tells of.
    static func writeDeployment(to place: TemporaryFolder) throws {
        try place.write(
            """
            # Jitsi
            PUBLIC_URL=https://meet.wren.test
            DOCKER_HOST_ADDRESS=245.35.72.19

            # shared with the bridge
            JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0
            LETSENCRYPT_EMAIL=ada@wren.test
            TZ=UTC

            """,
            to: "deployment/docker/.env"
        )
        try place.write(
            "videobridge { apis { shard { PASSWORD = \"0f1e2d3c4b5a69788796a5b4c3d2e1f0\" } } }\n",
            to: "deployment/jvb/jvb.conf"
        )
        let inner = Data("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\nURL=https://wren.test\n".utf8)
        try place.write(
            "{\"user-data\": \"\(inner.base64EncodedString())\", \"size\": 4}\n",
            to: "deployment/gcloud/instance.json"
        )
        try place.write("server_name meet.wren.test;\n", to: "deployment/nginx/meet.wren.test.conf")
        try place.write("Nothing to see in here.\n", to: "deployment/README.md")
        try place.write("JVB_AUTH_PASSWORD=old1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "deployment/docker/.env.bak")
        try place.write(
            "name: <b>&amp;</b>\nhost: \"meet.wren.test\" # | <script>alert(1)</script>\n",
            to: "deployment/a|b`c<i>.yml"
        )
        try place.write("a: [unclosed\nb: meet.wren.test\n", to: "deployment/broken.yaml")
        // A picture of one dot (GIF89a), with a comment.
        let picture: [UInt8] =
            Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
            + [0x21, 0xFE, 14] + Array("made by a wren".utf8) + [0]
            + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]
        try place.write(picture, to: "deployment/web/dot.gif")
        try FileManager.default.createSymbolicLink(
            atPath: place.path + "/deployment/current.env",
            withDestinationPath: "docker/.env"
        )
    }

    private let place: TemporaryFolder
    private let tool: Tool

    init() throws {
        place = try TemporaryFolder()
        tool = Tool(folder: place.path, environment: ["FIXTURE": Repository.fixture])
    }

    // MARK: - Golden files

    @Test(arguments: [false, true], forms)
    func says(isPlan: Bool, form: String) throws {
        try Self.writeDeployment(to: place)
        let run = try tool.shell(
            "scrubjay sanitize deployment --output clean --report r.\(form)" + (isPlan ? " --dry-run" : "")
        )
        #expect(run.status == 0, "\(run.said)")
        let made = try place.read("r.\(form)")
        let golden = Self.folder + "/" + (isPlan ? "plan" : "report") + "." + form
        guard ProcessInfo.processInfo.environment["SCRUBJAY_RECORD"] != "1" else {
            try Data(made).write(to: URL(filePath: golden))
            return
        }
        let expected = [UInt8](try Data(contentsOf: URL(filePath: golden)))
        // The whole of a page would not be read; the first difference is.
        let lines = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self).split(separator: "\n") }
        let first = zip(lines(made) + ["end"], lines(expected) + ["end"]).first { $0 != $1 }
        let difference = first.map { "is:  \($0)\nwas: \($1)" } ?? ""
        let isSame = made == expected
        #expect(isSame, "\(golden)\n\(difference)")
    }

    @Test func theSameDeploymentGivesTheSameBytes() throws {
        let line = "scrubjay sanitize \"$FIXTURE\" --output"
        let one = try tool.shell("\(line) a --report a.html --report a.json --report a.md")
        let other = try tool.shell(
            "TZ=Asia/Tokyo; export TZ; umask 077; \(line) b --report b.html --report b.json --report b.md"
        )
        #expect(one.status == 0 && other.status == 0)
        for form in Self.forms {
            let isSame = try place.read("a.\(form)") == place.read("b.\(form)")
            #expect(isSame, "\(form)")
            #expect(try place.permissions(of: "b.\(form)") == 0o644)
        }
    }

    // MARK: - No value

    /// What was planted in the fixture, not what a scan finds: the residue check looks for it in every form.
    @Test func noPlantedValueIsInAReport() throws {
        let values = try PlantedValues.ofFixture().values.filter { $0.value.utf8.count >= ResidueCheck.shortestValue }
        #expect(values.count > 40)
        let check = ResidueCheck(
            values: values.map {
                ResidueCheck.Value(label: $0.kind, bytes: Array($0.value.utf8), ignoresCase: true, boundary: .none)
            }
        )
        for option in ["", " --dry-run"] {
            let run = try tool.shell(
                "scrubjay sanitize \"$FIXTURE\" --output clean --force --report r.html --report r.json --report r.md\(option)"
            )
            #expect(run.status == 0, "\(run.said)")
            for form in Self.forms {
                let bytes = try place.read("r.\(form)")
                #expect(bytes.count > 2000)
                var proof = check.emptyProof
                // A residue names its kind and form, and no value.
                #expect(check.check(path: "", contents: bytes, proof: &proof) == [], "\(form)\(option)")
                // The check sees a value that is there.
                var spoiled = bytes
                spoiled += Data(values[3].value.utf8).base64EncodedString().utf8
                let isSeen = !check.check(path: "", contents: spoiled, proof: &proof).isEmpty
                #expect(isSeen)
            }
        }
    }

    /// A report shows lines of files and names of rules, which read like settings, and holds no value.
    @Test func aReportInItsDeploymentIsLeftOutAndRestored() throws {
        try Self.writeDeployment(to: place)
        let run = try tool.shell(
            """
            printf 'three wet auks' > pass
            scrubjay sanitize deployment --output c --no-map --report r.html --report r.json --report r.md &&
            mkdir deployment/doc && cp r.html r.json r.md deployment/doc &&
            scrubjay sanitize deployment --output d --map m.age --passphrase-file pass &&
            scrubjay restore d --map m.age --passphrase-file pass --output back && diff -r deployment/doc back/doc
            """
        )
        #expect(run.status == 0, "\(run.said)")
        for form in Self.forms {
            #expect(
                run.said.contains("left out: doc/r.\(form) (a Scrubjay report, which the next run can write again)")
            )
            #expect(!FileManager.default.fileExists(atPath: place.path + "/d/doc/r.\(form)"))
        }
    }

    /// A machine may be called as the page calls a part of itself.
    @Test func aNameThatIsAWordOfThePageDoesNotStopIt() throws {
        try place.write("10.84.3.7 viewbox\n10.84.3.8 aside\n", to: "deployment/etc/hosts")
        try place.write("ask viewbox\n", to: "deployment/notes.txt")
        let run = try tool.shell(
            "scrubjay sanitize deployment --output c --report r.html --report r.json --report r.md"
        )
        #expect(run.status == 0, "\(run.said)")
        let page = String(decoding: try place.read("r.html"), as: UTF8.self)
        #expect(page.contains("viewBox") && !page.contains("ask viewbox") && page.contains("ask "))
    }

    @Test func noMaskOrLengthIsInAReport() throws {
        // The masks of a scan show first letters and lengths; a report does not.
        try Self.writeDeployment(to: place)
        #expect(try tool.shell("scrubjay sanitize deployment --output c --report r.html --report r.json").status == 0)
        let masks = try JSONSerialization.jsonObject(
            with: Data(tool.shell("scrubjay scan deployment --format json").output)
        )
        let texts = Set((masks as? [[String: Any]] ?? []).compactMap { $0["mask"] as? String })
        #expect(texts.count >= 4)
        for form in ["html", "json"] {
            let report = String(decoding: try place.read("r.\(form)"), as: UTF8.self)
            for mask in texts { #expect(!report.contains(mask)) }
        }
    }

    // MARK: - The page

    @Test func thePageRefersToNothingOutsideOfItself() throws {
        #expect(try tool.shell("scrubjay sanitize \"$FIXTURE\" --output clean --report r.html").status == 0)
        let page = String(decoding: try place.read("r.html"), as: UTF8.self)
        let policy = try #require(
            page.firstMatch(of: #/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/#)
        )
        let digest = StyleDigest.of(page)
        #expect(
            policy.1
                == "default-src &#39;none&#39;; style-src &#39;sha256-\(digest)&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"
        )
        // What a browser might load stands in attributes and in the style sheet; text is not loaded.
        for tag in page.matches(of: #/<[a-z][^>]*>/#) {
            #expect(
                tag.0.firstMatch(of: #/\s(src|srcset|style|on[a-z]+|action|data|poster|background)=/#) == nil,
                "\(tag.0)"
            )
            for link in tag.0.matches(of: #/(?:href|fill)="([^"]*)"/#) {
                #expect(link.1.hasPrefix("#") || ["none", "url(#stripes)", "url(#dots)"].contains(link.1), "\(link.1)")
            }
        }
        #expect(
            page.firstMatch(of: #/<(script|iframe|img|link|object|embed|base|form|use|image|foreignObject)\b/#) == nil
        )
        let style = try #require(page.firstMatch(of: #/<style>([^<]*)<\/style>/#)).1
        #expect(!style.contains("url(") && !style.contains("@import"))
    }

    @Test func everyLinkLeadsSomewhereAndEveryNameIsThereOnce() throws {
        #expect(try tool.shell("scrubjay sanitize \"$FIXTURE\" --output clean --report r.html").status == 0)
        let page = String(decoding: try place.read("r.html"), as: UTF8.self)
        let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let links = page.matches(of: #/ href="#([^"]*)"/#).map { String($0.1) }
        #expect(links.count > 10 && Set(links).isSubset(of: ids))
        for words in page.matches(of: #/aria-labelledby="([^"]*)"/#) {
            for word in words.1.split(separator: " ") { #expect(ids.contains(String(word))) }
        }
        // One first heading, none left out below it; a header cell says what it is the header of.
        let levels = page.matches(of: #/<h([1-6])[ >]/#).compactMap { Int($0.1) }
        #expect(levels.first == 1 && levels.count(where: { $0 == 1 }) == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        #expect(page.matches(of: #/<th(?=[ >])[^>]*>/#).allSatisfy { $0.0.contains(" scope=\"") })
        for landmark in ["header", "nav", "main", "footer"] {
            #expect(page.matches(of: try Regex("<\(landmark)[ >]")).count == 1, "\(landmark)")
        }
    }

    // MARK: - JSON

    @Test func theSchemaNamesEveryMember() throws {
        try Self.writeDeployment(to: place)
        let schema = try JSONSchema(ofFile: "docs/formats/report.schema.json")
        for option in ["", " --dry-run"] {
            let run = try tool.shell("scrubjay sanitize deployment --output c --force --report r.json\(option)")
            #expect(run.status == 0)
            #expect(try schema.complaints(about: place.read("r.json")).isEmpty)
        }
    }
}

/// The digest of a page's style sheet, made by another program.
enum StyleDigest {
    static func of(_ page: String) -> String {
        guard let start = page.range(of: "<style>")?.upperBound, let end = page.range(of: "</style>")?.lowerBound,
            let folder = try? TemporaryFolder(), (try? folder.write(String(page[start..<end]), to: "style")) != nil,
            let run = try? Tool(folder: folder.path).shell("sha256sum style | cut -c-64")
        else { return "" }
        let digits = Array(run.text.utf8.prefix(64))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }
}
