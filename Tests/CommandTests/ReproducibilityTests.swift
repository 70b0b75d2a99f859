import Foundation
import TestKit
import Testing

/// The same deployment gives the same bytes, signature included, wherever and whenever it is packed.
@Suite struct ReproducibilityTests {
    /// A key pair that the builds of one test share.
    private let key: TemporaryFolder

    init() throws {
        key = try TemporaryFolder()
        let run = try Tool(folder: key.path)("keygen", "--output", "own", "--no-password")
        try #require(run.status == 0, "\(run.said)")
    }

    private func build(in place: String, variation: String) throws -> (archive: [UInt8], signature: [UInt8]) {
        let folder = try TemporaryFolder()
        let work = folder.path + "/" + place
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        let tool = Tool(
            folder: work,
            environment: ["SOURCE_DATE_EPOCH": "1767225600", "KEY": key.path + "/own.key"]
        )
        let run = try tool.shell(
            """
            set -e; \(variation)
            cp -r '\(Repository.fixture)' source
            scrubjay collect source --output collected
            scrubjay sanitize collected --output clean
            scrubjay bundle clean --output jitsi-1.0.tar.gz --key "$KEY"
            """
        )
        try #require(run.status == 0, "\(run.said)")
        return (try folder.read(place + "/jitsi-1.0.tar.gz"), try folder.read(place + "/jitsi-1.0.tar.gz.minisig"))
    }

    @Test func theSameBytesEverywhere() throws {
        let first = try build(in: "a", variation: "umask 022; export TZ=UTC LC_ALL=C")
        let others = [
            ("another place/with spaces", "umask 077; export TZ=Pacific/Auckland LC_ALL=C.UTF-8"),
            ("b", "umask 002; export TZ=America/St_Johns; unset LC_ALL; sleep 1.1"),
        ]
        for (place, variation) in others {
            let other = try build(in: place, variation: variation)
            #expect(other.archive == first.archive)
            #expect(other.signature == first.signature)
        }
    }

    @Test func stockMinisignAgrees() throws {
        let built = try build(in: "a", variation: "umask 022")
        let folder = try TemporaryFolder()
        try folder.write(built.archive, to: "jitsi-1.0.tar.gz")
        try folder.write(built.signature, to: "jitsi-1.0.tar.gz.minisig")
        let tool = Tool(folder: folder.path, environment: ["KEYS": key.path])
        let run = try tool.shell("minisign -V -p \"$KEYS/own.pub\" -m jitsi-1.0.tar.gz")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let comment = try tool.shell("sed -n 's/^trusted comment: //p' jitsi-1.0.tar.gz.minisig | tr -d '\\n'").text
        let again = try tool.run(
            "/usr/bin/minisign",
            ["-S", "-s", key.path + "/own.key", "-m", "jitsi-1.0.tar.gz", "-x", "again.minisig", "-t", comment],
            input: []
        )
        #expect(again.status == 0, "\(again.said)")
        #expect(try folder.read("again.minisig") == built.signature)
    }
}
