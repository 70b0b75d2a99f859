import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Shapes of real deployments, with invented values, at which a run ended without an output.
@Suite struct ShapesOfDeploymentsTests {
    private func sanitized(_ files: [String: String]) throws -> (texts: [String: String], parameters: String) {
        let folder = try TemporaryFolder()
        for (path, text) in files { try folder.write(text, to: "d/" + path) }
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        _ = try workflow.apply(workflow.prepare())
        var texts: [String: String] = [:]
        for path in files.keys { texts[path] = String(decoding: try folder.read("clean/" + path), as: UTF8.self) }
        return (texts, String(decoding: try folder.read("clean/" + ParameterFile.name), as: UTF8.self))
    }

    /// `user:password@host` is no address of mail.
    @Test(arguments: [
        "register=>wren:k1tti7@sip.auk-telco.org/wren", ";register => 4930123:Gannetry12@sip.auk-telco.org",
    ])
    func aRegistrationOfAsterisk(line: String) throws {
        let text = try #require(try sanitized(["etc/asterisk/sip.conf": "[general]\n\(line)\n"]).texts.values.first)
        #expect(text.contains(":REPLACE-") && text.contains("@sip.example.org"), "\(text)")
    }

    @Test func aRegistrationWithPlaceholders() throws {
        let line = "register => VOIP_USER:VOIP_PASSWORD@voip.auk-telco.org/VOIP_USER"
        let text = try #require(try sanitized(["etc/asterisk/sip.conf": "[general]\n\(line)\n"]).texts.values.first)
        #expect(text.contains("VOIP_USER:VOIP_PASSWORD@voip.example.org"), "\(text)")
    }

    /// A PIN that is the position of something in `parameters.json`, too.
    @Test func aSecretThatIsAPosition() throws {
        let prefix = "PADDING=" + String(repeating: "x", count: 1200) + "\n"
        for name in ["voicemail_password", "password"] {
            let position = prefix.utf8.count + name.utf8.count + 1
            let files = ["a.env": "\(prefix)\(name)=\(position)\n"]
            let (texts, parameters) = try sanitized(files)
            #expect(texts["a.env"]?.contains("=\(position)") == false, "\(texts)")
            #expect(parameters.contains("\"start\": \(position)"), "\(parameters)")
        }
    }
}
