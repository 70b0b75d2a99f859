import Collecting
import Detecting
import Documents
import Sodium
import Testing

@testable import Rotating

/// What is read of scripts, containers, streams and files.
@Suite struct LiveReadingTests {
    @Test(arguments: [
        ("#!/bin/bash\n# prosodyctl register is gone\nprosodyctl shell user create jvb@x \"$P\"\n", "create only"),
        ("prosodyctl --config $C register jvb auth.x $P\nexec prosody\n", "overwrite at each start"),
        (
            "if [[ ! -f /config/prosody.cfg.lua ]]; then\n  tpl > x\n  prosodyctl --config $C register jvb a $P\nfi\n",
            "first boot"
        ),
        (
            "if [[ ! -f /config/prosody.cfg.lua ]]; then\n  tpl > x\nfi\nprosodyctl --config $C register jvb a $P\n",
            "overwrite at each start"
        ),
    ])
    func aStartScriptShowsTheRegime(script: String, regime: String) throws {
        #expect(StartScript(text: script).regime(in: try .jitsi())?.name == regime)
    }

    @Test func aScriptThatSaysNothingShowsNone() throws {
        #expect(StartScript(text: "exec sleep 9\n").regime(in: try .jitsi()) == nil)
    }

    private func container(image: String, labels: String = "{}", state: String = "{\"Running\":true}") throws
        -> Container?
    {
        let text = """
            {"Id":"0123","Name":"/meet_prosody_1","State":\(state),"HostConfig":{"NanoCpus":0.5},
             "Config":{"Image":"\(image)","Labels":\(labels),"Env":["XMPP_AUTH_DOMAIN=auth.x","JVB_AUTH_PASSWORD=hush"],
              "Entrypoint":null,"Cmd":["/bin/bash","/start.sh","-x"]},
             "NetworkSettings":{"Networks":{"a":{"IPAddress":"172.18.0.3"},"b":{"IPAddress":""}}}}
            """
        return Container(try JSONValue(parsingForeign: Array(text.utf8)), keeping: ["XMPP_AUTH_DOMAIN"])
    }

