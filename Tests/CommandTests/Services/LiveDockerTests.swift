import Foundation
import TestKit
import Testing

/// `rotate --live` with the four containers of docker-jitsi-meet under a real Docker Engine, each with a real Prosody
/// where there is one, in the three ways in which the images of seven years treated accounts.
@Suite(
    .serialized,
    .enabled(
        if: Services.hasDocker,
        "Docker and Prosody are not installed, or this is not root: scripts/setup --with-services"
    )
)
struct LiveDockerTests {
    struct Era: CustomTestStringConvertible {
        var name: String
        var release: String
        var start: String
        /// Whether a changed `.env` and new containers are enough.
        var naiveIsEnough: Bool

        var testDescription: String { name }
    }

    static let eras = [
        Era(
            name: "first boot",
            release: "stable-4384-1",
            start: """
                if [[ ! -f /config/prosody.cfg.lua ]]; then
                render
                prosodyctl --config /config/prosody.cfg.lua register focus auth.meet.jitsi $JICOFO_AUTH_PASSWORD
                prosodyctl --config /config/prosody.cfg.lua register jvb auth.meet.jitsi $JVB_AUTH_PASSWORD
                fi
                """,
            naiveIsEnough: false
        ),
        Era(
            name: "overwrite at each start",
            release: "stable-9823",
            start: """
                render
                prosodyctl --config /config/prosody.cfg.lua register focus auth.meet.jitsi $JICOFO_AUTH_PASSWORD
                prosodyctl --config /config/prosody.cfg.lua register jvb auth.meet.jitsi $JVB_AUTH_PASSWORD
                """,
            naiveIsEnough: true
        ),
        Era(
            name: "create only",
            release: "stable-11031",
            start: """
                render
                (
                for i in $(seq 100); do [ -S /run/prosody.sock ] && break; sleep 0.1; done; sleep 0.3
                prosodyctl --config $C shell user create focus@auth.meet.jitsi $JICOFO_AUTH_PASSWORD
                prosodyctl --config $C shell user create jvb@auth.meet.jitsi $JVB_AUTH_PASSWORD
                ) &
                """,
            naiveIsEnough: false
        ),
    ]

    @Test(arguments: eras)
    func theNewPasswordIsLetInAndTheOldOneIsNot(era: Era) throws {
        let host = try ContainerHost(release: era.release, start: era.start)
        try rotateAndGoBack(host, era: era)
        try changeTheEnvironmentAlone(host, era: era)
    }

    private func rotateAndGoBack(_ host: ContainerHost, era: Era) throws {
        let run = try host.rotate("--live", "--format", "json", "--patience", "60")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let live = try LiveAnswer.rotation(run)
        #expect(live.proved)
        let evidence = live.evidence.joined(separator: "\n")
        #expect(evidence.contains("accounts: \(era.name), by its start script"))
        #expect(evidence.contains("release \(era.release), by the tag"))
        for name in ["JVB_AUTH_PASSWORD", "JICOFO_AUTH_PASSWORD"] {
            let secret = try #require(live.secret(name))
            #expect(secret.new == "accepted" && secret.old == "refused" && secret.sessionsEnded == true, "\(name)")
            #expect(secret.recreated.count == 2 && !secret.recreated.contains { $0.contains("web") })
        }
        let component = try #require(live.secret("JICOFO_COMPONENT_SECRET"))
        #expect(component.new == "accepted" && component.old == "refused")
        print("live rotation, \(era.name): \(live.milliseconds) ms")

        let back = try host.rotate("--rollback", "--live", "--format", "json", "--patience", "60")
        #expect(back.status == 0, "\(back.said)\(back.text)")
        #expect(try LiveAnswer.report(back).proved)
    }

    /// The reason for all this: what everybody does, which in two eras of three changes nothing.
    private func changeTheEnvironmentAlone(_ host: ContainerHost, era: Era) throws {
        let fresh = "00112233445566778899aabbccddeeff"
        let old = ContainerHost.passwords["JVB_AUTH_PASSWORD"] ?? ""
        #expect(try host.logIn("jvb", old) == "accepted")
        _ = try host.shell("sed -i s/\(old)/\(fresh)/ deployment/.env && cd deployment && docker-compose up -d")
        try Services.wait { try host.logIn("jvb", era.naiveIsEnough ? fresh : old) == "accepted" }
        // The start script has had its time.
        try Services.wait { try host.shell("docker logs meet_prosody_1 2>&1").text.contains("Certificates loaded") }
        #expect(try host.logIn("jvb", fresh) == (era.naiveIsEnough ? "accepted" : "refused"))
        #expect(try host.logIn("jvb", old) == (era.naiveIsEnough ? "refused" : "accepted"))
    }

    /// Two Prosodies, of which one hashes by SHA-256, and three TURN servers, which get their secret in three ways.
    @Test func visitorsProsodiesAndTURNServersTakeTheNewSecretsToo() throws {
        let host = try ContainerHost(release: Self.eras[2].release, start: Self.eras[2].start, isLarge: true)
        let old = ContainerHost.passwords["JVB_AUTH_PASSWORD"] ?? ""
        #expect(try host.logIn("jvb", old, at: "meet_prosody-visitors_1") == "accepted")
        let before = try host.folder.read("deployment/docker-compose.yml")
        let run = try host.rotate("--live", "--overlap", "3600", "--format", "json", "--patience", "60")
        #expect(run.status == 1, "the TURN servers accept the old secret, too: \(run.said)\(run.text)")
        let live = try LiveAnswer.rotation(run)
        #expect(live.proved)
        let account = try #require(live.secret("JVB_AUTH_PASSWORD"))
        #expect(account.new == "accepted" && account.old == "refused" && account.sessionsEnded == true)
        #expect(Set(account.recreated) == ["meet_prosody_1", "meet_prosody-visitors_1", "meet_jvb_1"])
        let fresh = try host.value("JVB_AUTH_PASSWORD")
        for container in ["meet_prosody_1", "meet_prosody-visitors_1"] {
            #expect(try host.logIn("jvb", fresh, at: container) == "accepted", "\(container)")
            #expect(try host.logIn("jvb", old, at: container) == "refused", "\(container)")
        }
        let both = try #require(live.secret("TURN_CREDENTIALS"))
        #expect(both.new == "accepted" && both.old == "accepted" && both.problems.isEmpty, "\(both.problems)")
        #expect(both.notes.contains { $0.contains("meet_coturn_1: tried over TCP, UDP") }, "\(both.notes)")
        for service in ["coturn-arguments", "coturn-variable"] {
            #expect(both.notes.contains { $0.contains("meet_\(service)_1 has its secret on its command line") })
        }

        let end = try host.rotate("--resume", "--overlap", "0", "--format", "json", "--patience", "60")
        #expect(end.status == 0, "\(end.said)\(end.text)")
        let turn = try #require(try LiveAnswer.report(end).secret("TURN_CREDENTIALS"))
        #expect(turn.new == "accepted" && turn.old == "refused")
        let value = try host.value("TURN_CREDENTIALS")
        #expect(value != ContainerHost.turnSecret)
        let expected = String(decoding: before, as: UTF8.self).replacing(ContainerHost.turnSecret, with: value)
        #expect(String(decoding: try host.folder.read("deployment/docker-compose.yml"), as: UTF8.self) == expected)
    }
}
