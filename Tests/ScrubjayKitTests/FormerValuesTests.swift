import Collecting
import Detecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What the map of the last run holds is searched for in the next one, and a setting keeps its stand-in.
@Suite struct FormerValuesTests {
    private let folder: TemporaryFolder
    private let scan: Scan
    private let identity = AgeIdentity.generate()

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
    }

    private var map: SealedMapFile {
        SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [identity])
    }

    /// Sanitizes the files with the map of the last run, and gives what they become.
    private func sanitized(
        _ files: [String: String],
        scan: Scan? = nil
    ) throws -> (files: [String: String], outcome: Sanitize.Outcome) {
        try? FileManager.default.removeItem(atPath: folder.path + "/d")
        for (path, text) in files { try folder.write(text, to: "d/" + path) }
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            replacesOutput: true,
            map: map,
            scan: scan ?? self.scan
        )
        let outcome = try workflow.apply(workflow.prepare(), time: 7)
        var texts: [String: String] = [:]
        for path in try TemporaryFolder.files(in: folder.path + "/clean") where path != ParameterFile.name {
            let bytes = try Deployment.contents(ofFile: FilePath(folder.path + "/clean/" + path), atMost: .max)
            texts[path] = String(decoding: bytes, as: UTF8.self)
        }
        return (texts, outcome)
    }

    private static let note = "What the recorder logs in with: "

    @Test func aFormerPasswordIsReplacedWhereItStillStands() throws {
        let (old, new) = ("Vogelbeere-Rec_77", "Holunder-Rec_91")
        let first = try sanitized([".env": "JIBRI_RECORDER_PASSWORD=\(old)\n", "notes.txt": Self.note + old + "\n"])
        let next = try sanitized([".env": "JIBRI_RECORDER_PASSWORD=\(new)\n", "notes.txt": Self.note + old + "\n"])
        #expect(next.files[".env"] == first.files[".env"])
        #expect(next.files["notes.txt"] == Self.note + "REPLACE-former-jibri-recorder-password\n")
        #expect(next.outcome.proof.values >= 2)
        let names = next.outcome.parameters.parameters.map(\.name)
        #expect(names == ["former_jibri_recorder_password", "jibri_recorder_password"])
        #expect(try restored()["notes.txt"] == Self.note + old + "\n")
        #expect(try restored()[".env"] == "JIBRI_RECORDER_PASSWORD=\(new)\n")
    }

    private func restored() throws -> [String: String] {
        let output = folder.path + "/restored"
        try? FileManager.default.removeItem(atPath: output)
        let restore = Restore(tree: FilePath(folder.path + "/clean"), map: map, output: FilePath(output))
        _ = try restore.apply(restore.prepare())
        var texts: [String: String] = [:]
        for path in try TemporaryFolder.files(in: output) {
            let bytes = try Deployment.contents(ofFile: FilePath(output + "/" + path), atMost: .max)
            texts[path] = String(decoding: bytes, as: UTF8.self)
        }
        return texts
    }

    @Test func aFormerHostIsReplacedWhereItStillStands() throws {
        let note = "See wachtelkoenig-7.wiesenweihe.test for the old one.\n"
        _ = try sanitized([
            ".env": "PUBLIC_URL=https://wachtelkoenig-7.wiesenweihe.test\n", "notes.txt": "Nothing yet.\n",
        ])
        let next = try sanitized([".env": "PUBLIC_URL=https://meet.kornweihe.test\n", "notes.txt": note])
        #expect(next.files["notes.txt"]?.contains("wiesenweihe") == false)
        #expect(next.files["notes.txt"]?.contains("kornweihe") == false)
    }

    /// However often a password changes, what is published of it stays.
    @Test func aRotationChangesNothingInTheTree() throws {
        func files(_ number: Int) -> [String: String] {
            let (xmpp, turn) = ("Mehlbeere-\(number)_Jicofo-\(number * 7)", "Elsbeere-\(number)_Turn$\(number * 3)")
            return [
                ".env": "JICOFO_AUTH_PASSWORD=\(xmpp)\nTURN_CREDENTIALS=\(turn)\n",
                "jicofo/jicofo.conf": "xmpp { client { password = \"\(xmpp)\" } }\n",
                "docker-compose.yml": """
                services:
                  web:
                    environment:
                      TURN_CREDENTIALS: \(turn.replacing("$", with: "$$"))

                """,
            ]
        }
        let first = try sanitized(files(1))
        for number in [2, 3, 4, 2] {
            let next = try sanitized(files(number))
            #expect(next.files == first.files)
            #expect(next.outcome.parameters == first.outcome.parameters)
        }
    }

    /// One of two values that were one: the setting that names it keeps the name.
    @Test func theSettingThatNamesAValueKeepsTheName() throws {
        let (old, new) = ("Vogelbeere-Rec_77", "Holunder-Rec_91")
        func text(_ jvb: String, _ jicofo: String) -> String {
            "JVB_AUTH_PASSWORD=\(jvb)\nJICOFO_AUTH_PASSWORD=\(jicofo)\n"
        }
        _ = try sanitized([".env": text(old, old)])
        let changed = try sanitized([".env": text(new, old)])
        #expect(
            changed.files[".env"] == text("REPLACE-jvb-auth-password", "REPLACE-former-jvb-auth-password")
        )
        let values = try #require(try map.read()).values
        #expect(Set(values.map(\.standIn)).count == values.count)
    }

    /// Two settings that exchange their values, and a value that moves: the stand-in goes with the value.
    @Test func aKnownValueKeepsItsStandIn() throws {
        let (one, two) = ("Vogelbeere-Rec_77", "Holunder-Rec_91")
        func text(_ jvb: String, _ jicofo: String) -> String {
            "JVB_AUTH_PASSWORD=\(jvb)\nJICOFO_AUTH_PASSWORD=\(jicofo)\n"
        }
        _ = try sanitized([".env": text(one, two)])
        let exchanged = try sanitized([".env": text(two, one)])
        #expect(exchanged.files[".env"] == text("REPLACE-jicofo-auth-password", "REPLACE-jvb-auth-password"))
    }

    /// A word that its owner no longer names, and a value that its owner keeps, stay.
    @Test func whatItsOwnerDecidedIsNotOverruled() throws {
        let note = "The room is called zilpzalp.\n"
        let text = "sensitive:\n  - {word: zilpzalp, kind: hostName}\n"
        let policy = try PolicyFile(reading: Array(text.utf8), path: PolicyFile.name)
        let naming = try Scan(fingerprintKey: FingerprintKey(), policy: policy)
        let first = try sanitized(["notes.txt": note, ".scrubjay.yml": text], scan: naming)
        #expect(first.files["notes.txt"]?.contains("zilpzalp") == false)
        let next = try sanitized(["notes.txt": note])
        #expect(next.files["notes.txt"] == note)
    }
}
