import Detecting
import Documents
import Foundation
import TestKit
import Testing

@testable import Rotating

@Suite struct CatalogueTests {
    @Test func holdsEverySetting() throws {
        let catalogue = try Catalogue.jitsi()
        func count(_ sort: Catalogue.Setting.Sort) -> Int { catalogue.settings.count { $0.sort == sort } }

        #expect(catalogue.settings.count == 122)
        #expect(count(.secret) == 27)
        #expect(count(.secretFile) == 2)
        #expect(count(.keyMaterial) == 7)
        #expect(count(.keyFilePath) == 4)
        #expect(count(.identifier) + count(.url) + count(.personal) + count(.freeText) == 82)
        #expect(Set(catalogue.settings.map(\.name)).count == 122)
    }

    /// The catalogue against a list that was made from the upstream history by itself.
    @Test func agreesWithTheUpstreamHistory() throws {
        let path = Repository.root + "/Tests/RotatingTests/Data/jitsi-settings.txt"
        let text = String(decoding: try #require(Folder.contents(of: path)), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        var missing = Set(try Catalogue.jitsi().settings.map(\.name))
        for line in lines {
            let fields = line.components(separatedBy: " | ")
            try #require(fields.count == 5, "\(line)")
            let setting = try #require(try Catalogue.jitsi().setting(named: fields[0]), "\(fields[0])")
            missing.remove(fields[0])
            #expect(setting.sort.rawValue == fields[1], "\(fields[0])")
            #expect(setting.since?.description ?? "-" == fields[2], "\(fields[0])")
            #expect(setting.until?.description ?? "-" == fields[3], "\(fields[0])")
            #expect(Set(setting.weakValues) == Set(fields[4].split(separator: " ").map(String.init)).subtracting(["-"]))
        }
        #expect(lines.count == 122 && missing.isEmpty, "\(missing)")
    }

    /// Each secret of the list is rotated, or is said to be somebody else's with what to do, or makes itself anew.
    @Test func everySecretHasAWay() throws {
        let catalogue = try Catalogue.jitsi()
        let sorts: Set<Catalogue.Setting.Sort> = [.secret, .secretFile, .keyMaterial]
        var without: [String] = []
        for setting in catalogue.settings where sorts.contains(setting.sort) {
            switch setting.change {
            case .fresh: #expect(setting.account != nil || setting.proof != nil, "\(setting.name) is not proved")
            case .elsewhere, .issued: #expect(setting.owner != nil && setting.step != nil, "\(setting.name)")
            case nil: without.append(setting.name)
            }
        }
        // The copy that is reported and removed, keys that web server and Prosody make themselves, and the accounts,
        // which are changed at Prosody.
        #expect(
            without == [
                ".env.bak", "TLS self-signed web key", "certbot account and certificates",
                "acme.sh account and certificates",
                "prosody virtual-host certificates", "prosody account store",
            ]
        )
    }