    /// Podman 4.3 gives the entry point as one text, and no slash before a name.
    @Test func aContainerOfPodmanIsReadToo() throws {
        let text = """
            {"Id":"0123","Name":"meet_prosody_1","State":{"Running":true,"Healthcheck":{"Status":"starting"}},
             "Config":{"Image":"localhost/jitsi/prosody:stable-11031","Entrypoint":"/init.sh","Cmd":["/start.sh"],
              "Labels":{"io.podman.compose.project":"meet","com.docker.compose.service":"prosody"}}}
            """
        let read = try #require(Container(try JSONValue(parsingForeign: Array(text.utf8)), keeping: []))
        #expect(
            read.name == "meet_prosody_1" && ImageName(read.image).component == "prosody"
                && read.scripts == ["/init.sh", "/start.sh"]
        )
        #expect(read.project == "meet" && read.service == "prosody" && read.release == Release("stable-11031"))
        #expect(read.isRunning && read.health == "starting" && read.addresses.isEmpty)
    }

    @Test func aContainerIsReadWithoutItsSecrets() throws {
        let read = try #require(
            try container(
                image: "ghcr.io/jitsi/prosody:stable-5142-3@sha256:00",
                labels: "{\"com.docker.compose.project\":\"meet\",\"com.docker.compose.service\":\"xmpp\"}"
            )
        )
        #expect(
            read.name == "meet_prosody_1" && ImageName(read.image).component == "prosody"
                && read.scripts == ["/start.sh"]
        )
        #expect(read.release == Release("stable-5142-3") && read.project == "meet" && read.service == "xmpp")
        #expect(read.variables == ["XMPP_AUTH_DOMAIN": "auth.x"])
        #expect(!String(describing: read).contains("hush"))
        #expect(read.isRunning && read.health.isEmpty && read.addresses == ["172.18.0.3"])
    }

    @Test(arguments: [
        ("jitsi/prosody", "prosody"), ("ghcr.io/jitsi/jvb:latest", "jvb"), ("coturn/coturn:4.6", "coturn"),
        ("localhost:5000/jitsi/jicofo", "jicofo"),
    ])
    func aContainersPartIsKnownByItsImage(image: String, component: String) throws {
        let read = try #require(try container(image: image))
        #expect(try Catalogue.jitsi().component(of: read) == component)
    }

    @Test func aContainerThatStartsOverAndOverDoesNotRun() throws {
        let read = try #require(try container(image: "a", state: "{\"Running\":true,\"Restarting\":true}"))
        #expect(!read.isRunning)
        #expect(Container([:], keeping: []) == nil)
        #expect(Container(["Id": "0", "Name": 7], keeping: []) == nil)
    }

    @Test func elementsOfAStreamAreFoundWhole() {
        let text = Array("<a><features><mechanism>X</mechanism><mechanism>Y</mechanism></features>".utf8)
        #expect(XMLText.end(of: "features", in: text) == text.count)
        #expect(XMLText.end(of: "features", in: Array(text.dropLast())) == nil)
        #expect(XMLText.end(of: "feature", in: text) == nil)
        #expect(XMLText.contents(of: "mechanism", in: text) == ["X", "Y"])
        #expect(XMLText.end(of: "success", in: Array("<success xmlns='a'/>x".utf8)) == 20)
        #expect(XMLText.attribute("id", in: Array("<s xid='0' id=\"7\">".utf8)) == Array("7".utf8))
    }

    @Test func coturnsFileKeepsTheOldSecretForAWhile() {
        let before = Array("realm=x\nstatic-auth-secret=OLD\n# static-auth-secret=NOTE\nstatic-auth-secret-x=1\n".utf8)
        let after = Array("realm=x\nstatic-auth-secret=NEW\n# static-auth-secret=NOTE\nstatic-auth-secret-x=1\n".utf8)
        let both = TURNOverlap().contents(before: before, after: after)
        #expect(
            String(decoding: both, as: UTF8.self).hasPrefix("realm=x\nstatic-auth-secret=NEW\nstatic-auth-secret=OLD\n")
        )
        #expect(TURNOverlap.contents(both, without: Array("OLD".utf8)) == after)
        #expect(TURNOverlap.contents(after, without: Array("OLD".utf8)) == nil)
        #expect(TURNOverlap.contents(after, without: Array("NEW".utf8)) == nil, "coturn would be left without a secret")
        #expect(TURNOverlap().contents(before: before, after: before) == before)
    }

    /// A coturn that gets its secret among its arguments, in the ways in which Compose takes them.
    @Test(arguments: [
        "command: turnserver -n --static-auth-secret=S --realm=x",
        "command: \"-n --static-auth-secret=S\"",
        "command: [\"-n\", \"--static-auth-secret=S\", \"-v\"]",
        "command: [-n, --static-auth-secret=S]",
        "  - --static-auth-secret=S",
        "  - '--static-auth-secret=S'",
        "ExecStart=/usr/bin/turnserver --static-auth-secret=S",
    ])
    func coturnsArgumentsKeepTheOldSecretForAWhile(line: String) {
        func bytes(_ secret: String) -> [UInt8] {
            Array("a: b\n\(line.replacing("=S", with: "=\(secret)"))\nc: d\n".utf8)
        }
        let both = TURNOverlap().contents(before: bytes("OLD"), after: bytes("NEW"))
        let text = String(decoding: both, as: UTF8.self)
        #expect(text.contains("--static-auth-secret=NEW") && text.contains("--static-auth-secret=OLD"))
        let list = Document(path: "docker-compose.yml", bytes: Array("services:\n x:\n  \(text)".utf8))
        #expect(!line.hasPrefix("command") || list.notes.isEmpty, "\(text)")
        #expect(TURNOverlap.contents(both, without: Array("OLD".utf8)) == bytes("NEW"))
        #expect(TURNOverlap.contents(bytes("NEW"), without: Array("OLD".utf8)) == nil)
        #expect(TURNOverlap.contents(bytes("NEW"), without: Array("NEW".utf8)) == nil)
    }

    /// A coturn whose secret is that of a variable: the old one stands behind it for a while.
    @Test(arguments: [
        "${TURN_CREDENTIALS}", "$TURN_CREDENTIALS", "${TURN_CREDENTIALS:-none}", "${TURN_CREDENTIALS:?not set}",
    ])
    func coturnsVariableKeepsTheOldSecretForAWhile(reference: String) throws {
        let lines = [
            "    command: [\"-n\", \"--static-auth-secret=\(reference)\"]", "      - --static-auth-secret=\(reference)",
        ]
        for line in lines where !(reference.contains(" ") && line.contains("- --")) {
            let file = Array("a: b\n\(line)\nc: d\n".utf8)
            func overlap(_ name: String, _ secret: String) -> TURNOverlap {
                TURNOverlap(variables: [name: SharedSecret(copying: Array(secret.utf8))])
            }
            let both = overlap("TURN_CREDENTIALS", "OLD+/=").contents(before: file, after: file)
            let text = String(decoding: both, as: UTF8.self)
            #expect(
                text.contains("--static-auth-secret=\(reference)") && text.contains("--static-auth-secret=OLD+/="),
                "\(text)"
            )
            #expect(TURNOverlap.contents(both, without: Array("OLD+/=".utf8)) == file)
            #expect(overlap("ANOTHER", "OLD").contents(before: file, after: file) == file)
            #expect(
                overlap("TURN_CREDENTIALS", "a$b").contents(before: file, after: file) == file,
                "Compose would read it"
            )
            #expect(TURNOverlap().contents(before: file, after: file) == file)
        }
    }

    @Test func aFileThatNamesTheVariableOfATURNServerChangesForTheOverlapAlone() throws {
        let compose = "services:\n  turn:\n    command: -n --static-auth-secret=${TURN_CREDENTIALS}\n"
        let secret = "f00dfeed0123456789abcdef01234567"
        let documents = [
            Document(path: ".env", bytes: Array("TURN_CREDENTIALS=\(secret)\n".utf8)),
            Document(path: "README.md", bytes: Array("turnserver --static-auth-secret=$TURN_CREDENTIALS\n".utf8)),
            Document(path: "docker-compose.yml", bytes: Array(compose.utf8)),
        ]
        let plan = try RotationPlan(for: documents, catalogue: .known(), random: .system)
        #expect(plan.paths == [".env"])
        #expect(try plan.canOverlapTURN())
        #expect(try plan.editedFiles().map(\.path) == [".env"])
        let files = try plan.editedFiles(overlappingTURN: true)
        #expect(files.map(\.path) == [".env", "docker-compose.yml"])
        let line = "--static-auth-secret=${TURN_CREDENTIALS} --static-auth-secret=\(secret)\n"
        #expect(String(decoding: files[1].contents, as: UTF8.self).hasSuffix(line))
        let sealed = try SealedRotation(plan, generation: 1, isLive: true, overlappingTURN: true) { _ in 0o644 }
        let file = try #require(sealed.files.last)
        #expect(file.after == [files[1].contents, Array(compose.utf8)].map(SealedRotation.digest))
        #expect(file.original.exposed == Array(compose.utf8))
    }

    @Test func aContainersArgumentsNameItsPorts() throws {
        let ports = TURNPorts(arguments: ["-n", "-p", "3479", "--tls-listening-port=5350", "--listening-port"])
        #expect(ports.plain == 3479 && ports.secure == 5350)
        let file = Document(path: "cfg/turnserver.conf", bytes: Array("listening-port = 13478\nrealm=x\n".utf8))
        #expect(TURNPorts(in: [file]).plain == 13478 && TURNPorts(in: []).plain == nil)
        #expect(TURNPorts(arguments: []).completed(by: TURNPorts(in: [file])).plain == 13478)
    }

    @Test func theSealedRotationIsReadAsItWasWritten() throws {
        let plan = try SampleTree.standard.plan()
        let sealed = try SealedRotation(plan, generation: 7, isLive: true, overlappingTURN: true) { _ in 0o644 }
        let read = try SealedRotation(parsing: sealed.serialized())
        #expect(read.generation == 7 && read.isLive)
        #expect(read.secrets.map(\.names) == plan.secrets.map(\.names))
        #expect(read.secrets.map(\.old.exposed) == plan.secrets.map { $0.old[0].bytes })
        #expect(read.secrets.map(\.fresh.exposed) == plan.secrets.map(\.fresh.bytes))
        #expect(read.files.map(\.path) == plan.paths)
        #expect(read.files.map(\.original.exposed) == plan.changes.map(\.before.bytes))
        let turn = try #require(read.files.first { $0.path == "cfg/turnserver.conf" })
        #expect(turn.after.count == 2)
        #expect(!String(reflecting: read).contains(SampleTree.jvb))
        #expect(throws: LiveError(.unreadable, "")) {
            try SealedRotation(parsing: SecretBytes(copying: Array("{}".utf8)))
        }
    }

    @Test func aReportSaysNoWhereAnyServiceDoes() {
        func report(_ problems: [String]) -> LiveReport {
            let outcome = LiveOutcome(
                names: ["A"],
                recreated: ["p"],
                fresh: "accepted",
                old: problems.isEmpty ? "refused" : "accepted",
                sessionsEnded: true,
                overlapsUntil: nil,
                notes: [],
                problems: problems
            )
            return LiveReport(action: .rotated, generation: 1, evidence: [], outcomes: [outcome], milliseconds: 1)
        }
        #expect(report([]).isProved && report([]).remedy == nil)
        #expect(report([]).description.contains("  ok A: new accepted, old refused, old sessions ended"))
        #expect(!report(["x"]).isProved && report(["x"]).remedy == .resumingOrRollingBack)
        #expect(report(["x"]).description.contains("  NO A: new accepted, old accepted"))
    }

    @Test(arguments: [
        ([Verdict.accepted, .accepted], Verdict.accepted), ([.refused, .refused], .refused),
        ([.accepted, .undecided("x")], .undecided("x")), ([.undecided("x"), .refused], .undecided("x")),
    ])
    func severalAnswersMustAgree(verdicts: [Verdict], together: Verdict) {
        #expect(Verdict.unanimous(verdicts) == together)
    }

    @Test func answersThatDifferDecideNothing() {
        #expect(Verdict.unanimous([.accepted, .refused]).word == "undecided")
        #expect(Verdict.unanimous([]).word == "undecided")
    }

    /// Containers that were started in another folder are those of another deployment.
    @Test func theOnlyProjectIsNotTakenWhereItBelongsToAnotherFolder() throws {
        func chosen(label: String?, project: String? = nil, isThere: Bool = true) throws -> Int {
            var labels = ["\"com.docker.compose.project\":\"other\""]
            if let label { labels.append("\"com.docker.compose.project.working_dir\":\"\(label)\"") }
            let text = "{\(labels.joined(separator: ","))}"
            let container = try #require(try container(image: "jitsi/prosody", labels: text))
            return try LiveDeployment.choose(
                [container],
                folder: "/srv/own",
                project: project,
                catalogue: .jitsi()
            ) { _ in isThere }.count
        }
        #expect(try chosen(label: "/srv/own") == 1)
        #expect(try chosen(label: nil) == 1)
        #expect(try chosen(label: "/srv/other", isThere: false) == 1)
        #expect(try chosen(label: "/srv/other", project: "other") == 1)
        let error = #expect(throws: LiveError.self) { try chosen(label: "/srv/other") }
        #expect(error?.code == .ambiguous && error?.remedy == .project)
    }
}
