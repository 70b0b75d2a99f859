import Foundation
import TestKit
import Testing

private let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

/// `sanitize --review` on a pseudo-terminal, which Python opens.
@Suite(.enabled(if: hasPython, "python3 is not installed"))
struct ReviewTests {
    /// Answers each question with the next line, and copies what the terminal shows to standard output.
    private static let driver = """
        import os, pty, sys
        answers = sys.argv[2].split(",")
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvp("scrubjay", ["scrubjay"] + sys.argv[3:])
        shown = b""
        asked = 0
        while True:
            try:
                data = os.read(terminal, 4096)
            except OSError:
                break
            if not data:
                break
            shown += data
            while asked < len(answers) and shown.count(b"? [k/r/o/s/q/?] ") + shown.count(b"may everybody read it? ") > asked:
                os.write(terminal, (answers[asked] + "\\n").encode() if answers[asked] != "^D" else b"\\x04")
                asked += 1
        sys.stdout.buffer.write(shown)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

        """

    private static let policy = "# mine\nkeep:\n  domains:\n    # others\n    - auk-data.org   # numbers\n"

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.driver, to: "driver.py")
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

    private func review(_ folder: TemporaryFolder, _ answers: String) throws -> (shown: String, status: Int32) {
        let tool = Tool(folder: folder.path)
        let run = try tool.run(
            "/usr/bin/python3",
            ["driver.py", "-", answers, "sanitize", "deployment", "--output", "clean", "--review"],
            input: []
        )
        return (run.text, run.status)
    }

    private func policy(of folder: TemporaryFolder) throws -> String {
        String(decoding: try folder.read("deployment/.scrubjay.yml"), as: UTF8.self)
    }

    @Test func writesTheAnswersAndGoesOn() throws {
        let folder = try folder()
        let (shown, status) = try review(folder, "?,k,r,k,o")
        #expect(status == 0, "\(shown)")
        #expect(shown.contains("1/3  domain  murre-works.net  (a.md:1, medium confidence)"), "\(shown)")
        #expect(
            shown.contains("  - see https://a.murre-works.net/ with ‹20 characters, letters and digits and symbols›")
        )
        #expect(shown.contains("  + see https://a.example.") && shown.contains("with REPLACE-jvb-auth-password"))
        #expect(shown.contains("s  skip it: it is replaced, and asked for the next time"))
        #expect(shown.contains("a file that is no text cannot be sanitized, and stays out"))
        #expect(shown.contains("3 answers in deployment/.scrubjay.yml"))
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
        let again = try Tool(folder: folder.path).run(
            "/usr/bin/python3",
            ["driver.py", "-", "", "sanitize", "deployment", "--output", "clean", "--force", "--review"],
            input: []
        )
        #expect(again.status == 0 && again.text.contains("nothing is undecided"), "\(again.text)")
    }

    @Test(arguments: ["k,q", "k,^D"])
    func stopsAndKeepsTheAnswersSoFar(answers: String) throws {
        let folder = try folder()
        let (shown, status) = try review(folder, answers)
        #expect(status == 1, "\(shown)")
        #expect(shown.contains("stopped; nothing was sanitized"))
        #expect(try policy(of: folder) == Self.policy + "    - murre-works.net\n")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
    }

    @Test func leavesThePolicyWhereAllIsSkipped() throws {
        let folder = try folder()
        let (shown, status) = try review(folder, "s,s,s")
        #expect(status == 0, "\(shown)")
        #expect(try policy(of: folder) == Self.policy)
        #expect(!String(decoding: try folder.read("clean/a.md"), as: UTF8.self).contains("murre"))
    }
}
