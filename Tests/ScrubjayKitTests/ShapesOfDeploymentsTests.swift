import Foundation
import Sanitizing
import TestKit
import Testing

@testable import ScrubjayKit

/// Shapes of real deployments, with invented values, at which a run ended without an output.
@Suite struct ShapesOfDeploymentsTests {
    /// `user:password@host` is no address of mail.
    @Test(arguments: [
        "register=>wren:k1tti7@sip.auk-telco.org/wren", ";register => 4930123:Gannetry12@sip.auk-telco.org",
    ])
    func aRegistrationOfAsterisk(line: String) throws {
        let text = try #require(try Sanitize.texts(of: ["etc/asterisk/sip.conf": "[general]\n\(line)\n"]).values.first)
        #expect(text.contains(":REPLACE-") && text.contains("@sip.example.org"), "\(text)")
    }

    @Test func aRegistrationWithPlaceholders() throws {
        let line = "register => VOIP_USER:VOIP_PASSWORD@voip.auk-telco.org/VOIP_USER"
        let text = try #require(try Sanitize.texts(of: ["etc/asterisk/sip.conf": "[general]\n\(line)\n"]).values.first)
        #expect(text.contains("VOIP_USER:VOIP_PASSWORD@voip.example.org"), "\(text)")
    }

    /// A PIN that is the position of something in `parameters.json`, too.
    @Test func aSecretThatIsAPosition() throws {
        let prefix = "PADDING=" + String(repeating: "x", count: 1200) + "\n"
        for name in ["voicemail_password", "password"] {
            let position = prefix.utf8.count + name.utf8.count + 1
            let files = ["a.env": "\(prefix)\(name)=\(position)\n"]
            let (texts, parameters) = try Sanitize.textsAndParameters(of: files)
            #expect(texts["a.env"]?.contains("=\(position)") == false, "\(texts)")
            #expect(parameters.contains("\"start\": \(position)"), "\(parameters)")
        }
    }

    /// A machine with the name of a member of `parameters.json`, or of what stands there.
    @Test(arguments: ["standin", "encodings", "jsonstring"])
    func aHostIsCalledLikeAMember(name: String) throws {
        let files = ["authorized_keys": "ssh-ed25519 \(Self.publicKey) lmurre@\(name)\n", "a.txt": "on \(name)\n"]
        let texts = try Sanitize.texts(of: files)
        #expect(texts["authorized_keys"]?.hasSuffix("user1@host1\n") == true, "\(texts)")
        #expect(texts["a.txt"] == "on host1\n")
    }

    private static let publicKey =
        "AAAAC3NzaC1lZDI1NTE5AAAAI" + Data((0..<32).map { UInt8($0 * 7 + 11) }).base64EncodedString().dropLast(2)
        + "x"

    /// An address of mail whose stand-in comes to stand where somebody logs in.
    @Test func anAddressOfMailIsALoginElsewhere() throws {
        let address = "USER@USER.auk-store.org"
        let files = ["a.md": "Write to \(address) for a box.\n\n    borg init ssh://\(address):23/x\n"]
        let text = try #require(try Sanitize.texts(of: files).values.first)
        #expect(text == "Write to contact1@example.com for a box.\n\n    borg init ssh://contact1@example.com:23/x\n")
    }

    /// One domain in several letter cases is asked for once, and each place keeps its own.
    @Test func aDomainInCapitals() throws {
        let lines = [
            ("domain: auk-store.org", "domain: example.org"), ("realm: AUK-STORE.ORG", "realm: EXAMPLE.ORG"),
            ("base: dc=auk-store,dc=org", "base: dc=example,dc=org"),
            ("base: DC=auk-store,DC=org", "base: DC=example,DC=org"),
            ("base: DC=AUK-STORE,DC=ORG", "base: DC=EXAMPLE,DC=ORG"),
        ]
        let (texts, written) = try Sanitize.textsAndParameters(of: ["a.txt": lines.map { $0.0 + "\n" }.joined()])
        #expect(texts["a.txt"] == lines.map { $0.1 + "\n" }.joined())
        let parameters = try ParameterFile(parsing: Array(written.utf8)).parameters
        #expect(parameters.filter { $0.origin == nil }.map(\.standIn) == ["example.org"])
        #expect(parameters.count == lines.count)
    }

    /// A schema has an object where a setting has a name.
    @Test func anObjectIsNoName() throws {
        let text = #"{"m": "lmurre@auk-store.org", "NetworkSsid": {"type": "string"}, "ap_ssid": []}"# + "\n"
        let sanitized = try Sanitize.texts(of: ["shapes.json": text]).values.first
        #expect(sanitized == text.replacing("lmurre@auk-store.org", with: "contact1@example.com"))
    }

    /// What a program asks with is no password of all that it stands in.
    @Test func aPromptIsNoPassword() throws {
        let files = [
            "a.py": "  password = io.PromptPassword('Password: ')\n",
            "b.yml": "storedPassword: |-\n  x\nmail: lmurre@auk-store.org\n",
        ]
        #expect(try Sanitize.texts(of: files)["b.yml"]?.hasPrefix("storedPassword: |-\n") == true)
    }

    /// A password with blanks, as it is typed into a shell elsewhere.
    @Test func aPasswordWithBackslashesInANote() throws {
        let note = #"ssh there and type otter\ bay\ 9, or 'otter bay 9'"#
        let texts = try Sanitize.texts(of: [".env": "DB_PASSWORD='otter bay 9'\n", "notes.txt": note + "\n"])
        #expect(texts["notes.txt"] == "ssh there and type REPLACE-db-password, or 'REPLACE-db-password'\n")
    }

    /// What a compose file refuses to start without, beside a secret of the same name; a number with dashes is no
    /// number.
    @Test func aReferenceThatIsRequiredAndAMappingWithItsName() throws {
        let compose =
            "environment:\n  A_PASSWORD: ${A_PASSWORD:?A_PASSWORD must be set}\nsecrets: {a_password: {file: ./x.txt}}\n"
        let people = "team:\n  - {forename: x, phone: 0171-2345678}\n"
        let texts = try Sanitize.texts(of: ["compose.yml": compose, "team.yml": people])
        #expect(texts["compose.yml"] == compose)
        #expect(texts["team.yml"]?.contains("phone: +1-202-555-01") == true, "\(texts)")
    }

    /// What is written anew as one word of a shell is one, and hydrates to one.
    @Test func aPasswordOfSeveralParts() throws {
        let texts = try Sanitize.texts(of: ["a.sh": "PW='it'\\''s otter'; X=otter\\ bay mysql\nPASSWORD=otter\\&bay9\n"]
        )
        #expect(texts["a.sh"] == "PW=REPLACE-password; X=otter\\ bay mysql\nPASSWORD=REPLACE-password-2\n")
    }
}
