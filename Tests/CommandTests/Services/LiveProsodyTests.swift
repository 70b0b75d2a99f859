import Collecting
import Foundation
import Sodium
import TestKit
import Testing

@testable import Rotating

/// `rotate --live` with a real Prosody on the loopback.
@Suite(.enabled(if: Services.hasProsody, "Prosody is not installed: scripts/setup --with-services installs it"))
struct LiveProsodyTests {
    @Test func theNewPasswordIsLetInAndTheOldOneIsNot() throws {
        let server = try ProsodyServer()
        let watch = ProcessWatch()
        let run = try server.rotate("--format", "json")
        let seen = watch.stop()
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let live = try LiveAnswer.rotation(run)
        #expect(live.proved && live.action == "rotated" && live.generation == 1)
        for name in ["JVB_AUTH_PASSWORD", "JICOFO_AUTH_PASSWORD"] {
            let secret = try #require(live.secret(name))
            #expect(secret.new == "accepted" && secret.old == "refused" && secret.sessionsEnded == true, "\(name)")
        }
        let component = try #require(live.secret("JICOFO_COMPONENT_SECRET"))
        #expect(component.new == "accepted" && component.old == "refused")

        // Asked once more, by a client of the test.
        let prover = Prover.ofTest
        let routes = [Route(.here, port: server.port)]
        let fresh = try server.value("JVB_AUTH_PASSWORD")
        #expect(fresh.count == 32 && fresh != server.passwords["jvb"])
        func ask(_ password: String, _ user: String = "jvb") -> Verdict {
            prover.logIn(SecretBytes(copying: Array(password.utf8)), to: "\(user)@auth.meet.jitsi", by: routes)
        }
        #expect(ask(fresh) == .accepted)
        #expect(ask(server.passwords["jvb"] ?? "") == .refused)
        #expect(ask(fresh, "nobody") == .refused)

        // No secret stood in the arguments or the environment of any process, in no output, and in no file but its own.
        let secrets =
            Array(server.passwords.values) + [server.componentSecret, fresh]
            + [try server.value("JICOFO_AUTH_PASSWORD")]
        #expect(seen.contains { $0.contains("s_client") } && seen.contains { $0.contains("prosodyctl") })
        let limits = watch.limits { $0.contains("s_client") || $0.contains(server.configuration) }
        #expect(!limits.isEmpty && limits.allSatisfy { $0.contains("Max core file size        0 ") }, "a core dump")
        for secret in secrets {
            #expect(!seen.contains { $0.contains(secret) }, "in the arguments or the environment of a process")
            #expect(!run.said.contains(secret) && !run.text.contains(secret))
        }
        for path in try server.folder.files() where !path.hasSuffix("/.env") && !path.hasSuffix(".cfg.lua") {
            guard let bytes = try? server.folder.read(path) else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            for secret in secrets { #expect(!text.contains(secret), "\(path)") }
        }
    }

    /// A machine as Debian's packages set it up: no `.env`, a domain of its own, services that are started anew.
    @Test func aMachineWithDebiansPackagesIsRotated() throws {
        let server = try ProsodyServer(.packages)
        let path = "jitsi/videobridge/sip-communicator.properties"
        let before = try server.text(path)
        let run = try server.rotate("--format", "json")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let live = try LiveAnswer.rotation(run)
        #expect(
            live.proved && live.evidence.contains("services: prosody, jicofo, jitsi-videobridge2"),
            "\(live.evidence)"
        )
        for (name, service) in [("JVB_AUTH_PASSWORD", "jitsi-videobridge2"), ("JICOFO_AUTH_PASSWORD", "jicofo")] {
            let secret = try #require(live.secret(name))
            #expect(secret.new == "accepted" && secret.old == "refused" && secret.sessionsEnded == true, "\(name)")
            #expect(secret.recreated == ["prosody", service])
        }
        let component = try #require(live.secret("JICOFO_COMPONENT_SECRET"))
        #expect(component.new == "accepted" && component.old == "refused")
        #expect(try server.text(path) != before)
        #expect(try server.rotate("--rollback").status == 0)
        #expect(try server.text(path) == before)
    }

    @Test func aServerThatHashesBySHA256IsLoggedInToBySHA256() throws {
        let server = try ProsodyServer(hash: "SHA-256")
        let old = server.passwords["jvb"] ?? ""
        let routes = [Route(.here, port: server.port)]
        let programs = Prover.ofTest.programs
        let session = try XMPPSession(routes[0], domain: "auth.meet.jitsi", programs: programs)
        #expect(session.mechanisms == [.scramSHA256, .plain])
        let run = try server.rotate("--only", "JVB_AUTH_PASSWORD", "--format", "json")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        #expect(try LiveAnswer.rotation(run).proved)
        let fresh = try server.value("JVB_AUTH_PASSWORD")
        func ask(_ password: String) -> Verdict {
            Prover.ofTest.logIn(SecretBytes(copying: Array(password.utf8)), to: "jvb@auth.meet.jitsi", by: routes)
        }
        #expect(ask(fresh) == .accepted && ask(old) == .refused)
    }

