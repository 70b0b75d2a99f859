@testable import Detecting
import Testing

@Suite("reserved values")
struct ReservedValuesTests {
    @Test(arguments: [
        ("REPLACE-WITH-JVB-AUTH-PASSWORD", Kind.password),
        ("changeme", .password), ("<your password>", .token), ("your_api_key", .token), ("xxxxxxxx", .secretKey),
        ("example.com", .domain), ("meet.example.org", .domain), ("auth.meet.jitsi", .domain), ("x.invalid", .domain),
        ("www.github.com", .domain), ("auk.github.io", .domain), ("awscli.amazonaws.com", .domain),
        ("user3@example.net", .email),
        ("192.0.2.14", .ipv4), ("198.51.100.7", .ipv4), ("203.0.113.250", .ipv4), ("198.19.3.4", .ipv4),
        ("8.8.8.8", .ipv4),
        ("2001:db8::15", .ipv6), ("00:00:5e:00:53:1f", .mac),
        ("user1", .userName), ("root", .userName), ("/home/user12", .homePath),
        ("example-project-1", .projectID), ("cos-cloud", .projectID), ("000000000001", .projectNumber),
        ("+1 555 0123", .phone), ("+1-212-555-0147", .phone), ("User One", .personName), ("User 12", .personName),
        ("host-3", .hostName),
        ("0.00001", .place), ("-0.0001,0.0001", .place), ("00001", .place), ("Place-3", .place),
        ("Example Place 12", .place), ("0 0 0.0001 N 0 0 0.0001 W", .place),
        ("172.30.33.4", .ipv4), ("AUK_DB_PASSWORD=", .password), ("555-0100", .phone), ("sk_test_...", .token),
        ("0a:11:22:33:44:55", .mac), ("aa:bb:cc:dd:ee:ff", .mac), ("+49 123 456 7890", .phone),
        ("string", .projectID), ("gcp-sa-auk", .projectID), ("auk-robot-prod", .projectID), ("svc-user", .userName),
        ("puffinbot", .userName), ("non-root", .userName), ("lia@foo.bar", .email), ("a.foobar.org", .domain),
        ("user.home", .hostName), ("OpenWrt", .networkName),
        ("site3", .userName), ("example-net", .hostName), ("api_example_org", .resourceID), ("10000000004", .phone),
        ("nginx-backup", .userName), ("web_server", .hostName), ("contact1", .userName),
        ("dns_user2_key", .secretKey), ("contact1@sip.example.org/x", .secretKey), ("dns_email=a@b", .token),
    ])
    func areNobodys(value: String, kind: Kind) {
        #expect(ReservedValues.builtIn.contains(value.utf8, kind: kind))
    }

    @Test(arguments: [
        ("passw0rd", Kind.password), ("sunflower", .password), ("replacement parts 9", .password),
        ("puffin.test", .domain), ("notexample.com", .domain), ("mygithub.com", .domain),
        ("192.0.3.1", .ipv4), ("198.51.101.1", .ipv4), ("10.0.0.1", .ipv4), ("245.1.2.3", .ipv4), ("4a01::1", .ipv6),
        ("user1", .password), ("puffin_user1!", .password), ("auk_=x", .password), ("QXVr_bGFu=", .secretKey),
        ("lmurre", .userName), ("/home/lmurre", .homePath), ("murre-rocks-123", .projectID),
        ("743210987654", .projectNumber),
        ("+44 20 7946 0123", .phone), ("Lia Murre", .personName), ("talbot", .userName), ("barfoot.org", .domain),
        ("auk.s3.amazonaws.com", .domain), ("auk.herokuapp.com", .domain),
        ("51.40213", .place), ("0.12345", .place), ("Aukhaven", .place), ("9461 HR", .place), ("172.20.0.0", .ipv4),
        ("3a:7c:11:22:34:04", .mac), ("AukCellar", .networkName),
        ("nginx-murre", .userName), ("web-7", .hostName), ("-web", .hostName),
    ])
    func areNot(value: String, kind: Kind) {
        #expect(!ReservedValues.builtIn.contains(value.utf8, kind: kind))
    }

    @Test func everyShapeOfTheDataCanBeRead() throws {
        let shapes = EmbeddedData.pairs(EmbeddedData.reserved)
        #expect(shapes.count > 40)
        for (scope, source) in shapes {
            let isGroup = ["*", "secret", "identity"].contains(scope)
            #expect(isGroup || Kind(rawValue: scope) != nil, "\(scope)")
            _ = try Pattern(source, ignoringCase: true)
        }
        for (scope, _) in EmbeddedData.pairs(EmbeddedData.publicValues) {
            #expect(Kind(rawValue: scope) != nil)
        }
    }

    /// What is made of names that every installation has tells nobody's deployment from another.
    @Test(arguments: [
        ("auth-server", true), ("web_server", true), ("backup-user", true), ("Auth-Server", true), ("auth", true),
        ("auth-wrenfield", false), ("wrenfield", false), ("-", false), ("authserverwren", false),
    ])
    func namesMadeOfGenericNamesAreGeneric(name: String, isGeneric: Bool) {
        #expect(WordLists.builtIn.isGenericName(name) == isGeneric)
        for kind in [Kind.userName, .hostName] {
            #expect(ReservedValues.builtIn.contains(name.utf8, kind: kind) == isGeneric)
        }
    }

    /// What is to be filled in is nobody's login.
    @Test(arguments: ["CHANGE-ME", "changeme", "change_this", "replace-me"])
    func whatIsToBeFilledInIsNoLogin(name: String) {
        #expect(ReservedValues.builtIn.contains(name.utf8, kind: .userName))
    }
}
