import Detecting
import Documents
import Testing

@testable import Sanitizing

/// Which values a downloader must give, and what they are called.
@Suite struct ParameterNeedTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private func parameters(_ files: [String: String]) throws -> [String: Parameter] {
        let documents = files.sorted { $0.key < $1.key }.map { Document(path: $0.key, bytes: Array($0.value.utf8)) }
        let plan = try Sanitizer { _, _ in nil }.plan(documents: documents, scan: Self.scanner.scan(documents))
        return Dictionary(uniqueKeysWithValues: plan.parameters.map { ($0.name, $0) })
    }

    @Test func whatStandsInProseMayStay() throws {
        let found = try parameters([
            "notes.txt": "WLAN password: Lindenbluete-47x\nroot pw: hT4-vbn-92Lq\n",
            ".env": "# SMTP_PASSWORD=Vogelbeere-Rec_77\nIMAP_PASSWORD=Holunder-Rec_91\n",
        ])
        #expect(found["wlan_password"]?.isRequired == false, "\(found.keys.sorted())")
        #expect(found["root_pw"]?.isRequired == false, "\(found.keys.sorted())")
        #expect(found["smtp_password"]?.isRequired == false, "\(found.keys.sorted())")
        #expect(found["imap_password"]?.isRequired == true, "\(found.keys.sorted())")
    }

    @Test func anAddressThatIsListenedAtIsWanted() throws {
        let found = try parameters([
            "nginx.conf": "server {\n    listen 240.11.12.13:443 ssl;\n    allow 241.1.2.3;\n}\n",
            "dm.yaml": """
            resources:
            - name: front
              properties:
                networkInterfaces:
                - networkIP: 10.77.12.5
                  accessConfigs:
                  - natIP: 242.7.8.9

            """,
            "notes.txt": "The office is at 243.5.6.7.\n",
        ])
        let required = found.values.filter(\.isRequired).count
        #expect(required == 3, "\(found.values.map { ($0.name, $0.isRequired) })")
    }

    @Test func aBucketIsWanted() throws {
        let found = try parameters(["start.sh": "gsutil cp gs://auk-cellar-4711/env /srv/meet/.env\n"])
        #expect(found.values.contains { $0.kind == .resourceID && $0.isRequired }, "\(found.keys)")
    }

    @Test func aSecretIsNamedAfterWhatItBelongsTo() throws {
        let found = try parameters([
            "backup.sh":
                "mysqldump -u root -pElsbeere-91x jitsi > dump.sql\nsshpass -p Mehlbeere-38z ssh bo@240.1.2.3\n",
            "config.yaml": "smtp:\n  password: Sanddorn-12q\nldap:\n  password: Schlehe-77w\n",
        ])
        for name in ["mysql_password", "sshpass_password", "smtp_password", "ldap_password"] {
            #expect(found[name] != nil, "\(name): \(found.keys.sorted())")
        }
    }
}
