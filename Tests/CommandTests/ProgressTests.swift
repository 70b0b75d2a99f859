import Foundation
import TestKit
import Testing

/// On a terminal, which `script` plays.
@Suite struct ProgressTests {
    private let git: GitFolder
    private let configuration: TemporaryFolder
    private let erased = "\r\u{1B}[K"

    init() throws {
        git = try GitFolder()
        configuration = try TemporaryFolder()
        try git.folder.write("PUBLIC_URL=https://meet.wren.test\n", to: ".env")
        try git.commit()
    }

    private func seen(_ arguments: String, _ variables: [String: String] = [:]) throws -> String {
        let environment = ["TERM": "xterm", "XDG_CONFIG_HOME": configuration.path].merging(variables) { $1 }
        let tool = Tool(folder: git.path, environment: environment)
        return try tool.shell("script --quiet --return --command 'scrubjay scan \(arguments)' /dev/null").text
    }

    @Test func aLineThatGoesAway() throws {
        for arguments in ["--history", "."] {
            let text = try seen(arguments)
            let parts = text.components(separatedBy: erased)
            #expect(parts.count >= 3, "\(text)")
            #expect(parts[1].hasPrefix("scanning ") && !parts[1].contains("\n"), "\(text)")
            #expect(parts.last?.contains("found 1 value") == true)
        }
    }

    @Test func notWhereNobodyWantsIt() throws {
        #expect(try !seen("--history --no-progress").contains(erased))
        #expect(try !seen("--history", ["TERM": "dumb"]).contains("\u{1B}"))
        #expect(try !seen("--history 2>&1 | cat").contains("\u{1B}"))
    }

    @Test func colourIsSomethingElse() throws {
        #expect(try seen("--history").contains("\u{1B}[33m"))
        let plain = try seen("--history", ["NO_COLOR": "1"])
        #expect(!plain.contains("\u{1B}[33m") && plain.contains(erased))
    }
}
