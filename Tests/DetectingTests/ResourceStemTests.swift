import Documents
import Testing

@testable import Detecting

/// The name of a project is found in those of its resources.
@Suite struct ResourceStemTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private func found(_ files: [(String, String)]) -> [String] {
        let result = Self.scanner.scan(files.map { Document(path: $0, bytes: Array($1.utf8)) })
        return result.findings.indices.map { String(decoding: result.value(ofFinding: $0).bytes, as: UTF8.self) }
    }

    private func block(_ type: String, _ key: String, _ name: String) -> String {
        "resource \"\(type)\" \"\(type)_x\" {\n  \(key) = \"\(name)\"\n}\n"
    }

    @Test func aStemOfThreeResourcesIsFoundInAllFiles() {
        let files = [
            ("a.tf", block("a_service", "name", "fulmarry-web") + block("a_repository", "repository_id", "fulmarry-x")),
            ("b.tf", block("a_address", "name", "fulmarry-ip")),
            ("notes.md", "The site of fulmarry.\n"),
        ]
        #expect(found(files).count { $0 == "fulmarry" } == 4, "\(found(files))")
        #expect(!found([files[0], files[2]]).contains("fulmarry"))
    }

    @Test func wordsInGeneralUseCountOnlyWithABucket() {
        let files = block("a_service", "name", "bright-river-web") + block("a_address", "name", "bright-river-ip")
        let bucket = block("a_storage_bucket", "name", "bright-river-assets")
        let other = block("a_topic", "name", "bright-river-topic")
        #expect(found([("a.tf", files + bucket)]).contains("bright-river"))
        #expect(!found([("a.tf", files + other)]).contains("bright-river"))
    }

    @Test func whatResourcesDoIsNoStem() {
        let text = ["web", "ip", "db"].map { block("a_\($0)", "name", "backend-\($0)") }.joined()
        #expect(found([("a.tf", text)]).isEmpty)
    }

    @Test func aNameIsFoundInIdentifiersWithoutDashes() {
        let text = "server_name: auk-harbour.agency\nauk_harbour_agency: allow\n"
        #expect(found([("a.yml", text)]).contains("auk_harbour_agency"))
    }
}
