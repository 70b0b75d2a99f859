@testable import Detecting
import Documents
import TestKit
import Testing

/// A scan of files that are not kept tells the bytes of its findings; how they are spelled is seen when a file is read
/// once more.
@Suite struct SpelledPlacesTests {
    private static let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))

    /// Where a stand-in would be put.
    private struct Place: Hashable {
        var path: String
        var location: Location
    }

    private func compare(_ files: [(path: String, bytes: [UInt8])], _ name: String) {
        let documents = files.map { Document(path: $0.path, bytes: $0.bytes) }
        let expected = Set(
            Self.scanner.scan(documents).findings.compactMap { finding in
                finding.replacedLocation.map { Place(path: finding.path, location: $0) }
            }
        )
        var given: [String: [Location]] = [:]
        Self.scanner.scan(BytesInMemory(files)) { text in
            given[text.path, default: []] += text.findings.compactMap(\.replacedLocation)
        }
        for readsAll in [true, false] {
            var found: Set<Place> = []
            for document in documents {
                let locations = given[document.path] ?? []
                let places =
                    readsAll
                    ? SpelledPlaces(document)
                    : SpelledPlaces(path: document.path, bytes: document.bytes, places: locations)
                for location in locations {
                    found.insert(Place(path: document.path, location: places.location(of: location)))
                }
            }
            let differing = found.symmetricDifference(expected).map { "\($0.path) \($0.location.steps)" }.sorted()
            #expect(differing.isEmpty, "\(name): \(differing.prefix(4))")
        }
    }

    @Test func areThoseOfTheFixture() throws {
        let files = try Folder.files(below: Repository.fixture).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { (path: $0, bytes: try #require(Folder.contents(of: "\(Repository.fixture)/\($0)"))) }
        compare(files, "fixture")
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func areThoseOfInventedDeployments(seed: UInt64) {
        let files = InventedDeployment(seed: seed).files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        compare(files.map { (path: $0.key, bytes: $0.value) }, "seed \(seed)")
    }

    @Test(arguments: RuleSet.builtIn.rules.map(\.id)) func areThoseOfExamples(id: String) throws {
        let rule = try #require(RuleSet.builtIn.rule(id))
        for example in rule.examples where !rule.readsPath {
            compare([(path: example.path, bytes: example.unmarked.text)], example.text)
        }
    }
}
