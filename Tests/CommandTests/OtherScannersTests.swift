import Foundation
import TestKit
import Testing

/// What secret scanners of others find in a sanitized deployment: nothing.
@Suite struct OtherScannersTests {
    /// A scanner, how it is run on the folder `clean`, and what it prints or ends with where it finds something.
    struct Scanner: CustomTestStringConvertible, Sendable {
        var name: String
        var arguments: String
        /// Whether a run says that there is nothing.
        var isSilent: @Sendable (_ status: Int32, _ output: String) -> Bool

        var testDescription: String { name }

        /// The file that is run, wherever the person who runs the tests has it; nil where it is not installed.
        var path: String? {
            let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
    }

    static let scanners = [
        Scanner(name: "kingfisher", arguments: "scan clean --no-update-check --no-validate --confidence low") {
            status,
            _ in
            status == 0
        },
        Scanner(name: "gitleaks", arguments: "dir clean --no-banner --exit-code 9") { status, _ in status == 0 },
        Scanner(name: "betterleaks", arguments: "dir clean --no-banner --exit-code 9") { status, _ in status == 0 },
        Scanner(name: "trufflehog", arguments: "filesystem clean --no-verification --no-update --json --fail") {
            status,
            output in status == 0 && output.isEmpty
        },
    ]
    static let installed = scanners.filter { $0.path != nil }

    private static let fixtures: [String] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: Repository.root + "/fixtures")) ?? []
        return all.sorted().filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: "\(Repository.root)/fixtures/\(name)",
                isDirectory: &isFolder
            )
            return exists && isFolder.boolValue
        }
    }()

    @Test func thereAreFixtures() { #expect(Self.fixtures.contains("jitsi-gcp")) }

    @Test(
        .enabled(
            if: !installed.isEmpty,
            "none of \(scanners.map(\.name).joined(separator: ", ")) is installed: no scanner looks at the fixtures"
        ),
        arguments: installed,
        fixtures
    )
    func findNothing(scanner: Scanner, fixture: String) throws {
        let folder = try TemporaryFolder()
        // Installed by its user, it may need what is in the user's environment.
        let tool = Tool(folder: folder.path, environment: ["ROOT": Repository.root])
        let made = try tool.shell("scrubjay sanitize \"$ROOT/fixtures/\(fixture)\" --output clean --no-map")
        try #require(made.status == 0, "\(made.said)")
        let path = try #require(scanner.path)
        let run = try Tool(folder: folder.path, environment: Self.environment).shell("'\(path)' \(scanner.arguments)")
        #expect(scanner.isSilent(run.status, run.text), "\(run.text.prefix(4000)) \(run.said.suffix(1000))")
        // It looks at all: what it must find is found.
        try folder.write("key = \"\(Self.sample)\"\n", to: "clean/planted.txt")
        let planted = try Tool(folder: folder.path, environment: Self.environment).shell(
            "'\(path)' \(scanner.arguments)"
        )
        #expect(!scanner.isSilent(planted.status, planted.text), "\(scanner.name) finds nothing whatever there is")
    }

    private static let environment = ProcessInfo.processInfo.environment.filter { $0.key != "HOME" }

    /// A token of a well-known form that is made here and opens nothing.
    private static let sample: String = {
        var generator = SeededGenerator(seed: 4711)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return "glpat" + "-"
            + String((0..<20).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }()
}
