import Detecting
import Documents
import Testing

/// A word that is a secret at one place and a name at others stays a name there.
@Suite("words with two meanings")
struct NamedWordTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func scan(_ files: (path: String, text: MarkedText)...) -> [String: [Span]] {
        let result = scanner.scan(files.map { Document(path: $0.path, bytes: Array($0.text.text.utf8)) })
        return Dictionary(grouping: result.findings, by: \.path).mapValues { $0.compactMap(\.location?.fileSpan) }
    }

    @Test func aPasswordThatIsAlsoANetworkIsReplacedOnlyAsPassword() {
        let compose = MarkedText(
            """
            services:
              minio:
                image: quay.io/razorbill-ui:1
                environment:
                  MINIO_SECRET_KEY: {{razorbill}}
                  POSTGRES_DB: razorbill
                volumes: ["/srv/razorbill/minio:/data"]
                networks: [razorbill]
            networks:
              razorbill:

            """
        )
        let notes = MarkedText("The razorbill network has one bridge.\n")
        let found = Self.scan(("compose.yaml", compose), ("notes.md", notes))
        #expect(found["compose.yaml"] == compose.spans)
        #expect(found["notes.md"] == nil)
    }

    @Test(
        arguments: [
            "DB_PASSWORD={{razorbill7}}\nDB_NAME=razorbill7\n",
            "DB_PASSWORD={{razorbill7}}\nDATA=/srv/razorbill7/x\n",
            "DB_PASSWORD={{razorbill7}}\nrazorbill7:\n",
            "DB=mysql://razorbill7:{{razorbill7}}@db/razorbill7\n",
        ]
    )
    func theNameIsFoundInTheSameFile(_ settings: String) {
        let settings = MarkedText(settings)
        let notes = MarkedText("see razorbill7 there\n")
        let found = Self.scan(("app.env", settings), ("notes.md", notes))
        #expect(found["app.env"] == settings.spans)
        #expect(found["notes.md"] == nil)
    }

    @Test(
        arguments: [
            "DB_PASSWORD={{razorbill7}}\n# {{razorbill7}}\n",
            "DB_PASSWORD={{raZ0rb1ll7x}}\nDATA=/srv/{{raZ0rb1ll7x}}/x\n",
            "DB_PASSWORD={{razorbill7}}\nDB_HINT={{razorbill7}}\n",
        ]
    )
    func otherSecretsAreFoundEverywhere(_ settings: String) {
        let settings = MarkedText(settings)
        let found = Self.scan(("app.env", settings))
        #expect(found["app.env"] == settings.spans)
    }

    @Test func aDomainInAListOfLoginsIsTheDomain() {
        let result = Self.scanner.scan([
            Document(path: "acl.yml", bytes: Array("blocked:\n  user:\n    - \"puffin-cliff.de\"\n".utf8)),
            Document(path: "ejabberd.yml", bytes: Array("hosts:\n  - \"puffin-cliff.de\"\n".utf8)),
        ])
        #expect(result.findings.map(\.kind) == [.domain, .domain])
        #expect(result.values.allSatisfy { $0.kind == .domain })
    }

    @Test func aHostThatIsNamedAfterItsTaskCountsOnlyInItsSetting() {
        let compose = MarkedText("services:\n  cloud:\n    hostname: {{wiki}}\n")
        let notes = MarkedText("https://docs.debian.org/wiki/install\n")
        let found = Self.scan(("compose.yaml", compose), ("notes.md", notes))
        #expect(found["compose.yaml"] == compose.spans)
        #expect(found["notes.md"] == nil)
    }
}
