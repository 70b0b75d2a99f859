import Detecting
import Foundation
import Sanitizing
import Testing

@testable import ScrubjayCommands
@testable import ScrubjayKit

/// What a report is of a deployment that is far too large to be read.
@Suite struct LargeReportTests {
    private static let count = 30_000

    /// A report of very many files, parameters, omissions and notes.
    private let report: SanitizeReport = {
        let files = (0..<count).map { number in
            SanitizeReport.File(
                path: [.init(content: .unchanged, text: "folder\(number % 500)/part\(number % 7)/file\(number).env")],
                places: number % 3,
                severity: number % 3 == 0 ? nil : .secret,
                isCopiedLink: false,
                isArchive: false,
                removedMetadata: 0,
                lines: .init(hiddenCount: number % 3)
            )
        }
        let parameters = (0..<count).map { number in
            SanitizeReport.ParameterEntry(
                parameter: Parameter(
                    name: "p\(number)",
                    kind: .password,
                    severity: .secret,
                    summary: "password",
                    standIn: "REPLACE-p\(number)",
                    isRequired: number % 2 == 0
                ),
                places: 1,
                files: 1,
                isInherited: false
            )
        }
        return SanitizeReport(
            totals: .init(
                values: count,
                places: count,
                changedFiles: count / 3 * 2,
                unchangedFiles: count / 3,
                files: count,
                leftOut: count,
                filesRead: count
            ),
            kinds: [.init(kind: .password, severity: .secret, values: count, places: count, placesLeftOut: 0)],
            files: files,
            parameters: parameters,
            omissions: (0..<count).map {
                .init(path: "x/\($0)", reason: $0 % 2 == 0 ? "a stray copy" : "a binary file")
            },
            notes: (0..<count).map { .init(path: "y/\($0)", line: $0 + 1, message: "the text is not YAML") },
            evidence: nil
        )
    }()

    @Test func thePageStaysSmallAndSaysWhatIsMissing() {
        let bytes = ReportPage(report: report).serialized()
        #expect(bytes.count < 3_000_000, "\(bytes.count)")
        let page = String(decoding: bytes, as: UTF8.self)
        let leaves = page.matches(of: #/<li class="leaf"><(?:a|code|span class="count")/#).count
        #expect(leaves == 4000)
        // What is in no list is counted, to the last file.
        let more = page.matches(of: #/<span class="quiet">([\d,]+) files? more<\/span>/#)
        #expect(more.reduce(0) { $0 + (Int($1.1.replacing(",", with: "")) ?? 0) } == Self.count - 4000)
        #expect(page.contains("19,000 changed files more are not shown."))
        #expect(page.matches(of: #/14,000 more are in parameters\.json\./#).count == 2)
        #expect(page.contains("29,000 more are not shown."))
        #expect(page.matches(of: #/The rest is in parameters\.json\./#).count == 2)
    }

    @Test func theSummaryStaysShort() {
        let bytes = ReportMarkdown(report: report).serialized()
        #expect(bytes.count < 16_384, "\(bytes.count)")
        #expect(String(decoding: bytes, as: UTF8.self).contains("29,960 more are"))
    }

    @Test func theFactsAreComplete() throws {
        let value =
            try JSONSerialization.jsonObject(with: Data(ReportJSON(report: report).serialized())) as? [String: Any]
        #expect((value?["files"] as? [Any])?.count == Self.count)
        #expect((value?["parameters"] as? [Any])?.count == Self.count)
    }
}
