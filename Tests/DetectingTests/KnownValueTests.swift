import Detecting
import Testing

@Suite("the rule for where a known value counts")
struct KnownValueTests {
    private static func value(_ text: String, _ kind: Kind, _ confidence: Confidence = .high) -> KnownValue {
        KnownValue(Array(text.utf8), kind: kind, rule: "test", confidence: confidence)
    }

    @Test(arguments: [
        ("ab1", Kind.password, KnownValue.Matching.placeOnly),
        ("admin", .password, .placeOnly), ("Password:", .password, .placeOnly),
        ("root", .userName, .placeOnly), ("sicherung", .userName, .placeOnly), ("Kasse", .userName, .placeOnly),
        ("ab1c", .password, .wholeWord),
        ("4242", .password, .placeOnly), ("42424", .secretKey, .placeOnly), ("424242", .password, .wholeWord),
        ("sunflower", .password, .wholeWord),
        ("123456789", .password, .wholeWord),
        ("sunflower7", .password, .anywhere),
        ("0a1b2c3d4e5f60718293a4b5c6d7e8f9", .secretKey, .anywhere),
        ("10.0.0.1", .ipv4, .address),
        ("puffin.test", .domain, .domain),
        ("lia@puffin.test", .email, .email),
        ("Lia Murre", .personName, .wholeWord),
        ("murre-rocks-123", .projectID, .wholeWord),
        ("4471", .phone, .placeOnly), ("0722 918 604", .phone, .wholeWord),
        ("51.40213", .place, .wholeWord), ("Gannet Lane 14", .place, .wholeWord),
        ("Aukhaven", .place, .placeOnly), ("94617", .place, .placeOnly),
    ])
    func followsFromKindAndLength(text: String, kind: Kind, matching: KnownValue.Matching) {
        #expect(Self.value(text, kind).matching == matching)
        #expect(Self.value(text, kind, .low).matching == .placeOnly)
    }

    @Test(arguments: [
        ("10.0.0.1", Kind.ipv4, "at 10.0.0.1.", true),
        ("10.0.0.1", .ipv4, "10.0.0.12", false),
        ("10.0.0.1", .ipv4, "110.0.0.1", false),
        ("10.0.0.1", .ipv4, "1.10.0.0.1", false),
        ("10.0.0.1", .ipv4, "10.0.0.1.2", false),
        ("10.0.0.1", .ipv4, "10.0.0.1/24", true),
        ("10.0.0.1", .ipv4, "\\n10.0.0.1", true),
        ("fd00::1", .ipv6, "[fd00::1]", true),
        ("fd00::1", .ipv6, "fd00::12", false),
        ("fd00::1", .ipv6, "fd00::1:2", false),
        ("puffin.test", .domain, "meet.Puffin.TEST/", true),
        ("puffin.test", .domain, "other-puffin.test", false),
        ("puffin.test", .domain, "seapuffin.test", false),
        ("puffin.test", .domain, "puffin.tests", false),
        ("puffin.test", .domain, "puffin.test_ecc", true),
        ("puffin.test", .domain, "lia%40puffin.test", true),
        ("puffin.test", .domain, "a\\npuffin.test", true),
        ("lia@puffin.test", .email, "mailto:lia@puffin.test?x", true),
        ("lia@puffin.test", .email, "julia@puffin.test", false),
        ("lia@puffin.test", .email, "ju.lia@puffin.test", false),
        ("auk4", .hostName, "AUK4_TOKEN=x", false),
        ("auk4", .hostName, "MY_AUK4=x", false),
        ("auk4", .hostName, "auk4_token and AUK4", true),
        ("auk4", .hostName, "on AUK4_", true),
        ("auk4", .hostName, "auk4_workdir=/srv", false),
        ("auk4", .hostName, "cd $auk4_workdir", false),
        ("auk4", .hostName, "{{ auk4_workdir }}", false),
        ("auk4", .hostName, "auk4_data:/srv", true),
        ("lmurre", .userName, "/home/lmurre/x", true),
        ("lmurre", .userName, "lmurres", false),
        ("lmurre", .userName, "backup_lmurre-1", true),
        ("/home/lmurre", .homePath, "=/home/lmurre/x", true),
        ("/home/lmurre", .homePath, "/home/lmurre2", false),
        ("a1b2", .password, "xa1b2", false),
        ("a1b2", .password, "x-a1b2", true),
        ("a1b2c3d4e5", .password, "xa1b2c3d4e5x", true),
        ("a1b2c3d4e5", .password, "A1B2C3D4E5", false),
        ("0a1b2c3d4e5f6071", .secretKey, "0A1B2C3D4E5F6071", true),
    ])
    func decidesByWhatStandsAround(text: String, kind: Kind, around: String, counts: Bool) {
        let value = Self.value(text, kind)
        let bytes = Array(around.utf8)
        #expect(bytes.indices.contains { value.matches(at: $0, in: bytes) } == counts, "\(text) in \(around)")
    }

    @Test func cannotBePrinted() {
        let value = Self.value("canary-7f3d91", .password)
        var dumped = ""
        dump(value, to: &dumped)
        for text in ["\(value)", String(reflecting: value), String(describing: [value]), dumped] {
            #expect(!text.contains("canary"))
            #expect(!text.contains("99, 97"), "nor as the numbers of its bytes")
        }
        #expect("\(value)" == "password of 13 bytes")
    }

    @Test func hasDerivedForms() {
        func forms(_ text: String, _ kind: Kind) -> [String] {
            Self.value(text, kind).derivedValues.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        #expect(
            forms("245.10.20.30", .ipv4) == [
                "30.20.10.245.in-addr.arpa", "20.10.245.in-addr.arpa", "245.10.20.%", "245-10-20-30",
                #"245\.10\.20\.30"#,
            ]
        )
        let written = [
            "puffin-test", "puffin_test", "dc=puffin,dc=test", #"puffin\.test"#, #"puffin\\.test"#,
        ]
        #expect(forms("puffin.test", .domain) == written + ["puffin", "test.puffin"])
        #expect(forms("lia.murre@puffin.test", .email) == [#"lia\.murre@puffin\.test"#, "lia.murre"])
        #expect(!forms("mail.server@puffin.test", .email).contains("mail.server"))
        #expect(forms("wet-auk.test", .domain).contains(#"wet\-auk\.test"#))
        // A label that is a word, or the name of a program, stands for more than the owner.
        #expect(!forms("summer.test", .domain).contains("summer"))
        #expect(!forms("nextcloud.test", .domain).contains("nextcloud"))
        #expect(forms("+44 20 7946 0123", .phone) == ["442079460123"])
        #expect(forms("a$bcdefgh", .password) == ["a$$bcdefgh"])
        #expect(forms("abcdefgh9", .password).isEmpty)
        #expect(
            forms("4a01:4f8::1", .ipv6) == ["1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.f.4.0.1.0.a.4.ip6.arpa"]
        )
        let derived = Self.value("puffin.test", .domain).derivedValues
        #expect(derived.allSatisfy { $0.original == Array("puffin.test".utf8) && $0.derivedValues.isEmpty })
    }
}
