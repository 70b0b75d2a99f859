import Collecting
import Foundation
import Rotating
import Sodium
import TestKit
import Testing

/// `rotate --live` with a real coturn on the loopback.
@Suite(
    .enabled(if: Services.hasTURN, "coturn or Prosody is not installed: scripts/setup --with-services installs them")
)
struct LiveTURNTests {
    private static let old = "c5c8e1fa27b3d4096be14d9a0c7f26b8"

    private let server: ProsodyServer
    private let port: Int
    private let securePort: Int

    init() throws {
        server = try ProsodyServer()
        port = try Services.freePort()
        securePort = try Services.freePort()
        let root = server.folder.path
        try server.folder.write(
            """
            listening-ip=127.0.0.1
            relay-ip=127.0.0.1
            listening-port=\(port)
            min-port=49200
            max-port=49300
            tls-listening-port=\(securePort)
            cert=\(root)/auth.crt
            pkey=\(root)/auth.key
            no-dtls
            no-cli
            realm=meet.jitsi
            use-auth-secret
            static-auth-secret=\(Self.old)
            allow-loopback-peers
            pidfile=\(root)/turn.pid
            userdb=\(root)/turn.db
            log-file=\(root)/turn.log
            simple-log

            """,
            to: ProsodyServer.deployment + "/turnserver.conf"
        )
        try server.folder.write("TURN_CREDENTIALS=\(Self.old)\n", to: ProsodyServer.deployment + "/turn.env")
        try server.folder.write(
            """
            #!/bin/bash
            [ "$1" = coturn ] || exit 0
            cd \(root)
            if [ -f turn.id ]; then kill "$(cat turn.id)"; while kill -0 "$(cat turn.id)" 2>/dev/null; do sleep 0.05; done; fi
            # Whoever waits for this script waits for all that has its descriptors.
            for f in $(ls /proc/$$/fd); do [ $f -gt 2 ] && [ $f -ne 255 ] && eval "exec $f>&-"; done
            setsid turnserver -c \(root)/\(ProsodyServer.deployment)/turnserver.conf >/dev/null 2>&1 </dev/null &
            echo $! > turn.id
            # The program that starts a service anew is a child of the rotation.
            if [ -f interrupt ]; then rm interrupt; kill -INT $PPID; fi
            for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/\(port)) 2>/dev/null && exit 0; sleep 0.05; done
            exit 1
            """,
            to: "restart"
        )
        let run = try server.tool.shell("chmod 755 restart && ./restart coturn")
        #expect(run.status == 0, "\(run.said)")
    }

    private func ask(_ secret: String, over transport: Transport = .tcp, at other: Int? = nil) -> Verdict {
        Prover.ofTest.allocate(
            SecretBytes(copying: Array(secret.utf8)),
            user: nil,
            now: Int(Date().timeIntervalSince1970),
            by: [TURNWay(transport, [Route(.here, port: other ?? (transport == .tls ? securePort : port))])]
        ).verdict
    }

    private func stop() throws { _ = try server.tool.shell("kill $(cat turn.id)") }

    /// The overlap of a rotation that is resumed lasts as long as the credentials of calls, too.
    @Test func aResumedRotationOverlapsAsLongAsTheDeploymentSays() throws {
        defer { try? stop() }
        let settings = "TURN_CREDENTIALS=\(Self.old)\nTURN_TTL=172800\n"
        try server.folder.write(settings, to: ProsodyServer.deployment + "/turn.env")
        #expect(ask(Self.old) == .accepted)
        try server.folder.write("", to: "interrupt")
        let run = try server.tool.run(
            "/usr/bin/env",
            ["--default-signal=INT", "scrubjay", "rotate", server.folder.path + "/" + ProsodyServer.deployment]
                + ["--only", "TURN_CREDENTIALS"] + server.options,
            input: []
        )
        #expect(run.status == 130, "\(run.status) \(run.said)")
        let resumed = try server.rotate("--resume", "--format", "json")
        #expect(resumed.status == 1, "the old secret is not dead yet: \(resumed.said)\(resumed.text)")
        let secret = try #require(try LiveAnswer.report(resumed).secret("TURN_CREDENTIALS"))
        #expect(secret.overlapsUntil ?? 0 > Int(Date().timeIntervalSince1970) + 172_000)
    }

    @Test func bothSecretsAreGoodForAWhileAndThenTheNewOneAlone() throws {
        defer { try? stop() }
        #expect(ask(Self.old) == .accepted)
        #expect(ask("0000000000000000000000000000dead") == .refused)

        let run = try server.rotate("--only", "TURN_CREDENTIALS", "--overlap", "3600", "--format", "json")
        #expect(run.status == 1, "the old secret is not dead yet: \(run.said)\(run.text)")
        let secret = try #require(try LiveAnswer.rotation(run).secret("TURN_CREDENTIALS"))
        #expect(secret.new == "accepted" && secret.old == "accepted" && secret.problems.isEmpty)
        #expect(secret.notes.contains("an allocation of coturn: tried over TCP, UDP, TLS"), "\(secret.notes)")
        #expect(secret.overlapsUntil ?? 0 > Int(Date().timeIntervalSince1970) + 3000)
        let fresh = try server.text("turn.env").split(separator: "=")[1].trimmingCharacters(in: .newlines)
        #expect(fresh.count == 32 && fresh != Self.old)
        #expect(ask(fresh) == .accepted && ask(Self.old) == .accepted)
        #expect(ask("0000000000000000000000000000dead") == .refused)

        let early = try server.rotate("--resume")
        #expect(early.status == 2 && early.said.contains("old secret for another"), "\(early.said)")
        #expect(try server.rotate().status == 2, "a second rotation would lose what calls use")
        let end = try server.rotate("--resume", "--overlap", "0", "--format", "json")
        #expect(end.status == 0, "\(end.said)\(end.text)")
        let last = try #require(try LiveAnswer.report(end).secret("TURN_CREDENTIALS"))
        #expect(last.new == "accepted" && last.old == "refused")
        #expect(ask(fresh) == .accepted && ask(Self.old) == .refused)
        #expect(try server.text("turnserver.conf").components(separatedBy: "static-auth-secret").count == 2)
    }

    @Test func theEndOfTheOverlapCanBeWaitedForAndGoneBackFrom() throws {
        defer { try? stop() }
        let before = try server.text("turnserver.conf")
        let run = try server.rotate(
            "--only",
            "TURN_CREDENTIALS",
            "--overlap",
            "1",
            "--wait",
            "--format",
            "json"
        )
        #expect(run.status == 0, "\(run.said)\(run.text)")
        #expect(ask(Self.old) == .refused)
        #expect(try server.rotate("--rollback").status == 0)
        #expect(ask(Self.old) == .accepted)
        #expect(try server.text("turnserver.conf") == before)
    }

    @Test func everyWayToTheServerIsAsked() throws {
        defer { try? stop() }
        for transport in [Transport.tcp, .udp, .tls] {
            #expect(ask(Self.old, over: transport) == .accepted, "\(transport)")
            #expect(ask("0000000000000000000000000000dead", over: transport) == .refused, "\(transport)")
        }
        // Nobody listens there: no way is no verdict.
        let nobody = try Services.freePort()
        #expect(ask(Self.old, over: .udp, at: nobody).word == "undecided")
    }

    /// Datagrams get lost: what is not answered is asked again.
    @Test func lostDatagramsAreSentAgain() throws {
        defer { try? stop() }
        let relay = try LossyRelay(to: port, losing: [0, 1, 3])
        #expect(ask(Self.old, over: .udp, at: relay.port) == .accepted)
        #expect(relay.lost == 3)
    }
}