    @Test func thePassphraseOfTheOldValuesIsReadFromAFile() throws {
        let server = try ProsodyServer()
        try server.folder.write("heron kestrel wren\n", to: "passphrase")
        try server.folder.write("another one\n", to: "wrong")
        let old = try server.value("JVB_AUTH_PASSWORD")
        let way = ["--passphrase-file", server.folder.path + "/passphrase"]
        #expect(try server.rotate("--only", "JVB_AUTH_PASSWORD", way[0], way[1]).status == 0)
        #expect(try server.value("JVB_AUTH_PASSWORD") != old)
        let sealed = try server.text(".scrubjay-rotation.age")
        #expect(sealed.hasPrefix("age-encryption.org/v1\n-> scrypt "))
        let without = try server.rotate("--rollback")
        #expect(without.status == 2 && without.said.contains("--passphrase-file"), "\(without.said)")
        #expect(try server.rotate("--rollback", way[0], server.folder.path + "/wrong").status == 2)
        #expect(try server.rotate("--rollback", way[0], way[1]).status == 0)
        #expect(try server.value("JVB_AUTH_PASSWORD") == old)
        let both = try server.rotate(way[0], way[1], "--identity", "x")
        #expect(both.status == 64, "\(both.said)")
    }

    @Test func theWayBackIsProvedToo() throws {
        let server = try ProsodyServer()
        let before = try server.text("prosody/prosody.cfg.lua") + server.text(".env")
        #expect(try server.rotate().status == 0)
        #expect(try server.text("prosody/prosody.cfg.lua") + server.text(".env") != before)
        let run = try server.rotate("--rollback", "--format", "json")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let live = try LiveAnswer.report(run)
        #expect(live.proved && live.action == "rolledBack" && live.secrets.count == 3)
        #expect(try server.text("prosody/prosody.cfg.lua") + server.text(".env") == before)
        #expect(try !server.folder.files().contains { $0.hasSuffix(".scrubjay-rotation.age") })
        #expect(try server.rotate("--rollback").status == 2, "there is nothing to go back to any more")
    }

    /// `.env` has passwords of parts that do not run, and a secret that no release has read for years.
    @Test func whatProsodyHasNeverHeardOfIsNoProblem() throws {
        let server = try ProsodyServer()
        let environment =
            try server.text(".env") + "JIBRI_XMPP_PASSWORD=7d1f7a90c25e4b8896aa01df73c4e519\n"
            + "JIBRI_RECORDER_PASSWORD=8e1f7a90c25e4b8896aa01df73c4e527\n"
        try server.folder.write(environment, to: ProsodyServer.deployment + "/.env")
        let ports = "{ \(server.componentPort) }"
        let config = try server.text("prosody/prosody.cfg.lua").replacing(ports, with: "{ 1 }")
        try server.folder.write(config, to: ProsodyServer.deployment + "/prosody/prosody.cfg.lua")
        let run = try server.rotate("--format", "json")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let live = try LiveAnswer.rotation(run)
        for name in ["JIBRI_XMPP_PASSWORD", "JIBRI_RECORDER_PASSWORD", "JICOFO_COMPONENT_SECRET"] {
            let secret = try #require(live.secret(name))
            #expect(secret.new == nil && secret.notes.contains { $0.contains("does not exist") }, "\(name)")
        }
        #expect(live.secret("JVB_AUTH_PASSWORD")?.new == "accepted")
    }

    /// What is wrong before must not be changed on top of.
    @Test func nothingIsChangedWhereNobodyAnswers() throws {
        let server = try ProsodyServer()
        let before = try server.text(".env")
        let config = try server.text("prosody/prosody.cfg.lua").replacing("{ \(server.port) }", with: "{ 1 }")
        try server.folder.write(config, to: ProsodyServer.deployment + "/prosody/prosody.cfg.lua")
        let run = try server.rotate()
        #expect(run.status == 2 && run.said.contains("nothing was changed"), "\(run.said)")
        #expect(try server.text(".env") == before)
    }

