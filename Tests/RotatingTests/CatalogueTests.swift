import Detecting
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
                "MONGO_INITDB_ROOT_PASSWORD",
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
