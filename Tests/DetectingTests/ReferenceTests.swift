@testable import Detecting
import Documents
import Testing

/// Names, versions and results of checks that only look like values of the owner.
@Suite("names that are no values")
struct ReferenceTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func texts(in path: String, _ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return scanner.scan([Document(path: path, bytes: bytes)]).findings.compactMap(\.location?.fileSpan)
            .map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    @Test(arguments: [
        "  data:\n    - secretKey: AUK_ZONE\n      remoteRef:\n        key: rock\n        property: AUK_ZONE\n",
        "  data:\n    - remoteRef: {key: rock}\n      secretKey: aukZone\n",
        "  data:\n    - match:\n        secretKey: AUK_ZONE\n        remoteRef: {remoteKey: rock}\n",
        "auth:\n  secretName: rock\n  secretKey: auk-zone\n",
    ])
    func theKeyOfASecretIsItsName(text: String) { #expect(Self.texts(in: "x.yaml", text).isEmpty) }

    @Test func aSecretKeyWithoutAReferenceIsASecret() {
        #expect(Self.texts(in: "x.yaml", "s3:\n  secretKey: Razorbill-88-rock\n") == ["Razorbill-88-rock"])
    }

    @Test func anOptionMayNameASecret() {
        #expect(Self.texts(in: "x.sh", "flux --sops-age-secret=sops-age run\n").isEmpty)
        #expect(Self.texts(in: "x.sh", "flux --sops-age-secret=Razorbill-88 run\n") == ["Razorbill-88"])
    }

    @Test(arguments: [
        ("mod.just", "kubectl get crd puffins.auks-of-wren.io rocks.auks-of-wren.io\n"),
        ("role.yaml", "rules:\n  - apiGroups:\n      - auks-of-wren.io\n    verbs: [get]\n"),
        ("role.yaml", "rules:\n  - apiGroups: [\"auks-of-wren.io\"]\n"),
        ("x.yaml", "# yaml-language-server: $schema=https://k8s.auks-of-wren.io/x.json\na: b\n"),
        ("x.json", "{\"$schema\": \"https://k8s.auks-of-wren.io/x.json\"}\n"),
    ])
    func anInterfaceIsNotADomain(path: String, text: String) { #expect(Self.texts(in: path, text).isEmpty) }

    @Test func aHostBesideAnInterfaceIsADomain() {
        #expect(Self.texts(in: "mod.just", "kubectl get crd x; curl https://web.auks-of-wren.io/\n").count == 1)
    }

    @Test func resultsOfAChecksAreNoPasswords() {
        #expect(Self.texts(in: "exim4.conf.template", "  warn\n    spf = pass:softfail:neutral:permerror\n").isEmpty)
    }

    @Test func aVersionInAListOfPackagesIsNoAddress() {
        let packages = "# puffin\nauk=3.0.2.3\n# rock\nrock=1:4.17.4-2\n"
        #expect(Self.texts(in: "apt-packages.txt", packages).isEmpty)
        let settings = "host=31.0.2.3\nport=8080\nmtu=1500\n"
        #expect(Self.texts(in: "auk.conf", settings) == ["31.0.2.3"])
    }

    @Test func aProcessorIsNoPassword() {
        #expect(Self.texts(in: "packages.txt", "# System: trixie / arm64\n").isEmpty)
    }

    // MARK: - Devices

    @Test func aNumberHasOneKind() {
        let text = "register => 900123456780:Pz41ndXw8q@sip.puffin.test/900123456780\n"
        let found = Self.scanner.scan([Document(path: "sip.conf", bytes: Array(text.utf8))])
        let kinds = found.findings.filter { $0.kind == .phone || $0.kind == .accountID }.map(\.kind)
        #expect(kinds.count == 2 && Set(kinds).count == 1)
    }

    @Test func anOwnSystemIsFoundUnderItsFullName() {
        let files = [
            Document(path: "bgpd.conf", bytes: Array("router bgp 201847\n neighbor 192.0.2.7 remote-as 39912\n".utf8)),
            Document(path: "README.md", bytes: Array("* [AS201847](https://bgp.he.net/AS201847), AS39912\n".utf8)),
        ]
        let found = Self.scanner.scan(files).findings.map(\.path)
        #expect(found == ["README.md", "README.md", "bgpd.conf"])
    }

    @Test func aMachineMayBeUnderAnOwnTopLevel() {
        #expect(Self.texts(in: "sw.cfg", "hostname \"sw7.aukrock\" \nmodule 1 type x\n") == ["sw7.aukrock"])
    }
}
