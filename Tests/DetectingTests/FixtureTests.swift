import Detecting
import Documents
import Foundation
import TestKit
import Testing

@Suite("the fixture deployment")
struct FixtureTests {
    private struct Planted: Decodable {
        struct Value: Decodable {
            var value: String
            var kind: String
            var name: String
            var places: [Mark]
        }
        struct Mark: Decodable {
            var path: String
            var start: Int
            var end: Int
            var encoding: String
        }
        struct Kept: Decodable {
            var value: String
            var path: String
            var why: String
        }
        var values: [Value]
        var mustStay: [Kept]
    }

    private static let planted: Planted? = {
        guard let data = FileManager.default.contents(atPath: Repository.fixture + ".planted.json") else { return nil }
        return try? JSONDecoder().decode(Planted.self, from: data)
    }()

    private static let documents: [Document] = {
        let root = URL(fileURLWithPath: Repository.fixture)
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return paths.sorted().compactMap { path in
            var isFolder: ObjCBool = false
            let file = root.appendingPathComponent(path).path
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
                let data = FileManager.default.contents(atPath: file)
            else { return nil }
            return Document(path: path, bytes: Array(data))
        }
    }()

    private static let result = Scanner(fingerprintKey: Array(repeating: 1, count: 32)).scan(documents)

    @Test func everyPlantedValueIsCovered() throws {
        let planted = try #require(Self.planted)
        #expect(planted.values.count > 50)
        let findings = Dictionary(grouping: Self.result.findings, by: \.path)
        for value in planted.values {
            let kind = try #require(Kind(rawValue: value.kind), "\(value.kind)")
            for place in value.places {
                let span = Span(place.start, place.end)
                let covering = (findings[place.path] ?? []).filter { finding in
                    let isName = place.encoding == "filename"
                    guard let found = isName ? finding.pathSpan : finding.location?.fileSpan else { return false }
                    return found.contains(span)
                }
                #expect(
                    covering.contains { $0.severity >= kind.severity },
                    "\(value.name) (\(place.encoding)) at \(place.path) \(place.start)"
                )
            }
        }
    }

    @Test func everyValueThatMustStayIsUntouched() throws {
        let planted = try #require(Self.planted)
        let findings = Dictionary(grouping: Self.result.findings, by: \.path)
        for kept in planted.mustStay {
            let document = try #require(Self.documents.first { $0.path == kept.path })
            let bytes = Array(kept.value.utf8)
            for start in document.bytes.indices where document.bytes[start...].starts(with: bytes) {
                let span = Span(start, start + bytes.count)
                // Of a bare name the places count where it is not part of a longer one.
                let touching = (findings[kept.path] ?? []).filter { finding in
                    guard let found = finding.location?.fileSpan else { return false }
                    return finding.location?.steps.count == 1 && found.overlaps(span)
                }
                #expect(touching.isEmpty, "\(kept.value) (\(kept.why)) in \(kept.path): \(touching.map(\.rule))")
            }
        }
    }

    @Test func theResultIsTheSameEveryTime() {
        let again = Scanner(fingerprintKey: Array(repeating: 1, count: 32)).scan(Self.documents.reversed())
        #expect(again.findings == Self.result.findings)
    }

    /// The user's scan reads the structure of a file only where it must.
    @Test func bothWaysOfScanningFindTheSame() {
        let files = Self.documents.map { (path: $0.path, bytes: $0.bytes) }
        #expect(files.count > 20)
        var found: [String: Set<Place>] = [:]
        Scanner(fingerprintKey: Array(repeating: 1, count: 32)).scan(BytesInMemory(files)) { text in
            found[text.path, default: []].formUnion(text.findings.map(Place.init))
        }
        let expected = Dictionary(grouping: Self.result.findings, by: \.path).mapValues { Set($0.map(Place.init)) }
        for path in Set(files.map(\.path)) {
            #expect(found[path] ?? [] == expected[path] ?? [], "\(path)")
        }
    }

    /// Where a finding is and what it is.
    private struct Place: Hashable {
        var rule: String
        var fingerprint: String
        var span: Span?
        var pathSpan: Span?

        init(_ finding: Finding) {
            rule = finding.rule
            fingerprint = "\(finding.fingerprint)"
            span = finding.location?.fileSpan
            pathSpan = finding.pathSpan
        }
    }

    @Test func findingsAreInOrder() {
        let places = Self.result.findings.map { ($0.path, $0.location?.fileSpan.start ?? -1) }
        for (left, right) in zip(places, places.dropFirst()) {
            #expect(left.0.utf8.lexicographicallyPrecedes(right.0.utf8) || left.0 == right.0 && left.1 <= right.1)
        }
    }

    @Test func noFindingShowsASecret() throws {
        let planted = try #require(Self.planted)
        let text = Self.result.findings.map { "\($0)" }.joined()
        for value in planted.values where Kind(rawValue: value.kind)?.severity == .secret {
            #expect(!text.contains(value.value), "\(value.name)")
        }
    }
}
