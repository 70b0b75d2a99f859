import Archive
import Bundling
import Collecting
import Detecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// The same file has the same findings, in whatever way it is read.
@Suite struct EveryWayOfReadingTests {
    /// A way to read files.
    enum Way: String, CaseIterable, Sendable {
        case folder, file, input, staged, history, bundle, verify
    }

    /// A file with findings, and where they are.
    struct Sample: Sendable, CustomTestStringConvertible {
        /// The name of the file.
        var name: String
        /// The path of the text, behind the name of the file.
        var inside = ""
        /// Makes the file from `etc/app.env` and `etc/more.txt`.
        var command: String
        /// The size of the other file in bytes.
        var more = 0

        var testDescription: String { name + inside }
    }

    private static let samples = [
        Sample(name: ".env", command: "cp etc/app.env .env"),
        Sample(name: "a.tar", inside: "!/etc/app.env", command: "tar -cf a.tar etc"),
        Sample(name: "a.tgz", inside: "!/etc/app.env", command: "tar -czf a.tgz etc"),
        Sample(name: "app.env.gz", inside: "!/app.env", command: "cd etc && gzip app.env && mv app.env.gz .."),
        Sample(
            name: "b.tar",
            inside: "!/a.tgz!/etc/app.env",
            command: "tar -czf a.tgz etc && tar -cf b.tar a.tgz && rm a.tgz"
        ),
        // Beyond the parts in which large texts are read.
        Sample(
            name: "large.tar",
            inside: "!/etc/app.env",
            command: "tar --sort=name -cf large.tar etc",
            more: 9 << 19
        ),
    ]

    private static let ways = Way.allCases.flatMap { way in samples.map { (way, $0) } }
    private static let text = "# the room\nDB_PASSWORD=osprey%Nest-71\nand osprey%Nest-71 again\n"

    private let scan: Scan
    private let git: GitFolder
    private var folder: TemporaryFolder { git.folder }

    init() throws {
        scan = try Scan(fingerprintKey: FingerprintKey())
        git = try GitFolder()
    }

    @Test(arguments: ways) func findsTheSame(way: Way, sample: Sample) throws {
        try folder.write(Self.text, to: "etc/app.env")
        if sample.more > 0 {
            let lines = repeatElement("a river, a stone and a cloud\n", count: sample.more / 29)
            try folder.write(lines.joined(), to: "etc/more.txt")
        }
        try folder.shell("(\(sample.command)) && rm -r etc")
        let found = try places(in: sample.name, way)
        let all = ["2:13", "3:5"].map { "\(sample.name)\(sample.inside):\($0)" }
        // What is packed is refused at the first place.
        #expect(found == (way == .bundle ? [all[0].replacingOccurrences(of: ":13", with: "")] : all))
    }

    /// The places of passwords in a file, each with line and column, in order.
    private func places(in name: String, _ way: Way) throws -> [String] {
        switch way {
        case .folder: try places(.path(FilePath(folder.path)))
        case .file: try places(.path(FilePath(folder.path + "/" + name)))
        case .input: try places(.bytes(folder.read(name), name: name))
        case .staged: try places(.staged(staged()))
        case .history: try places(.history(committed(), since: nil))
        case .bundle: try refusal()
        case .verify: try verified()
        }
    }

    private func places(_ target: Scan.Target) throws -> [String] {
        var files: [ScannedFile] = []
        _ = try scan.run(target) { files.append($0) }
        return Self.places(in: files)
    }

    private static func places(in files: [ScannedFile]) -> [String] {
        files.flatMap(\.items).map(\.finding).filter { $0.kind == .password }
            .map { "\($0.path):\($0.line):\($0.column)" }
    }

    private func repository() throws -> GitRepository {
        try GitRepository(containing: FilePath(git.path), environment: GitFolder.environment)
    }

    private func staged() throws -> GitRepository {
        try git.git("add", "--all")
        return try repository()
    }

    private func committed() throws -> GitRepository {
        try git.commit()
        return try repository()
    }

    private func refusal() throws -> [String] {
        let members = try TemporaryFolder()
        try folder.shell("rm -rf .git && cp -a . \(members.path)/tree")
        try members.write(ParameterFile(parameters: [], omissions: []).serialized(), to: "tree/parameters.json")
        let bundle = BundlePacking(
            tree: FilePath(members.path + "/tree"),
            output: FilePath(members.path + "/demo.tar"),
            name: "demo",
            version: "1",
            released: 0,
            replacesOutput: false,
            scan: scan
        )
        let packed = try bundle.prepare()
        let error = #expect(throws: KitError.self) { try bundle.checkCleanliness(of: packed) }
        return (error?.message).flatMap { $0.components(separatedBy: ": ").first }.map { [$0] } ?? []
    }

    private func verified() throws -> [String] {
        let members = try folder.files().filter { !$0.hasPrefix(".git/") }.map {
            Member(path: $0, bytes: try folder.read($0))
        }
        let list = Member(path: ParameterFile.name, bytes: ParameterFile(parameters: [], omissions: []).serialized())
        let packed = try BundleWriter(bundleName: "demo", version: "1", released: 0).pack(members + [list])
        let bundle = try folder.write(packed.tar(), to: "demo.tar")
        let report = try Verify(file: FilePath(bundle), acceptance: nil, scan: scan).run()
        #expect(report.verdict == .notClean)
        return Self.places(in: report.files)
    }
}
