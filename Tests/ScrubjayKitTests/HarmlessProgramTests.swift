import Testing

@testable import ScrubjayKit

/// What a program calls its variables and modules stays, whatever else in the tree has the same name.
@Suite struct HarmlessProgramTests {
    @Test(arguments: [
        (
            "a.lua",
            "local usermanager_set_password = require \"core.usermanager\".set_password;\nlocal x = require \"util.net\";\n"
        ),
        (
            "a.lua",
            "local columns = {\n\tencryption = {\n\t\tkey = \"conn\";\n\t};\n}\nlocal function f(conn) return conn:ip() end\n"
        ),
        ("a.lua", "local info = sock.info and sock:info();\ncontext.by = tag.attr.by or stanza.attr.from;\n"),
        (
            "a.lua",
            "local key_h, key_l = packet:byte(pos+0,pos+1);\nlocal t = { secret = type == \"turn\" and secret or nil; }\n"
        ),
        (
            "a.lua",
            "local ldap_password = module:get_option_string(\"ldap_password\", \"\");\nlocal oid = \"2.5.29.17\"; -- XEP 60 8.1.9.2\n"
        ),
        ("a.js", "const minipass_1 = require(\"minipass\");\nclass A extends minipass_1.Minipass {}\n"),
        ("a.py", "import importlib\nset_password = importlib.import_module(\"django.contrib\")\n"),
        ("a.rb", "def f(sslsocket, hostname = nil)\nend\n"),
        ("a.lua", "local config = { username = nil; password = nil; }\n"),
    ])
    func aProgramStays(path: String, text: String) throws {
        #expect(try Sanitize.texts(of: [path: text]) == [path: text])
    }

    @Test func aFoundDomainStaysTheMemberOfAModule() throws {
        let program =
            "import murre.cloud.auk\nfrom murre.cloud import gull\nurl = \"https://murre.cloud/\"  # murre.cloud\n"
        let clean = try Sanitize.texts(of: ["a.yml": "url: https://murre.cloud/x\n", "a.py": program])
        #expect(
            clean["a.py"]
                == "import murre.cloud.auk\nfrom murre.cloud import gull\nurl = \"https://example.org/\"  # example.org\n"
        )
    }

    @Test func aFoundWordStaysTheNameOfAVariable() throws {
        let program = "local function auknest(x) return auknest.y, \"auknest\" end -- auknest\n"
        let clean = try Sanitize.texts(of: [".env": "DB_PASSWORD=auknest\n", "a.lua": program])
        #expect(
            clean["a.lua"]
                == "local function auknest(x) return auknest.y, \"REPLACE-db-password\" end -- REPLACE-db-password\n"
        )
        // A drawn one is no name.
        let drawn = try Sanitize.texts(of: [".env": "DB_PASSWORD=auk7nest9\n", "notes.md": "it is auk7nest9\n"])
        #expect(drawn["notes.md"] == "it is REPLACE-db-password\n")
    }

    @Test(arguments: [
        ("b.bat", "winscp.com /command \"exit\"\nchcp.com 65001\nauktool.com con\n"),
        ("n.md", "see notes.md, journal.org and [[file:auklist.org]]\n"),
    ])
    func aProgramAndAFileAreNoDomains(path: String, text: String) throws {
        #expect(try Sanitize.texts(of: [path: text]) == [path: text])
    }

    @Test(arguments: [
        ("h.yml", "admin: jörg.weiß@puffin.test\n", "admin: contact1@example.com\n"),
        ("h.yml", "url: https://praxis-müller.test/\n", "url: https://example.org/\n"),
        ("h.yml", "uri: mongodb://:tong@plage@192.0.2.7/x\n", "uri: mongodb://:REPLACE-mongo-password@192.0.2.7/x\n"),
        (
            ".env", "export Y_PASSWORD=Holunder7; export Z_PORT=8443\n",
            "export Y_PASSWORD=REPLACE-y-password; export Z_PORT=8443\n"
        ),
        ("snmpd.conf", "syscontact Lia Murre <lia@puffin.test>\n", "syscontact User One <contact1@example.com>\n"),
    ])
    func aValueIsReplacedAsAWhole(path: String, text: String, expected: String) throws {
        #expect(try Sanitize.texts(of: [path: text]) == [path: expected])
    }
}
