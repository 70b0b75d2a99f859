import Foundation
import Testing

/// Runs the harnesses of `scripts/fuzz` on inputs in `Fuzzing/Corpus` that once revealed something.
@Suite struct CorpusTests {
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus")

    private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []).sorted()

    @Test(arguments: names) func everyInputKeepsTheProperties(name: String) throws {
        let harness = try #require(Harness.all.first { $0.name == name }, "there is no harness of this name")
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.appending(path: name).path)
        #expect(!files.isEmpty)
        for file in files {
            harness.check([UInt8](try Data(contentsOf: Self.corpus.appending(path: name).appending(path: file))))
        }
    }

    @Test func everySeedKeepsTheProperties() {
        for harness in Harness.all { for seed in harness.seeds { harness.check(seed) } }
    }

    @Test func thereIsACorpus() {
        #expect(Set(Self.names).isSuperset(of: ["age", "attestation", "bundle", "manifest", "signature", "tar"]))
    }
}

/// Records an issue with a message if `condition` is false.
func require(_ condition: Bool, _ message: @autoclosure () -> String, line: UInt = #line) {
    guard !condition else { return }
    Issue.record("property violated in line \(line): \(message())")
}
