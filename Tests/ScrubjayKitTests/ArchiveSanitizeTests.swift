import Archive
import Collecting
import Detecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Archives are sanitized inside and packed again, or left out.
@Suite struct ArchiveSanitizeTests {
    private static let password = "osprey%Nest-71"
    private static let text = "DB_PASSWORD=\(password)\nPUBLIC_URL=https://meet.osprey-nest.test\n"

    private let folder: TemporaryFolder
    private let scan: Scan
    private let identity = AgeIdentity.generate()

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
        try folder.write(Self.text, to: "etc/osprey-nest.test/app.env")
        try folder.write("nothing in here\n", to: "etc/plain.txt")
    }

    private func path(_ name: String) -> FilePath { FilePath(folder.path + "/" + name) }

    private var map: SealedMapFile { SealedMapFile(path: path("d.map"), identities: [identity]) }

    @discardableResult
    private func sanitize(
        _ source: String = "d",
        to output: String = "clean",
        policy: String? = nil
    ) throws -> Sanitize.Outcome {
        if let policy { try folder.write(policy, to: "\(source)/\(PolicyFile.name)") }
        let workflow = Sanitize(
            source: path(source),
            output: path(output),
            replacesOutput: true,
            map: source == "d" ? map : nil,
            scan: policy == nil
                ? scan : try Scan(fingerprintKey: FingerprintKey(), policy: PolicyFile(of: path(source)))
        )
        return try workflow.apply(workflow.prepare())
    }

    private func contents(of name: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try TemporaryFolder.files(in: folder.path + "/" + name) {
            files[path] = try folder.read("\(name)/\(path)")
        }
        return files
    }

    /// The files in an archive, and in archives in it.
    private func members(of bytes: [UInt8]) -> [String: String] {
        var members: [String: String] = [:]
        _ = ForeignArchive.read(bytes) { file in
            let name = file.name ?? ""
            members[name] = String(decoding: file.bytes, as: UTF8.self)
            for (path, text) in self.members(of: file.bytes) { members[name + "!/" + path] = text }
        }
        return members
    }

    private static let sanitizedText = "DB_PASSWORD=REPLACE-db-password\nPUBLIC_URL=https://meet.example.org\n"

    @Test(arguments: [
        ("tar -cf d/a.tar etc", "a.tar"), ("tar -czf d/a.tgz etc", "a.tgz"), ("tar -cjf d/a.tar.bz2 etc", "a.tar.bz2"),
        ("tar -cJf d/a.tar.xz etc", "a.tar.xz"), ("cd etc && tar -cf ../d/inside.tar .", "inside.tar"),
    ])
    func isSanitizedInside(command: String, name: String) throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/d", withIntermediateDirectories: true)
        try folder.shell(command)
        let outcome = try sanitize()
        let archive = try folder.read("clean/" + name)
        let prefix = name == "inside.tar" ? "" : "etc/"
        #expect(
            members(of: archive) == [
                prefix + "example.org/app.env": Self.sanitizedText, prefix + "plain.txt": "nothing in here\n",
            ]
        )
        #expect(outcome.parameters.omissions.isEmpty)
        // Whoever unpacks it with a program of the system finds the same, of nobody and without a time.
        let listing = try folder.shell("TZ=UTC tar -tvf 'clean/\(name)' --numeric-owner")
        #expect(listing.contains("0/0") && listing.contains("1970-01-01"))
        let restore = Restore(tree: path("clean"), map: map, output: path("back"))
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back") == contents(of: "d"))
        try sanitize("clean", to: "again")
        #expect(try contents(of: "again") == contents(of: "clean"))
    }

    @Test func aCompressedFileIsSanitizedInside() throws {
        try folder.write(Self.text, to: "d/osprey-nest.test.env")
        for program in ["gzip -k", "bzip2 -k", "xz -k"] { try folder.shell("\(program) d/osprey-nest.test.env") }
        try folder.write(HandmadeArchive.zstandard(Array(Self.text.utf8)), to: "d/osprey-nest.test.env.zst")
        try sanitize()
        let files = try contents(of: "clean")
        for ending in ["gz", "bz2", "xz", "zst"] {
            let bytes = try #require(files["example.org.env." + ending], "\(ending)")
            #expect(members(of: bytes) == ["": Self.sanitizedText], "\(ending)")
        }
        let restore = Restore(tree: path("clean"), map: map, output: path("back"))
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back") == contents(of: "d"))
        try sanitize("clean", to: "again")
        #expect(try contents(of: "again") == files)
    }

    @Test func aZipIsSanitizedInside() throws {
        let zip = HandmadeArchive.zip([
            ("z.txt", Array("last\n".utf8)), ("etc/app.env", Array(Self.text.utf8)),
            ("größe.txt", Array("groß\n".utf8)),
        ])
        try folder.write(zip, to: "d/a.zip")
        try sanitize()
        let clean = try folder.read("clean/a.zip")
        #expect(
            members(of: clean) == ["etc/app.env": Self.sanitizedText, "größe.txt": "groß\n", "z.txt": "last\n"]
        )
        let script =
            "import zipfile; print(zipfile.ZipFile('clean/a.zip').testzip(), zipfile.ZipFile('clean/a.zip').namelist())"
        #expect(try folder.shell("python3 -c \"\(script)\"") == "None ['etc/app.env', 'größe.txt', 'z.txt']\n")
        try sanitize("clean", to: "again")
        #expect(try folder.read("again/a.zip") == clean)
        let restore = Restore(tree: path("clean"), map: map, output: path("back"))
        _ = try restore.apply(restore.prepare())
        #expect(try folder.read("back/a.zip") == zip)
    }

    @Test func whatIsNestedIsSanitizedInside() throws {
        try folder.shell("mkdir d && tar -czf b.tgz etc && gzip -k etc/osprey-nest.test/app.env")
        try folder.shell("mv etc/osprey-nest.test/app.env.gz . && tar -cJf d/a.tar.xz b.tgz app.env.gz")
        try sanitize()
        let inside = members(of: try folder.read("clean/a.tar.xz"))
        #expect(inside["b.tgz!/etc/example.org/app.env"] == Self.sanitizedText)
        #expect(inside["app.env.gz!/"] == Self.sanitizedText)
        let restore = Restore(tree: path("clean"), map: map, output: path("back"))
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back") == contents(of: "d"))
    }

    /// A value in an archive is the same value outside of it.
    @Test func oneValueHasOneStandInInsideAndOutside() throws {
        try folder.shell("mkdir d && tar -czf d/a.tgz etc")
        try folder.write("log in with \(Self.password), please\n", to: "d/notes.txt")
        try sanitize()
        #expect(
            String(decoding: try folder.read("clean/notes.txt"), as: UTF8.self)
                == "log in with REPLACE-db-password, please\n"
        )
        let parameters = try ParameterFile(parsing: try folder.read("clean/" + ParameterFile.name))
        // Hydrating fills in archives, so that places in them are listed.
        #expect(parameters.parameters.map(\.name) == ["db_password", "public_domain"])
        #expect(parameters.parameters.first?.places.map(\.path) == ["a.tgz!/etc/example.org/app.env", "notes.txt"])
    }

    @Test func linksBecomeCopiesAndKeysAreLeftOut() throws {
        try folder.write(
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHRlc3Q=\n-----END PRIVATE KEY-----\n",
            to: "etc/a.key"
        )
        try folder.write("old\n", to: "etc/app.env.bak")
        try folder.shell(
            "mkdir d && cd etc && ln -s plain.txt soft && ln plain.txt hard && ln -s /etc/hostname out && tar -czf ../d/a.tgz ."
        )
        let outcome = try sanitize()
        let names = members(of: try folder.read("clean/a.tgz"))
        #expect(names.keys.sorted() == ["example.org/app.env", "hard", "plain.txt", "soft"])
        #expect(names["soft"] == "nothing in here\n" && names["hard"] == "nothing in here\n")
        #expect(outcome.parameters.omissions.map(\.path) == ["a.tgz!/a.key", "a.tgz!/app.env.bak"])
    }

    @Test func whatCannotBePackedAgainIsLeftOut() throws {
        try folder.shell(
            "mkdir d && cd etc && tar -cf ../1.tar . && cd .. && for n in 1 2 3; do tar -cf $((n+1)).tar $n.tar; done"
        )
        try folder.shell(
            "mv 4.tar d/deep.tar && mkfifo etc/pipe && tar -cf d/pipe.tar etc && rm etc/pipe && tar -cPf d/away.tar /etc/passwd etc"
        )
        try folder.write(HandmadeArchive.zip([("etc/app.env", Array(Self.text.utf8))], flags: 1), to: "d/locked.zip")
        try folder.write(HandmadeArchive.zip([("[Content_Types].xml", []), ("a.xml", [])]), to: "d/letter.docx")
        try folder.write(HandmadeArchive.zip([("A.txt", []), ("a.txt", [])]), to: "d/twice.zip")
        try folder.write(HandmadeArchive.zip([("a.key.bak", [1])]), to: "d/empty.zip")
        try folder.write(HandmadeArchive.zip([("a.txt", [])]), to: "d/program.jar")
        try folder.shell("tar -czf cut.tgz etc && head -c 200 cut.tgz > d/cut.tgz")
        try folder.write("stays\n", to: "d/plain.txt")
        let outcome = try sanitize()
        #expect(try contents(of: "clean").keys.sorted() == [ParameterFile.name, "plain.txt"])
        let reasons = Dictionary(uniqueKeysWithValues: outcome.parameters.omissions.map { ($0.path, $0.reason) })
        #expect(reasons.count == 9)
        #expect(reasons["letter.docx"] == "an archive that is an office document")
        #expect(reasons["empty.zip"] == "an archive of which nothing would be left")
        #expect(reasons["locked.zip"]?.contains("encrypted") == true)
        #expect(reasons["twice.zip"]?.contains("cannot be packed again") == true)
        #expect(reasons["program.jar"]?.contains("programs") == true)
        let restore = Restore(tree: path("clean"), map: map, output: path("back"))
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back") == contents(of: "d"))
    }

    @Test func aPolicyLeavesOutAndKeeps() throws {
        try folder.shell("mkdir d && tar -czf d/a.tgz etc && cp d/a.tgz d/b.tgz")
        let policy = "actions: [{do: omit, paths: [b.tgz, plain.txt]}]\nkeep: {domains: [osprey-nest.test]}\n"
        try sanitize(policy: policy)
        #expect(try contents(of: "clean").keys.sorted() == ["a.tgz", ParameterFile.name])
        let inside = members(of: try folder.read("clean/a.tgz"))
        #expect(inside.keys.sorted() == ["etc/osprey-nest.test/app.env"])
        #expect(inside.values.first == "DB_PASSWORD=REPLACE-db-password\nPUBLIC_URL=https://meet.osprey-nest.test\n")
    }

    /// The proof does not believe the packer, however deep a value is.
    @Test func aPlaceInAnArchiveThatIsForgottenIsCaught() throws {
        try folder.shell("mkdir d && tar -czf b.tgz etc && tar -cJf d/a.tar.xz b.tgz")
        let workflow = Sanitize(source: path("d"), output: path("clean"), scan: scan)
        var preparation = try workflow.prepare()
        let index = try #require(preparation.plan.files.firstIndex { !$0.edits.isEmpty })
        #expect(preparation.plan.files[index].source == "a.tar.xz!/b.tgz!/etc/osprey-nest.test/app.env")
        for edit in preparation.plan.files[index].edits.indices {
            var faulty = preparation
            faulty.plan.files[index].edits.remove(at: edit)
            faulty.plan.files[index].parameterOfEdit.remove(at: edit)
            let error = #expect(throws: SanitizingError(.residue, "")) { try workflow.apply(faulty) }
            #expect(error?.place == "a.tar.xz" && error?.message.contains("inside the archive") == true)
        }
        preparation.plan.files[index].path = preparation.plan.files[index].source
        #expect(throws: SanitizingError(.residue, "")) { try workflow.apply(preparation) }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
    }
}
