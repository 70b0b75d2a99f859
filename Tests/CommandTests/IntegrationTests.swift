import Foundation
import TestKit
import Testing

/// What others run: the hooks of `.pre-commit-hooks.yaml` and the scan of `action.yml`.
@Suite struct IntegrationTests {
    private let git: GitFolder
    private let runner: TemporaryFolder

    init() throws {
        git = try GitFolder()
        runner = try TemporaryFolder()
        try git.folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d e/.env")
    }

    // MARK: - pre-commit

    @Test func everyHookScansWhatIsStaged() throws {
        let hooks = try String(contentsOfFile: Repository.root + "/.pre-commit-hooks.yaml", encoding: .utf8)
        let entries = hooks.split(separator: "\n").filter { $0.hasPrefix("  entry: ") }
        #expect(entries.count == 2)
        for entry in entries {
            let command = String(entry.dropFirst("  entry: ".count))
            let tool = Tool(folder: git.path, environment: ["XDG_CONFIG_HOME": runner.path])
            try git.git("read-tree", "--empty")
            #expect(try tool.shell(command).status == 0)
            try git.git("add", ".")
            #expect(try tool.shell(command).status == 1)
            #expect(try tool.shell(command + " --min-severity secret --kind email").status == 0)
        }
    }

    /// As git itself calls it: with the index of `commit -a` and of a partial commit.
    @Test func asAHookOfGit() throws {
        try git.folder.write("#!/bin/sh\nexec scrubjay scan --staged\n", to: ".git/hooks/pre-commit")
        try #require(chmod(git.path + "/.git/hooks/pre-commit", 0o755) == 0)
        try git.folder.write("harmless\n", to: "a")
        let names = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"]
        let author = Dictionary(uniqueKeysWithValues: names.map { ($0, "a@example.com") })
        let tool = Tool(folder: git.path, environment: author)
        #expect(try tool.shell("git add a && git commit -qm 1").status == 0)
        try git.folder.write("LDAP_BINDPW=foo4bar8baz\n", to: "a")
        #expect(try tool.shell("git commit -qam 2").status == 1)
        #expect(try tool.shell("git commit -qm 2 a").status == 1)
        // What is staged is of no account in a partial commit of something else.
        try git.folder.write("harmless\n", to: "b")
        #expect(try tool.shell("git add a b && git commit -qm 2 b").status == 0)
        #expect(try tool.shell("cd 'd e' && git commit -qm 2").status == 1)
        let second = runner.path + "/tree"
        #expect(
            try tool.shell("git worktree add -q '\(second)' && cd '\(second)' && echo x > c && git add c").status == 0
        )
        let inside = Tool(folder: second, environment: author)
        #expect(try inside.shell("git commit -qm 3").status == 0)
        #expect(try inside.shell("echo LDAP_BINDPW=foo4bar8baz > c; git commit -qam 4").status == 1)
    }

    // MARK: - The action

    private func action(_ inputs: [String: String] = [:]) throws -> Tool.Run {
        var environment = [
            "INPUT_PATH": ".", "INPUT_HISTORY": "false", "INPUT_SINCE": "", "INPUT_EXCLUDE": "", "INPUT_BASELINE": "",
            "INPUT_MIN_SEVERITY": "infrastructure", "INPUT_FINGERPRINT_KEY": "", "INPUT_SARIF_FILE": "",
            "INPUT_FAIL_ON_FINDINGS": "true", "SCRUBJAY": Tool.products + "/scrubjay", "RUNNER_TEMP": runner.path,
            "GITHUB_OUTPUT": git.path + "/.git/output", "XDG_CONFIG_HOME": git.path + "/.git",
        ]
        environment.merge(inputs) { $1 }
        try git.folder.write("", to: ".git/output")
        let run = try Tool(folder: git.path, environment: environment)
            .run("/bin/bash", [Repository.root + "/scripts/action-scan"], input: [])
        #expect(try runner.files().isEmpty, "the key is left behind")
        return run
    }

    private func output() throws -> String { String(decoding: try git.folder.read(".git/output"), as: UTF8.self) }

    @Test func theActionAnswersAndFails() throws {
        let run = try action()
        #expect(run.status == 1 && run.text.contains("d e/.env"), "\(run.said)")
        #expect(try output() == "status=1\n")
        #expect(try action(["INPUT_FAIL_ON_FINDINGS": "false"]).status == 0)
        #expect(try output() == "status=1\n")
        #expect(try action(["INPUT_EXCLUDE": "*.md\n\nd e/\n"]).status == 0)
        #expect(try output() == "status=0\n")
        #expect(try action(["INPUT_PATH": "nowhere", "INPUT_FAIL_ON_FINDINGS": "false"]).status == 2)
        #expect(try action(["INPUT_MIN_SEVERITY": "secret; true"]).status == 64)
    }

    @Test func theActionReadsTheHistory() throws {
        try git.commit()
        try git.git("rm", "-rq", "d e")
        try git.commit()
        #expect(try action().status == 0)
        #expect(try action(["INPUT_HISTORY": "true"]).status == 1)
        #expect(try action(["INPUT_HISTORY": "true", "INPUT_SINCE": "HEAD~1"]).status == 0)
    }

    @Test func theActionWritesSARIFAndTakesAKey() throws {
        let key = String(repeating: "0f", count: 32)
        let tool = Tool(folder: git.path)
        try git.folder.write(key + "\n", to: ".git/key")
        #expect(try tool("scan", "--fingerprint-key", ".git/key", "--write-baseline", "baseline.json").status == 0)
        let inputs = ["INPUT_BASELINE": "baseline.json", "INPUT_FINGERPRINT_KEY": key]
        #expect(try action(inputs).status == 0)
        #expect(try action(["INPUT_BASELINE": "baseline.json"]).status == 2)
        let run = try action(["INPUT_SARIF_FILE": "out.sarif", "INPUT_FINGERPRINT_KEY": key])
        #expect(run.status == 1)
        let file = try JSONSerialization.jsonObject(with: Data(git.folder.read("out.sarif"))) as? [String: Any]
        #expect(file?["version"] as? String == "2.1.0")
        #expect(!run.said.contains(key) && !run.text.contains(key))
    }

    @Test func theActionAndItsScriptNameTheSameInputs() throws {
        let action = try String(contentsOfFile: Repository.root + "/action.yml", encoding: .utf8)
        let script = try String(contentsOfFile: Repository.root + "/scripts/action-scan", encoding: .utf8)
        func names(_ text: String) -> Set<Substring> { Set(text.matches(of: /INPUT_[A-Z_]+/).map(\.output)) }
        #expect(names(action) == names(script) && names(action).count == 9)
        for use in action.matches(of: /inputs\.([a-z-]+)/) { #expect(action.contains("\n  \(use.output.1):\n")) }
    }
}
