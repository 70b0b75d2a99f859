import Foundation
import Testing

@testable import ScrubjayKit

/// Shapes at which a file was changed for nothing.
@Suite struct HarmlessValueTests {
    @Test(arguments: [
        ("setup.sh", "adduser --system --disabled-password --disabled-login prosody\n"),
        ("setup.sh", "# - root password: (set it and write it down)\n"),
        ("sync.bat", "for %%G in (x) do imapsync --password1 %%H --password2 %%~nH\n"),
        ("backup.conf", "password = not-used\n"), ("app.env", "ADMIN_PASSWORD=unused\n"),
        ("config.sh", "JWT_APP_ID='JWT_APP_ID='\n"), ("postfix.md", "It is in tls-policy.cf and header-checks.cf.\n"),
        ("notes.md", "The storage is nas.local, the router is router.lan.\n"),
        ("notes.md", "[How](https://www.puffin-auk.org/2022/01/dry-bridges/) it is done.\n"),
        ("app.yml", "# https://puffin-auk.org/blog/why-every-bridge-is-wet\nx: 1\n"),
        ("access.tf", "resource \"x\" \"y\" {\n  name = \"Grafana Access\"\n}\n"),
    ])
    func stay(path: String, text: String) throws {
        #expect(try Sanitize.texts(of: [path: text]) == [path: text])
    }

    /// A login that is called as its database is the program's.
    @Test func aLoginNamesTheDatabaseOfTheSameCall() throws {
        let text = "<?php\n$db = new mysqli('db', 'murre', \"auk-nest-44\", 'murre', 3306);\n"
        let sanitized = try Sanitize.texts(of: ["db.php": text])
        #expect(sanitized["db.php"] == text.replacing("auk-nest-44", with: "REPLACE-password"))
    }

    /// A site that something else shows to be the owner's is replaced in what is cited, too.
    @Test func aCitedPageIsTheOwnersWhereASettingSaysSo() throws {
        let files = [
            "notes.md": "As told on https://www.puffin-auk.org/2022/01/dry-bridges/ before.\n",
            ".env": "PUBLIC_URL=https://meet.puffin-auk.org\n",
        ]
        let sanitized = try Sanitize.texts(of: files)
        #expect(sanitized["notes.md"] == "As told on https://www.example.org/2022/01/dry-bridges/ before.\n")
    }

    /// A short number may be a PIN in one place, and an extension or a port in the next.
    @Test func aPINIsReplacedWhereItIsOne() throws {
        let voicemail = "[default]\n4242 => 7391,Lia Murre\n"
        let plan = "[local]\nexten => 7391,1,Dial(SIP/7391)\n"
        let sanitized = try Sanitize.texts(of: ["voicemail.conf": voicemail, "extensions.conf": plan])
        #expect(sanitized["extensions.conf"] == plan)
        #expect(sanitized["voicemail.conf"]?.contains("7391") == false)
    }

    /// What a note shows in base64 is the code of another text in the manifest.
    @Test func aNoteShowsTheCodeThatAManifestHas() throws {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  username: aW5nZXN0\n"
        let sanitized = try Sanitize.texts(of: [
            "secret.yaml": secret, "notes.md": "It has\n\n    username: aW5nZXN0\n",
        ])
        #expect(sanitized["notes.md"] == "It has\n\n    username: user1\n")
        let code = Data("user1".utf8).base64EncodedString()
        #expect(sanitized["secret.yaml"] == secret.replacingOccurrences(of: "aW5nZXN0", with: code))
    }
}
