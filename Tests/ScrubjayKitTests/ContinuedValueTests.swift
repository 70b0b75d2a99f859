import Foundation
import TestKit
import Testing

@testable import ScrubjayKit

/// Values that go on in the next line: sanitized, no byte of them is left.
@Suite struct ContinuedValueTests {
    private static let hash =
        "{SSHA512}" + Data((0..<72).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }).base64EncodedString()

    /// The lines of a text, the first of which is shorter.
    private static func folded(_ text: String, _ first: Int, _ width: Int) -> String {
        var rest = text[...]
        var lines = [rest.prefix(first)]
        rest = rest.dropFirst(first)
        while !rest.isEmpty {
            lines.append(rest.prefix(width))
            rest = rest.dropFirst(width)
        }
        return lines.joined(separator: "\n ")
    }

    static let files: [(path: String, text: String)] = [
        ("a.ldif", "dn: cn=x\nuserPassword: Zk3hT9q\n w2MbXy77\nsn: y\n"),
        ("a.ldif", "dn: cn=x\r\nuserPassword: Zk3hT9q\r\n w2MbXy77\r\n"),
        ("a.sh", "DB_PASSWORD=\"Zk3hT9q\nw2MbXy77\"\nrun\n"),
        ("a.sh", "DB_PASSWORD='Zk3hT9q\nw2MbXy77'\nrun\n"),
        ("a.sh", "export DB_PASSWORD=\"Zk3hT9q\\\nw2MbXy77\"; run\n"),
        ("a.sh", "DB_PASSWORD=Zk3hT9q\\\nw2MbXy77\nrun\n"),
        ("a.sh", "DB_PASSWORD='Zk3hT9q'\\\n'w2MbXy77' run\n"),
        ("a.sh", "DB_PASSWORD='Zk3hT9q\nw2Mb'\"Xy77\"\nrun\n"),
        ("a.sh", "docker run -e DB_PASSWORD='Zk3hT9q\nw2MbXy77' x\n"),
        ("Dockerfile", "FROM x\nENV DB_PASSWORD=\"Zk3hT9q\\\nw2MbXy77\" A=b\n"),
        ("Dockerfile", "FROM x\nENV DB_PASSWORD=Zk3hT9q\\\nw2MbXy77\nRUN x\n"),
        ("Dockerfile", "FROM x\nENV DB_PASSWORD Zk3hT9q\\\nw2MbXy77\nRUN x\n"),
        ("a.lua", "db_password = [[Zk3hT9q\nw2MbXy77]]\nx = 1\n"),
        ("a.lua", "db_password = [==[\nZk3hT9q\nw2MbXy77]==]\n"),
        (".env", "DB_PASSWORD=\"Zk3hT9q\nw2MbXy77\"\n"),
        ("a.properties", "db.password=Zk3hT9q\\\n  w2MbXy77\n"),
        ("a.yml", "db_password: Zk3hT9q\n  w2MbXy77\n"),
        ("a.yml", "db_password: \"Zk3hT9q\\\n  w2MbXy77\"\n"),
        ("a.yml", "db_password: |\n  Zk3hT9q\n  w2MbXy77\nx: y\n"),
        ("a.yml", "db_password: >\n  Zk3hT9q\n  w2MbXy77\n"),
        ("a.toml", "db_password = \"\"\"\nZk3hT9q\nw2MbXy77\"\"\"\n"),
        ("a.toml", "db_password = '''Zk3hT9q\nw2MbXy77'''\n"),
        ("a.csv", "user,password\nbo,\"Zk3hT9q\nw2MbXy77\"\n"),
        ("a.xml", "<x><password>Zk3hT9q\nw2MbXy77</password></x>\n"),
    ]

    @Test(arguments: files) func nothingIsLeft(path: String, text: String) throws {
        let clean = try Sanitize.texts(of: [path: text])[path] ?? text
        for part in ["Zk3h", "hT9q", "w2Mb", "Xy77"] { #expect(!clean.contains(part), "\(path): \(clean)") }
        #expect(clean.contains("REPLACE-"))
    }

    /// As directory servers write it: the first line is shorter by the name.
    @Test(arguments: [(62, 75), (10, 40), (30, 30), (200, 3)])
    func foldedHashesAreReplaced(first: Int, width: Int) throws {
        let digits = Data(Self.hash.utf8).base64EncodedString()
        for (name, value) in [("userPassword::", digits), ("userPassword:", Self.hash)] {
            let text = "dn: cn=x\n\(name) \(Self.folded(value, first, width))\nsn: y\n"
            let clean = try #require(try Sanitize.texts(of: ["a.ldif": text])["a.ldif"])
            for line in Self.folded(value, first, width).split(separator: "\n") where line.count > 8 {
                #expect(!clean.contains(line.dropFirst(1)), "\(clean)")
            }
            #expect(clean.hasSuffix("\nsn: y\n"))
        }
    }
}
