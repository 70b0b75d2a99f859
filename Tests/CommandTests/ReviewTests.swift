import Foundation
import TestKit
import Testing

/// `sanitize --review` on a pseudo-terminal.
@Suite(.enabled(if: TerminalDriver.runs, "python3 is not installed"))
struct ReviewTests {
    private static let policy = "# mine\nkeep:\n  domains:\n    # others\n    - auk-data.org   # numbers\n"

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.policy, to: "deployment/.scrubjay.yml")
        try folder.write(
            "JVB_AUTH_PASSWORD=k1ttiwake-and-gull-7\nPUBLIC_URL=https://meet.wren-rocks.net\n",
            to: "deployment/.env"
        )
        try folder.write("see https://a.murre-works.net/ with k1ttiwake-and-gull-7\n", to: "deployment/a.md")
        try folder.write("and https://b.razorbill.org/ and https://auk-data.org/\n", to: "deployment/b.md")
        try folder.write([0, 1, 2, 3], to: "deployment/x.bin")
        return folder
    }

    private func review(_ folder: TemporaryFolder, _ answers: String...) throws -> (shown: String, status: Int32) {
        try TerminalDriver(prompts: ["? [k/r/o/s/q/?] ", "may everyone read it? "]).run(
            ["sanitize", "deployment", "--output", "clean", "--review"],
            in: folder,
            answering: answers
        )
    }

    private func policy(of folder: TemporaryFolder) throws -> String {
        String(decoding: try folder.read("deployment/.scrubjay.yml"), as: UTF8.self)
    }

    @Test func writesTheAnswersAndGoesOn() throws {
        let folder = try folder()
        let (shown, status) = try review(folder, "?", "k", "r", "k", "o")
        #expect(status == 0, "\(shown)")
        #expect(shown.contains("1/3  domain  murre-works.net  (a.md:1, medium confidence)"), "\(shown)")
        #expect(
            shown.contains("  - see https://a.murre-works.net/ with ‹20 characters, letters and digits and symbols›")
        )
        #expect(shown.contains("  + see https://a.example.") && shown.contains("with REPLACE-jvb-auth-password"))
        #expect(shown.contains("s  skip it: replace it now, and ask again next time"))
        #expect(shown.contains("a file that is not text cannot be sanitized and is left out"))
        #expect(shown.contains("wrote 3 answers to deployment/.scrubjay.yml"))
        #expect(!shown.contains("k1ttiwake"))
        #expect(
            try policy(of: folder) == Self.policy
                + "    - murre-works.net\n\nreplace:\n  domains:\n    - razorbill.org\n"
                + "\nactions:\n  - do: omit\n    paths: ['/x.bin']\n"
        )
        #expect(
            String(decoding: try folder.read("clean/a.md"), as: UTF8.self).hasPrefix(
                "see https://a.murre-works.net/ with REPL"
            )
        )
        #expect(!String(decoding: try folder.read("clean/b.md"), as: UTF8.self).contains("razorbill"))
        let again = try TerminalDriver(prompts: []).run(
            ["sanitize", "deployment", "--output", "clean", "--force", "--review"],
            in: folder,
            answering: []
        )
        #expect(again.status == 0 && again.shown.contains("nothing is undecided"), "\(again.shown)")
    }

    @Test(arguments: ["q", TerminalDriver.endOfInput, TerminalDriver.interrupt])
    func stopsAndKeepsTheAnswersSoFar(last: String) throws {
        let folder = try folder()
        let (shown, status) = try review(folder, "k", last)
        if last == TerminalDriver.interrupt {
            #expect(status != 0, "\(shown)")
        } else {
            #expect(status == 1, "\(shown)")
            #expect(shown.contains("stopped; nothing was sanitized"))
        }
        #expect(try policy(of: folder) == Self.policy + "    - murre-works.net\n")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
    }

    @Test func leavesThePolicyWhereAllIsSkipped() throws {
        let folder = try folder()
        let (shown, status) = try review(folder, "s", "s", "s")
        #expect(status == 0, "\(shown)")
        #expect(try policy(of: folder) == Self.policy)
        #expect(!String(decoding: try folder.read("clean/a.md"), as: UTF8.self).contains("murre"))
    }
}
