import Bundling
import Collecting
import Detecting
import Documents
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// The main job on the invented deployment, from its folder to somebody else's.
@Suite struct WholeWayTests {
    private let folder: TemporaryFolder
    private let scan: Scan
    private let clean: FilePath
    private let preparation: Sanitize.Preparation
    private let outcome: Sanitize.Outcome

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
        clean = FilePath(folder.path + "/clean")
        let sanitize = Sanitize(source: FilePath(Repository.fixture), output: clean, scan: scan)
        preparation = try sanitize.prepare()
        outcome = try sanitize.apply(preparation)
    }

    private func files(in root: FilePath) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try TemporaryFolder.files(in: root.string) {
            files[path] = try Deployment.contents(ofFile: root.appending(path), atMost: .max)
        }
        return files
    }

    @Test func everyPlantedPlaceIsFound() throws {
        let result = preparation.report.result
        var spans: [String: [Span]] = [:]
        var spansInPath: [String: [Span]] = [:]
        for finding in result.findings {
            if let location = finding.location { spans[finding.path, default: []].append(location.fileSpan) }
            if let span = finding.pathSpan { spansInPath[finding.path, default: []].append(span) }
        }
        for value in try PlantedValues.ofFixture().values {
            for place in value.places {
                let planted = Span(place.start, place.end)
                let found = (place.encoding == "filename" ? spansInPath : spans)[place.path, default: []]
                let isFound = found.contains { $0.contains(planted) || planted.contains($0) && place.encoding == "der" }
                #expect(isFound, "\(value.name) (\(value.kind), \(place.encoding)) at \(place.path):\(place.line)")
            }
        }
    }

    @Test func whatMustStayStays() throws {
        let written = try files(in: clean)
        let omitted = Set(outcome.parameters.omissions.map(\.path))
        let sources = Dictionary(uniqueKeysWithValues: preparation.plan.files.map { ($0.source, $0.path) })
        for decoy in try PlantedValues.ofFixture().mustStay {
            guard let path = sources[decoy.path] else {
                #expect(omitted.contains(decoy.path), "\(decoy.path) is neither written nor left out")
                continue
            }
            let contents = String(decoding: written[path] ?? [], as: UTF8.self)
            #expect(contents.contains(decoy.value), "\(decoy.value) in \(path): \(decoy.why)")
        }
    }

    @Test func noPlantedValueIsLeftInAnyEncoding() throws {
        var haystacks: [String: String] = [:]
        for (path, bytes) in try files(in: clean) {
            let text = String(decoding: bytes, as: UTF8.self)
            let unwrapped = String(text.unicodeScalars.filter { !" \n\r\t".unicodeScalars.contains($0) })
                .replacing("\\n", with: "")
            haystacks[path] = (path + "\n" + text + "\n" + unwrapped).lowercased()
        }
        for value in try PlantedValues.ofFixture().values {
            for form in Self.forms(of: value.value) {
                for (path, haystack) in haystacks {
                    // An expectation shows its operands when it fails: these hold the value.
                    let isLeft = haystack.contains(form.lowercased())
                    #expect(!isLeft, "\(value.name) (\(value.kind)) in \(path)")
                }
            }
        }
    }

    /// The spellings of a value in which this test looks for it, made by Foundation.
    private static func forms(of value: String) -> [String] {
        let bytes = Array(value.utf8)
        var forms = [value, bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()]
        for allowed in [CharacterSet.alphanumerics, .urlQueryAllowed, CharacterSet()] {
            if let percent = value.addingPercentEncoding(withAllowedCharacters: allowed) { forms.append(percent) }
        }
        if let json = try? JSONEncoder().encode([value]) {
            forms.append(String(decoding: json.dropFirst(2).dropLast(2), as: UTF8.self))
        }
        for offset in 0..<3 {
            let padded = [UInt8](repeating: 0, count: offset) + bytes
            let text = Data(padded).base64EncodedString()
            let first = (offset * 8 + 5) / 6
            let last = padded.count * 8 / 6
            if last - first >= 8 { forms.append(String(Array(text)[first..<last])) }
        }
        return forms
    }

    @Test func whatParsedParsesWithTheSameKeys() throws {
        let written = try files(in: clean)
        var compared = 0
        for file in preparation.plan.files {
            let before = Document(path: file.source, bytes: try preparation.original(of: file).bytes)
            guard let format = before.layers.first?.format, [.yaml, .json, .dotenv].contains(format) else { continue }
            let after = Document(path: file.path, bytes: try #require(written[file.path]))
            #expect(after.layers.first?.format == format, "\(file.path)")
            #expect(after.notes.count == before.notes.count, "\(file.path)")
            let keys = { (document: Document) in document.layers[0].values.filter { $0.role == .value }.map(\.keyPath) }
            #expect(keys(after).map(\.count) == keys(before).map(\.count), "\(file.path)")
            for (left, right) in zip(keys(after), keys(before)) where left != right {
                // A key that held a value differs in nothing but its stand-in.
                #expect(
                    file.edits.contains { $0.location.steps.count == 1 } && left.count == right.count,
                    "\(file.path)"
                )
            }
            compared += 1
        }
        #expect(compared >= 15)
    }

    @Test func sanitizingAgainChangesNothing() throws {
        let again = FilePath(folder.path + "/again")
        let sanitize = Sanitize(source: clean, output: again, scan: scan)
        let second = try sanitize.prepare()
        #expect(second.report.result.findings.isEmpty)
        _ = try sanitize.apply(second)
        #expect(try files(in: again) == files(in: clean))
    }

    /// The proof must not believe the replacer: one that forgets a single place is caught, and nothing is written.
    @Test func aPlaceThatTheReplacerForgetsIsCaught() throws {
        let secrets = preparation.plan.files.indices.filter { !preparation.plan.files[$0].edits.isEmpty }
        var generator = SeededGenerator(seed: 11)
        for file in secrets.shuffled(using: &generator).prefix(6) {
            var faulty = preparation
            let edit = Int.random(in: faulty.plan.files[file].edits.indices, using: &generator)
            faulty.plan.files[file].edits.remove(at: edit)
            faulty.plan.files[file].parameterOfEdit.remove(at: edit)
            let output = FilePath(folder.path + "/faulty")
            let sanitize = Sanitize(source: FilePath(Repository.fixture), output: output, scan: scan)
            let error = #expect(throws: SanitizingError.self, "\(faulty.plan.files[file].path), edit \(edit)") {
                try sanitize.apply(faulty)
            }
            #expect(error?.code == .residue || error?.code == .found)
            #expect(error?.place != nil)
            #expect(!FileManager.default.fileExists(atPath: output.string))
        }
    }

    @Test func theProofCountsWhatIsThere() throws {
        let written = try files(in: clean)
        #expect(outcome.proof.left == 0)
        #expect(outcome.proof.files == written.count)
        #expect(outcome.proof.bytes == written.reduce(0) { $0 + $1.key.utf8.count + $1.value.count })
        #expect(outcome.proof.values >= 80)
        #expect(outcome.rescannedFiles == written.count)
    }

    @Test func hydratingWithTheOriginalValuesGivesBackTheOriginals() throws {
        var originals: [String: [UInt8]] = [:]
        for file in preparation.plan.files {
            let document = try preparation.original(of: file)
            for (edit, index) in zip(file.edits, file.parameterOfEdit) {
                let parameter = preparation.plan.parameters[index]
                guard parameter.origin == nil else { continue }
                originals[parameter.name] = try document.value(at: edit.location)
            }
        }
        let inNames = preparation.report.result.findings.indices.filter {
            preparation.report.result.findings[$0].pathSpan != nil
        }
        #expect(!inNames.isEmpty)
        let (bundle, key) = try packed()
        let verify = Verify(file: bundle, acceptance: .init(keyring: Keyring([key]), time: 0), scan: scan)
        let hydrate = Hydrate(verify: verify, output: FilePath(folder.path + "/hydrated"))
        let opened = try hydrate.open()
        let hydration = try Hydration(of: opened)
        // A parameter that stands nowhere but in a path, or only gives others their form, has its value from the scan.
        for parameter in hydration.parameters where originals[parameter.name] == nil && parameter.origin == nil {
            let candidates = preparation.report.result.values.filter { value in
                value.kind == parameter.kind && value.derivation == nil && !originals.values.contains(value.bytes)
            }
            originals[parameter.name] = try #require(candidates.first?.bytes, "\(parameter.name)")
        }
        let plan = try hydration.plan(values: originals)
        #expect(plan.missing.isEmpty)
        _ = try hydrate.apply(plan, of: opened)
        var hydrated = try files(in: FilePath(folder.path + "/hydrated"))
        #expect(hydrated.removeValue(forKey: HydrationRecord.name) != nil)
        #expect(hydrated.count == preparation.plan.files.count)
        for file in preparation.plan.files {
            let original = try preparation.original(of: file).bytes
            let isOriginal = hydrated[file.source] == original
            #expect(isOriginal, "\(file.source)")
        }
    }

    private func packed() throws -> (file: FilePath, key: PublicKey) {
        let output = FilePath(folder.path + "/jitsi.tar.gz")
        let bundle = BundlePacking(
            tree: clean,
            output: output,
            name: "jitsi",
            version: "1",
            released: 1_767_225_600,
            scan: scan
        )
        let key = SecretKey.generate()
        let publicKey = key.publicKey
        _ = try bundle.apply(try bundle.prepare(), signers: [MinisignSigner(key)])
        return (output, publicKey)
    }

    @Test func aFlippedByteIsRefused() throws {
        let (file, key) = try packed()
        let good = try Deployment.contents(ofFile: file, atMost: .max)
        let verify = Verify(file: file, acceptance: .init(keyring: Keyring([key]), time: 0), scan: scan)
        #expect(try verify.run().files.isEmpty)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            var bytes = good
            bytes[Int.random(in: bytes.indices, using: &generator)] ^=
                UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            try Data(bytes).write(to: URL(fileURLWithPath: file.string))
            let error = #expect(throws: BundleError.self) { try verify.run() }
            #expect(error?.isRefusal == true)
        }
    }
}