    /// A server that accepts none of the values is not the one of the deployment.
    @Test func nothingIsChangedWhereEverythingIsRefused() throws {
        let server = try ProsodyServer()
        let other = "JVB_AUTH_PASSWORD=7d1f7a90c25e4b8896aa01df73c4e519\n"
        try server.folder.write(other, to: ProsodyServer.deployment + "/.env")
        let run = try server.rotate("--only", "JVB_AUTH_PASSWORD")
        #expect(run.status == 2 && run.said.contains("accepts none of the values"), "\(run.said)")
        #expect(try server.text(".env") == other)
    }

    /// Where a start puts the old password back, the answer is no, and the way on and the way back are open.
    @Test func aStartThatSetsTheOldPasswordIsAProblem() throws {
        let server = try ProsodyServer()
        // The old password is put back at once and stays: no answer is waited for.
        server.patience = 3
        let restart = "#!/bin/bash\nprosodyctl --config \(server.configuration) register jvb auth.meet.jitsi "
        let old = server.passwords["jvb"] ?? ""
        try server.folder.write(restart + old + " >/dev/null 2>&1\n", to: "restart")
        let rotation = try server.rotate("--only", "JVB_AUTH_PASSWORD", "--format", "json")
        #expect(rotation.status == 1, "\(rotation.said)")
        let secret = try #require(try LiveAnswer.rotation(rotation).secret("JVB_AUTH_PASSWORD"))
        #expect(secret.new == "refused" && secret.old == "accepted" && secret.problems.count == 2)
        let second = try server.rotate()
        #expect(second.status == 2 && second.said.contains("--resume"), "a second one would lose the way back")
        #expect(try server.rotate("--forget").status == 2)
        try server.folder.write("#!/bin/bash\n", to: "restart")
        let resumed = try server.rotate("--resume", "--format", "json")
        #expect(resumed.status == 0, "\(resumed.said)\(resumed.text)")
        #expect(try LiveAnswer.report(resumed).proved)
        #expect(try server.rotate("--resume").status == 2, "there is nothing to go on with any more")
        #expect(try server.rotate("--forget").status == 0)
    }

    /// A closed terminal ends a rotation between two of its steps, and `--resume` does the rest.
    @Test(arguments: ["HUP", "INT", "TERM"]) func anInterruptedRotationSaysHowToGoOn(signal: String) throws {
        let server = try ProsodyServer()
        let restart = try server.folder.read("restart")
        // The program that starts a service anew is a child of the rotation.
        try server.folder.write("#!/bin/bash\nkill -\(signal) $PPID\n", to: "restart")
        let options = ["--only", "JVB_AUTH_PASSWORD"] + server.options
        let run = try server.tool.run(
            "/usr/bin/env",
            ["--default-signal=\(signal)", "scrubjay", "rotate", server.folder.path + "/" + ProsodyServer.deployment]
                + options,
            input: []
        )
        #expect(run.status == 130 && run.said.contains("--resume"), "\(run.status) \(run.said)")
        try server.folder.write(restart, to: "restart")
        let resumed = try server.rotate("--resume", "--format", "json")
        #expect(resumed.status == 0, "\(resumed.said)\(resumed.text)")
        #expect(try LiveAnswer.report(resumed).proved)
    }

    /// Killed at the start of any program that it starts, `--resume` or `--rollback` ends in one state.
    @Test(.enabled(if: Services.has("strace"), "strace is not installed"))
    func killedAnywhereTheRotationIsWholeAfterwards() throws {
        let server = try ProsodyServer()
        var kills = 0
        var resumed = 0
        for count in 1...80 {
            let run = try server.tool.run(
                "/usr/bin/strace",
                [
                    "-qq", "-o", "/dev/null", "-e", "trace=clone3,clone,vfork",
                    "-e", "inject=clone3,clone,vfork:signal=KILL:when=\(count)",
                    Tool.products + "/scrubjay", "rotate", server.folder.path + "/" + ProsodyServer.deployment,
                    "--only", "JVB_AUTH_PASSWORD",
                ] + server.options,
                input: []
            )
            guard run.status != 0 else { break }
            kills += 1
            let record = (try? server.text(".scrubjay-rotation.json")) ?? ""
            if record.contains("\"files\"") {
                resumed += 1
                let back = count.isMultiple(of: 2)
                let end = try server.rotate(back ? "--rollback" : "--resume", "--format", "json")
                #expect(end.status == 0, "killed at \(count): \(end.said)\(end.text)")
            }
            let value = SecretBytes(copying: Array(try server.value("JVB_AUTH_PASSWORD").utf8))
            let routes = [Route(.here, port: server.port)]
            let verdict = Prover.ofTest.logIn(value, to: "jvb@auth.meet.jitsi", by: routes)
            #expect(verdict == .accepted, "killed at \(count)")
        }
        #expect(kills > 5 && resumed > 2, "\(kills) kills, \(resumed) gone on with")
    }
}
