import Foundation
import TestKit
import Testing

@Suite struct RuleReferenceTests {
    @Test func isUpToDate() throws {
        let written = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/docs/rules.md"))
        let run = try Tool(folder: Repository.root)("rules", "list", "--format", "markdown")
        #expect(run.status == 0)
        // Not compared inside of #expect, which would print both.
        let isUpToDate = [UInt8](written) == run.output
        #expect(isUpToDate, "docs/rules.md is not what the rules say: run scripts/build-rule-reference")
    }
}