    /// Debian's packages have no `.env`: who logs in where stands in their own files.
    @Test(arguments: [
        (
            "jitsi/jicofo/jicofo.conf",
            "jicofo { xmpp { client { domain = \"auth.a.test\"\n xmpp-domain = \"a.test\"\n password = \"x\" } } }\n"
        ),
        ("jitsi/jicofo/config", "JICOFO_HOSTNAME=a.test\nJICOFO_AUTH_DOMAIN=auth.a.test\nJICOFO_AUTH_USER=focus\n"),
    ])
    func theDomainsOfDebiansPackagesAreKnown(path: String, text: String) throws {
        let catalogue = try Catalogue.jitsi()
        let bridge =
            "org.jitsi.videobridge.xmpp.user.shard.DOMAIN=auth.b.test\n"
            + "org.jitsi.videobridge.xmpp.user.shard.USERNAME=jvb7\n"
        let variables = DeploymentVariables(
            in: [
                Document(path: path, bytes: Array(text.utf8)),
                Document(path: "jitsi/videobridge/sip-communicator.properties", bytes: Array(bridge.utf8)),
            ],
            catalogue: catalogue
        )
        func resolved(_ template: String?) throws -> String { variables.resolved(try #require(template)) }
        #expect(try resolved(catalogue.setting(named: "JICOFO_AUTH_PASSWORD")?.account) == "focus@auth.a.test")
        #expect(try resolved(catalogue.setting(named: "JVB_AUTH_PASSWORD")?.account) == "jvb7@auth.a.test")
        #expect(try resolved(catalogue.setting(named: "JICOFO_COMPONENT_SECRET")?.proof) == "component focus.a.test")
    }

    /// Debian installs a turnserver.conf of comments alone.
    @Test(arguments: [
        ("#\n#static-auth-secret=north\n\n# the name\n", 0), ("  # static-auth-secret=north\n", 0),
        ("#realm=x\nstatic-auth-secret=north\n", 1), ("static-auth-secret=north\n", 1),
    ])
    func aSettingThatIsCommentedOutIsNone(text: String, count: Int) throws {
        let document = Document(path: "turnserver.conf", bytes: Array(text.utf8))
        #expect(try Catalogue.jitsi().knownSecrets(in: document, index: 0).count == count)
    }

    /// Up to stable-9779 the recorder's domain has another name.
    @Test func aSettingOfOlderReleasesCountsToo() throws {
        let catalogue = try Catalogue.jitsi()
        func account(_ environment: String) throws -> String {
            let document = Document(path: ".env", bytes: Array(environment.utf8))
            let template = try #require(catalogue.setting(named: "JIBRI_RECORDER_PASSWORD")?.account)
            return DeploymentVariables(in: [document], catalogue: catalogue).resolved(template)
        }
        #expect(try account("XMPP_RECORDER_DOMAIN=recorder.meet.jitsi\n") == "recorder@recorder.meet.jitsi")
        #expect(try account("XMPP_RECORDER_DOMAIN=a\nXMPP_HIDDEN_DOMAIN=b\n") == "recorder@b")
        #expect(try account("") == "recorder@hidden.meet.jitsi")
    }

    @Test func sortsTheSecretsByWhoChangesThem() throws {
        let settings = try Catalogue.jitsi().settings
        func names(_ change: Catalogue.Setting.Change) -> [String] {
            settings.filter { $0.change == change }.map(\.name)
        }
        #expect(
            names(.fresh) == [
                "JICOFO_AUTH_PASSWORD", "JVB_AUTH_PASSWORD", "JIGASI_XMPP_PASSWORD", "JIGASI_TRANSCRIBER_PASSWORD",
                "JIBRI_XMPP_PASSWORD", "JIBRI_RECORDER_PASSWORD", "JICOFO_COMPONENT_SECRET", "TURN_CREDENTIALS",
                "TURN_PASSWORD",
            ]
        )
        #expect(
            names(.elsewhere) == [
                "JWT_APP_SECRET", "LDAP_BINDPW", "JIGASI_SIP_PASSWORD", "MATRIX_UVS_AUTH_TOKEN",
                "MONGO_INITDB_ROOT_PASSWORD", "JIGASI_TRANSCRIBER_WHISPER_PRIVATE_KEY",
                "JIGASI_TRANSCRIBER_REMOTE_CONFIG_URL_KEY_PATH", "JIGASI_VISITORS_QUEUE_SERVICE_PRIVATE_KEY_PATH",
                "AUTOSCALER_SIDECAR_KEY_FILE",
            ]
        )
        for setting in settings where setting.change == .elsewhere || setting.change == .issued {
            #expect(setting.owner != nil && setting.step != nil, "\(setting.name) does not say what to do")
        }
        for setting in settings where setting.sort == .secret { #expect(setting.change != nil, "\(setting.name)") }
    }

    @Test func everySettingSaysWhatItIsFor() throws {
        for setting in try Catalogue.jitsi().settings {
            #expect(!setting.summary.isEmpty && !setting.summary.hasSuffix("."))
            #expect(!setting.components.isEmpty, "\(setting.name)")
            if let since = setting.since, let until = setting.until { #expect(since <= until, "\(setting.name)") }
            if setting.sort == .secret { #expect(setting.holds?.severity == .secret, "\(setting.name)") }
        }
    }

    @Test func ordersTheComponents() throws {
        let catalogue = try Catalogue.jitsi()
        #expect(catalogue.order == ["coturn", "prosody", "jicofo", "jvb", "jigasi", "transcriber", "jibri"])
        for setting in catalogue.settings where setting.change == .fresh {
            let positions = setting.order.compactMap(catalogue.order.firstIndex(of:))
            #expect(positions.count == setting.order.count && positions == positions.sorted(), "\(setting.name)")
        }
    }

    @Test(arguments: [
        ("stable-3508", "first boot"), ("stable-5142-2", "first boot"),
        ("stable-5142-3", "overwrite at each start"), ("stable-9823", "overwrite at each start"),
        ("stable-10741", "create only"), ("stable-99999", "create only"),
    ])
    func knowsTheRegimeOfARelease(release: String, regime: String) throws {
        let release = try #require(Release(release))
        #expect(try Catalogue.jitsi().regime(of: release)?.name == regime)
    }

    @Test(arguments: [
        (["JVB_AUTH_PASSWORD"], ["JVB_AUTH_PASSWORD"]),
        (["services", "jvb", "environment", "JVB_AUTH_PASSWORD"], ["JVB_AUTH_PASSWORD"]),
        (["resources", "0", "properties", "jvb_password"], ["JVB_AUTH_PASSWORD"]),
        (["variable", "jvb_auth_password", "default"], ["JVB_AUTH_PASSWORD"]),
        (["jvbAuthPassword"], ["JVB_AUTH_PASSWORD"]),
        (["videobridge", "apis", "xmpp-client", "configs", "shard0", "PASSWORD"], ["JVB_AUTH_PASSWORD"]),
        (["org.jitsi.videobridge.xmpp.user.shard.PASSWORD"], ["JVB_AUTH_PASSWORD"]),
        (["jicofo", "xmpp", "client", "password"], ["JICOFO_AUTH_PASSWORD"]),
        (["Component focus.meet.jitsi", "component_secret"], ["JICOFO_COMPONENT_SECRET"]),
        (["static-auth-secret"], ["TURN_CREDENTIALS"]),
        (["net.java.sip.communicator.impl.protocol.sip.acc1.PASSWORD"], ["JIGASI_SIP_PASSWORD"]),
        (["net.java.sip.communicator.impl.protocol.jabber.acc-0.PASSWORD"], ["JIGASI_XMPP_PASSWORD"]),
        (["org.jitsi.jigasi.xmpp.acc.PASS"], ["JIGASI_XMPP_PASSWORD", "JIGASI_TRANSCRIBER_PASSWORD"]),
        (["PUBLIC_URL"], ["PUBLIC_URL"]),
        (["password"], []),
        (["client", "password"], []),
        (["MY_JVB_AUTH_PASSWORD"], []),
        ([], []),
    ])
    func knowsASettingByItsPath(keyPath: [String], names: [String]) throws {
        #expect(try Catalogue.jitsi().settings(at: keyPath).map(\.name) == names)
    }

    @Test(arguments: [
        "settings: []",
        "settings: [{class: secret, summary: x}]",
        "settings: [{name: X, summary: x}]",
        "settings: [{name: X, class: secret}]",
        "settings: [{name: X, class: riddle, summary: x}]",
        "settings: [{name: X, class: secret, holds: riddle, summary: x}]",
        "settings: [{name: X, class: secret, shape: hex 8, summary: x}]",
        "settings: [{name: X, class: secret, since: yesterday, summary: x}]",
        "settings: [{name: X, class: secret, sumary: x, summary: x}]",
        "settings: [{name: X, class: secret, summary: [x]}]",
        "- a\n- b",
        "settings: {",
    ])
    func refusesAMalformedCatalogue(text: String) {
        #expect(throws: RotationError(.malformedCatalogue, "")) { try Catalogue(reading: Array(text.utf8)) }
    }
}
