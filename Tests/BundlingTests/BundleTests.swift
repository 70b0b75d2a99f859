import Archive
import Bundling
import Documents
import Foundation
import Sodium
import TestKit
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

extension JSONValue {
    /// The names of an object's members, in their order.
    fileprivate var names: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.name)
    }

    /// The strings of an array.
    fileprivate var strings: [String] {
        guard case .array(let elements) = self else { return [] }
        return elements.compactMap {
            guard case .string(let string) = $0 else { return nil }
            return string
        }
    }

    /// A member of an object.
    fileprivate subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

@Suite struct BundleWriterTests {
    @Test func theSameFilesGiveTheSameBundle() throws {
        let expected = try Sample.packed()
        // Pinned, so that a library that writes something else is noticed.
        #expect(
            try expected.identity().description
                == "blake2b-256:9810c6d5591c8a0daf7b165745ec5b47111c146e1a7546e406d7a64c1f664b8a"
        )
        var generator = SeededGenerator(seed: 1)
        let key = try FixedKey.secretKey()
        let signed = try expected.signed(as: "demo-1.0.tar.gz", by: key)
        for _ in 0..<10 {
            let bundle = try Sample.packed(Sample.members.shuffled(using: &generator))
            #expect(try bundle.tar() == expected.tar())
            let again = try bundle.signed(as: "demo-1.0.tar.gz", by: key)
            #expect(again.bytes == signed.bytes)
            #expect(again.signature == signed.signature)
            #expect(again.checksums() == signed.checksums())
        }
    }

    @Test func theManifestIsAsSpecified() throws {
        let bundle = try Sample.packed()
        let expected = """
            {
              "schema": 1,
              "name": "demo",
              "version": "1.0",
              "released": 1700000000,
              "files": [
                {
                  "path": "bin/start",
                  "mode": "0755",
                  "size": 10,
                  "sha256": "a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf"
                },
                {
                  "path": "compose.yml",
                  "mode": "0644",
                  "size": 13,
                  "sha256": "fa6ccea1ca4e3a031d9e99f25cc05db803aa9bac642c000ddab14f6d9da54b52"
                },
                {
                  "path": "empty",
                  "mode": "0644",
                  "size": 0,
                  "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                }
              ]
            }

            """
        #expect(String(decoding: bundle.manifest.serialized(), as: UTF8.self) == expected)
        let archive = try CanonicalArchive(parsing: bundle.tar(), leading: Manifest.name)
        #expect(archive.members.map(\.path) == ["scrubjay.json", "bin/start", "compose.yml", "empty"])
        #expect(archive.members[0].bytes == text(expected))
        #expect(archive.modified == Sample.released)
        #expect(try Manifest(parsing: text(expected)) == bundle.manifest)
    }

    @Test func theTrustedCommentNamesTheArchive() throws {
        let bundle = try Sample.packed()
        let signed = try bundle.signed(as: "demo-1.0.tar.gz", by: FixedKey.secretKey())
        #expect(
            signed.signature.trustedComment.bytes
                == text("timestamp:1700000000\tfile:demo-1.0.tar.gz\thashed\ttar:\(signed.archive.identity)")
        )
        #expect(signed.signatureFileName == "demo-1.0.tar.gz.minisig")
    }

    @Test(.enabled(if: ScratchFolder.has("sha256sum"), "there is no sha256sum to compare with"))
    func theChecksumsAreRight() throws {
        let folder = try ScratchFolder()
        let signed = try Sample.packed().signed(as: "demo-1.0.tar.gz", by: FixedKey.secretKey())
        try folder.write(signed.bytes, to: signed.fileName)
        try folder.write(signed.signature.serialized(), to: signed.signatureFileName)
        try folder.write(signed.checksums(), to: SignedBundle.checksumsFileName)
        let check = ["sha256sum", "--strict", "-c", SignedBundle.checksumsFileName]
        let result = try folder.run(check)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("demo-1.0.tar.gz.minisig: OK"))
        try folder.write(signed.bytes + [0], to: signed.fileName)
        #expect(try folder.run(check).status == 1)
    }

    @Test(.enabled(if: ScratchFolder.has("tar"), "there is no tar to compare with"))
    func tarUnpacksIt() throws {
        let folder = try ScratchFolder()
        let signed = try Sample.packed().signed(as: "demo-1.0.tar.gz", by: FixedKey.secretKey())
        try folder.write(signed.bytes, to: signed.fileName)
        let result = try folder.run(["tar", "-xzf", signed.fileName])
        #expect(result.status == 0)
        #expect(result.output.isEmpty, "tar has nothing to warn of")
        #expect(try folder.read("bin/start") == text("#!/bin/sh\n"))
        #expect(try folder.read(Manifest.name) == signed.bundle.manifest.serialized())
        #expect(try folder.run(["sh", "-c", "stat -c %a bin/start"]).output == "755\n")
    }

    @Test(
        .enabled(if: ScratchFolder.has("tar") && ScratchFolder.has("python3"), "there is nothing to compare with"),
        arguments: [["tar", "-xf", "a.tar"], ["python3", "-m", "tarfile", "-e", "a.tar", "."]]
    )
    func otherProgramsUnpackEveryName(command: [String]) throws {
        let folder = try ScratchFolder()
        let long = String(repeating: "abcdefghi/", count: 29)
        let members = ["plain", long + "name", "Zürich/日本", long + "é", String(repeating: "n", count: 200)].map {
            Member(path: $0, bytes: text($0))
        }
        try folder.write(try Sample.packed(members).tar(), to: "a.tar")
        let result = try folder.run(command)
        #expect(result.status == 0, "\(result.output)")
        for member in members { #expect(try folder.read(member.path) == member.bytes) }
    }

    @Test func whatCannotBeABundleIsRefused() throws {
        let member = Member(path: "a", bytes: [])
        let contents: [[Member]] = [
            [], [member, member], [Member(path: Manifest.name, bytes: [])], [Member(path: "Scrubjay.json", bytes: [])],
            [Member(path: "../a", bytes: [])], [Member(path: "scrubjay.json/a", bytes: [])],
        ]
        for members in contents {
            #expect(throws: BundleError(.invalidContents, "")) { try Sample.packed(members) }
        }
        let descriptions: [(name: String, version: String, released: Int64)] = [
            ("", "1", 0), ("Demo", "1", 0), ("-demo", "1", 0), ("de/mo", "1", 0), ("dé", "1", 0), ("demo", "", 0),
            ("demo", "1 0", 0), ("demo", "1\n", 0), ("demo", "1", -1), ("demo", "1", 1 << 33),
            (String(repeating: "x", count: 129), "1", 0),
        ]
        for (name, version, released) in descriptions {
            let writer = BundleWriter(bundleName: name, version: version, released: released)
            #expect(throws: BundleError(.invalidContents, "")) { try writer.pack([member]) }
        }
        let packed = try Sample.packed()
        for name in ["demo.tar.xz", "demo.zip", "a/demo.tar", "../demo.tar", "de\tmo.tar", "de\nmo.tar", ""] {
            #expect(throws: BundleError(.invalidContents, "")) { try packed.signed(as: name, by: FixedKey.secretKey()) }
        }
    }
}

