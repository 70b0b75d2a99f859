import Collecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Where a report may lie, and what it may not hold.
@Suite struct ReportFileTests {
    private static let secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    private let folder: TemporaryFolder
    private let preparation: Sanitize.Preparation

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("JVB_AUTH_PASSWORD=\(Self.secret)\n", to: "deployment/.env")
        let sanitize = Sanitize(
            source: FilePath(folder.path + "/deployment"),
            output: FilePath(folder.path + "/clean"),
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        preparation = try sanitize.prepare()
    }

    private func file(_ name: String) throws -> ReportFile {
        try #require(ReportFile(path: FilePath(folder.path + "/" + name)))
    }

    @Test(arguments: [
        ("a.html", ReportFile.Form.html), ("a.b.json", .json), ("a.MD", .markdown), ("a", nil), (".html", nil),
        ("a.htm", nil), ("a.html.gz", nil), ("html", nil),
    ])
    func theNameSaysTheForm(name: String, form: ReportFile.Form?) {
        #expect(ReportFile(path: FilePath(name))?.form == form)
    }

    @Test func aReportWithAValueIsNotWritten() throws {
        let report = try file("report.html")
        let forms = [
            Self.secret, Self.secret.uppercased(), Data(Self.secret.utf8).base64EncodedString(),
            Self.secret.utf8.map { "%" + String($0, radix: 16) }.joined(),
        ]
        for form in forms {
            let bytes = Array("<p>one</p>\n<p>\(form)</p>\n".utf8)
            let error = #expect(throws: SanitizingError.self) {
                try report.write(bytes, about: preparation, replacing: true)
            }
            #expect(error?.code == .residue)
            let saysValue = error?.message.contains(Self.secret) ?? true
            #expect(!saysValue)
            #expect(try folder.files() == ["deployment/.env"])
        }
        try report.write(Array("<p>one</p>\n".utf8), about: preparation, replacing: false)
        #expect(try folder.read("report.html") == Array("<p>one</p>\n".utf8))
        #expect(throws: CollectingError.self) { try report.write([], about: preparation, replacing: false) }
        #expect(try folder.read("report.html").count == 11)
    }

    @Test func aReportLiesOutsideOfWhatIsReadAndMade() throws {
        try folder.write("", to: "clean/old")
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.path + "/way-in", withDestinationPath: "deployment")
        try manager.createSymbolicLink(atPath: folder.path + "/way-out", withDestinationPath: folder.path + "/clean")
        let (source, output) = (FilePath(folder.path + "/deployment"), FilePath(folder.path + "/clean"))
        func check(_ names: String..., replacing: Bool = true) throws {
            try ReportFile.check(names.map(file), deployment: source, output: output, replacing: replacing)
        }
        try check("a.html", "a.json", "clean.html")
        let refused = [
            "deployment/a.html", "way-in/a.html", "deployment/../deployment/a.html", "clean/a.html", "way-out/a.html",
            "no/a.html", "deployment/.env/a.html",
        ]
        for name in refused {
            #expect(throws: KitError(.unsuitable, ""), "\(name)") { try check(name) }
        }
        #expect(throws: KitError(.unsuitable, "")) { try check("a.html", "./a.html") }
        try folder.write("", to: "b.md")
        try check("b.md")
        #expect(throws: CollectingError(.outputExists, at: "", "")) { try check("b.md", replacing: false) }
    }
}
