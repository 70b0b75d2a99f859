import Foundation
import TestKit
import Testing

/// What the README shows is what the commands say.
@Suite struct ReadmeTests {
    /// The blocks of the README that show a command and what it says.
    static var blocks: [(command: String, said: [String])] {
        get throws {
            let text = try String(contentsOf: URL(fileURLWithPath: Repository.root + "/README.md"), encoding: .utf8)
            return text.components(separatedBy: "```console\n$ ").dropFirst().map { part in
                let lines = part.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
                return (lines[0], Array(lines.dropFirst()))
            }
        }
    }

    @Test func theFixtureIsCollectedAndComparedAsShown() throws {
        let place = try TemporaryFolder()
        for name in ["fixtures", "bundles"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(place.path)/\(name)",
                withDestinationPath: "\(Repository.root)/\(name)"
            )
        }
        let tool = Tool(folder: place.path, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
        var count = 0
        for block in try Self.blocks where block.command.contains(" fixtures/") && !block.said.isEmpty {
            let verb = block.command.split(separator: " ").dropFirst().first ?? ""
            guard verb == "collect" || verb == "drift" else { continue }
            let run = try tool.shell(block.command)
            #expect(run.status == 0)
            let said = (run.text + run.said).replacing(Repository.root, with: "…")
            #expect(said == block.said.joined(separator: "\n") + "\n", Comment(rawValue: block.command))
            count += 1
        }
        #expect(count == 3)
    }
}