@Suite struct ManifestTests {
    @Test func theSchemaNamesEveryMember() throws {
        let path = "\(Repository.root)/docs/formats/manifest.schema.json"
        let schema = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))))
        let manifest = try JSONValue(parsing: Sample.packed().manifest.serialized())
        #expect(manifest.names == schema["properties"]?.names.filter { $0 != "private" })
        #expect(manifest.names == schema["required"]?.strings)
        let file = schema["$defs"]?["file"]
        let files = try #require(manifest["files"]).array(of: "files")
        #expect(files.allSatisfy { $0.names == file?["properties"]?.names && $0.names == file?["required"]?.strings })
        #expect(schema["properties"]?["schema"]?["const"] == .integer(Manifest.schema))
    }

    @Test func onlyTheCanonicalFormIsRead() throws {
        let manifest = try Sample.packed().manifest
        let good = String(decoding: manifest.serialized(), as: UTF8.self)
        let bad = [
            "", "{}", "[]", "null", good + " ", good + good, String(good.dropLast()),
            good.replacing("\"schema\": 1", with: "\"schema\": 2"),
            good.replacing("\"schema\": 1,", with: "\"schema\": 1, \"more\": 1,"),
            good.replacing("\"version\": \"1.0\",\n", with: ""),
            good.replacing("\"demo\"", with: "\"Demo\""), good.replacing("\"1.0\"", with: "1.0"),
            good.replacing("1700000000", with: "17e8"), good.replacing("1700000000", with: "-1"),
            good.replacing("\"0755\"", with: "\"4755\""), good.replacing("\"size\": 10", with: "\"size\": \"10\""),
            good.replacing("\"size\": 10", with: "\"size\": 10, \"size\": 10"),
            good.replacing("e3b0c44298", with: "E3B0C44298"), good.replacing("e3b0c44298", with: "e3b0c4429"),
            good.replacing("  ", with: "\t"), good.replacing("\n", with: "\r\n"),
            good.replacing("bin/start", with: "bin\\/start"), good.replacing("bin/start", with: "b\\u0069n/start"),
        ]
        for text in bad {
            #expect(throws: BundleError(.malformedManifest, "")) { try Manifest(parsing: Array(text.utf8)) }
        }
        #expect(try Manifest(parsing: text(good)) == manifest)
    }
}
