import Collecting
import Detecting
import Documents
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Large deployments are not kept in memory: what is not kept is read again, and must be the same.
@Suite struct ReleasedDocumentTests {
    private let folder: TemporaryFolder
    private let scan: Scan

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
    }

    private func sanitize(_ source: String, to output: String, keeping size: Int) -> Sanitize {
        var sanitize = Sanitize(
            source: FilePath(source),
            output: FilePath(folder.path + "/" + output),
            scan: scan
        )
        sanitize.keptSize = size
        return sanitize
    }

    @Test(arguments: [0, 5_000])
    func whatIsReadAgainIsSanitizedAsWhatIsKept(size: Int) throws {
        var written: [[String: [UInt8]]] = []
        for (output, size) in [("kept", PlanDocuments.keptSize), ("released", size)] {
            let workflow = sanitize(Repository.fixture, to: output, keeping: size)
            _ = try workflow.apply(try workflow.prepare())
            var files: [String: [UInt8]] = [:]
            for path in try TemporaryFolder.files(in: folder.path + "/" + output) {
                files[path] = try folder.read(output + "/" + path)
            }
            written.append(files)
        }
        #expect(written[0] == written[1] && written[0].count > 10)
    }

    @Test func aFileThatChangesInBetweenEndsTheRun() throws {
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/.env")
        let workflow = sanitize(folder.path + "/d", to: "clean", keeping: 0)
        let preparation = try workflow.prepare()
        try folder.write("JVB_AUTH_PASSWORD=f0e1d2c3b4a5968778695a4b3c2d1e0f\n", to: "d/.env")
        let error = #expect(throws: CollectingError.self) { try workflow.apply(preparation) }
        #expect(error?.code == .changed)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
    }

    @Test func aFileThatIsGoneIsSaid() throws {
        let path = try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/.env")
        let rereading = FileRereading()
        let document = try rereading.document(".env", at: FilePath(path), notes: [])
        #expect(!document.bytes.isEmpty && rereading.failure == nil)
        try FileManager.default.removeItem(atPath: path)
        #expect(document.bytes.isEmpty && rereading.failure?.code == .missing)
    }

    /// A file in which nothing is found is not read, unless a value shows later that it must be.
    @Test func whatOnlyAStructureShowsIsReplacedInEveryFile() throws {
        let table = "| Company | Person | Date |\n| --- | --- | --- |\n| Murre | Vladimir | 2022-Sep-23 |\n"
        try folder.write(table + "\nmail: post@murre-works.net\n", to: "d/a.md")
        try folder.write("// Copyright (C) 2004 Vladimir Otter, and others.\n", to: "d/b.hpp")
        let workflow = sanitize(folder.path + "/d", to: "clean", keeping: PlanDocuments.keptSize)
        let outcome = try workflow.apply(try workflow.prepare())
        #expect(outcome.lateValues == 0)
        let isFound = outcome.preparation.report.result.values.contains { $0.bytes == Array("Vladimir".utf8) }
        #expect(isFound)
        let text = String(decoding: try folder.read("clean/b.hpp"), as: UTF8.self)
        #expect(!text.contains("Vladimir"))
    }
}
