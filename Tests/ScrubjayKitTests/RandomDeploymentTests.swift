import Collecting
import Detecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What holds for every deployment, tried on many that a seeded generator makes up; each names its values some thirty
/// times.
///
/// `scripts/soak` tries hundreds of thousands of them.
@Suite struct RandomDeploymentTests {
    /// The seeds: a few, or those that `SCRUBJAY_SEEDS=FIRST-LAST` wants.
    private static let seeds: Range<Int> = {
        let wanted = ProcessInfo.processInfo.environment["SCRUBJAY_SEEDS"]?.split(separator: "-").compactMap { Int($0) }
        guard let wanted, wanted.count == 2, wanted[0] <= wanted[1] else { return 0..<40 }
        return wanted[0]..<wanted[1] + 1
    }()
    private static let batches = stride(from: seeds.lowerBound, to: seeds.upperBound, by: 8).map {
        $0..<min($0 + 8, seeds.upperBound)
    }

    private func contents(of folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try TemporaryFolder.files(in: folder) {
            files[path] = try Deployment.contents(ofFile: FilePath(folder + "/" + path), atMost: .max)
        }
        return files
    }

    @Test(arguments: batches)
    func nothingIsLeftAndNothingElseChanges(seeds: Range<Int>) throws {
        let scan = try Scan(fingerprintKey: FingerprintKey())
        for seed in seeds {
            let deployment = InventedDeployment(seed: UInt64(seed))
            #expect(deployment.placeCount >= 20)
            let folder = try TemporaryFolder()
            var generator = SeededGenerator(seed: UInt64(seed))
            // Made in another order each time: the order in a folder must not matter.
            for (path, bytes) in deployment.files.sorted(by: { $0.key < $1.key }).shuffled(using: &generator) {
                try folder.write(bytes, to: "d/" + path)
            }
            do {
                try check(deployment, in: folder, scan: scan, seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    private func check(_ deployment: InventedDeployment, in folder: TemporaryFolder, scan: Scan, seed: Int) throws {
        let map = SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [AgeIdentity.generate()])
        var outcomes: [Sanitize.Outcome] = []
        for (source, output) in [("d", "clean"), ("clean", "again")] {
            var sanitize = Sanitize(
                source: FilePath(folder.path + "/" + source),
                output: FilePath(folder.path + "/" + output),
                map: source == "d" ? map : nil,
                scan: scan
            )
            // Whether a file is kept or read again must not matter either.
            if seed % 2 == 1 { sanitize.keptSize = 0 }
            outcomes.append(try sanitize.apply(try sanitize.prepare()))
        }
        let clean = try contents(of: folder.path + "/clean")
        // Once is enough.
        #expect(try contents(of: folder.path + "/again") == clean, "seed \(seed)")
        #expect(outcomes[1].preparation.report.result.findings.isEmpty, "seed \(seed)")
        // Nothing is missing, and nothing is left.
        #expect(clean.count == deployment.files.count + 1, "seed \(seed)")
        for (path, bytes) in clean {
            let text = path + "\n" + Self.decoded(String(decoding: bytes, as: UTF8.self))
            for (number, value) in deployment.values.enumerated() {
                let isLeft = text.contains(value.text)
                #expect(!isLeft, "seed \(seed), value \(number) in \(path)")
            }
        }
        // What holds no value is as it was.
        for (path, line) in deployment.plainLines {
            let lines = String(decoding: clean[path] ?? [], as: UTF8.self).split(separator: "\n")
            #expect(lines.contains(Substring(line)), "seed \(seed), \(path)")
        }
        try checkForms(of: clean, seed: seed)
        // Two values are never the same afterwards.
        let standIns = outcomes[0].preparation.plan.assigned.filter { $0.origin == nil }.map(\.standIn)
        #expect(Set(standIns).count == standIns.count, "seed \(seed)")
        let restore = Restore(
            tree: FilePath(folder.path + "/clean"),
            map: map,
            output: FilePath(folder.path + "/back")
        )
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: folder.path + "/back") == deployment.files, "seed \(seed)")
    }

    /// Files that Foundation reads are read by it, with their keys.
    private func checkForms(of files: [String: [UInt8]], seed: Int) throws {
        for (path, bytes) in files where path.hasSuffix(".json") && path != ParameterFile.name {
            let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
            let keys = object?.keys.sorted()
            #expect(keys == ["user-data"] || keys == ["ENABLE", "n", "x"], "seed \(seed), \(path)")
        }
        for (path, bytes) in files where path.hasSuffix(".xml") {
            let parser = XMLLike(String(decoding: bytes, as: UTF8.self))
            #expect(parser.isWellFormed, "seed \(seed), \(path)")
        }
    }

    /// A text with what its base64 decodes to, its escapes of JSON and XML, and its percent escapes behind it.
    private static func decoded(_ text: String) -> String {
        var texts = [
            text, text.removingPercentEncoding ?? "", text.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\"),
        ]
        texts.append(text.replacing("&lt;", with: "<").replacing("&quot;", with: "\"").replacing("&amp;", with: "&"))
        texts.append(text.replacing("''", with: "'"))
        let runs = text.replacing("\n    ", with: "").split {
            !($0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0)))
        }
        for run in runs where run.count >= 12 {
            guard let data = Data(base64Encoded: String(run)) else { continue }
            let inside = String(decoding: data, as: UTF8.self)
            texts += [
                inside, inside.replacing("\\\"", with: "\"").replacing("\\$", with: "$").replacing("\\\\", with: "\\"),
            ]
        }
        return texts.joined(separator: "\n")
    }
}

/// As much of XML as the invented files have.
private struct XMLLike {
    let isWellFormed: Bool

    init(_ text: String) {
        let inside = text.split(separator: "\">").last?.split(separator: "</b>").first ?? ""
        let rest = ["&amp;", "&lt;", "&gt;", "&quot;"].reduce(String(inside)) { $0.replacing($1, with: "") }
        isWellFormed =
            text.hasPrefix("<a>\n  <b c=\"7\">") && text.hasSuffix("</b>\n</a>\n")
            && !rest.contains { "<&".contains($0) }
    }
}
