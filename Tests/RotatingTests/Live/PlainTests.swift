import Collecting
import Foundation
import Sodium
import TestKit
import Testing

@testable import Rotating

/// To whom a password is shown: a script in the place of `openssl` plays the server and writes down what it is sent.
@Suite struct PlainTests {
    private static let password = "b7e2290d4c6f41c5"
    private static let account = "jvb@auth.example.com"

    private let folder: TemporaryFolder
    private let prover: Prover

    init() throws {
        folder = try TemporaryFolder([:])
        let clock = ContinuousClock()
        let start = clock.now
        let pace = Pace(now: { clock.now - start }, wait: { _ in })
        let environment = ["PATH": "\(folder.path)/bin:/usr/bin:/bin"]
        prover = Prover(programs: Programs(environment: environment, pace: pace), random: .system)
        // What stands in the place of an engine starts the program itself: `engine exec --interactive ID program …`.
        try write("shift 3; exec \"$@\"", to: "engine")
    }

    private func write(_ script: String, to name: String) throws {
        try Script.write(script, to: "\(folder.path)/bin/\(name)")
    }

    /// A server that offers mechanisms, and answers each log-in by one text.
    private func serve(_ mechanisms: [String], answering answer: String) throws {
        let offers = mechanisms.map { "<mechanism>\($0)</mechanism>" }.joined()
        try write(
            """
            read -r -d '>' _; read -r -d '>' _
            echo "<stream:stream id='1'><stream:features><mechanisms>\(offers)</mechanisms></stream:features>"
            read -r -d '>' tag; read -r -d '>' content
            echo "$tag>$content" >> '\(folder.path)/seen'
            echo "\(answer)"
            cat > /dev/null
            """,
            to: "openssl"
        )
    }

    private func logIn(by routes: [Route]) -> Verdict {
        prover.logIn(SecretBytes(copying: Array(Self.password.utf8)), to: Self.account, by: routes)
    }

    private func isShown() throws -> Bool {
        guard let seen = FileManager.default.contents(atPath: folder.path + "/seen") else { return false }
        let message = [0] + Array("jvb".utf8) + [0] + Array(Self.password.utf8)
        return String(decoding: seen, as: UTF8.self).contains(Base64.encode(message))
    }

    /// What stands in the place of an engine starts programs with the scripts in PATH.
    private func route(to host: String) -> Route {
        Route(.container("1", engine: [folder.path + "/bin/engine"]), host: host, port: 5222)
    }

    private var inside: Route { route(to: "127.0.0.1") }
    private var outside: Route { route(to: "192.0.2.3") }

    @Test func aConnectionStaysInsideOfAContainerOrDoesNot() {
        #expect(inside.isInContainer && !outside.isInContainer)
        // Whoever listens on a port of this machine may offer what he likes.
        #expect(!Route(.here, port: 5222).isInContainer && !Route(.here, host: "192.0.2.3", port: 5222).isInContainer)
    }

    @Test func aServerThatOffersPlainAloneIsNotShownThePassword() throws {
        try serve(["PLAIN"], answering: "<success/>")
        let verdict = logIn(by: [outside])
        guard case .undecided(let reason) = verdict else {
            Issue.record("the server has proved nothing, and the verdict is \(verdict)")
            return
        }
        #expect(reason.contains("offers only PLAIN"))
        #expect(try !isShown())
    }

    @Test func aServerThatRefusesSCRAMIsNotShownThePassword() throws {
        try serve(["SCRAM-SHA-1", "PLAIN"], answering: "<failure><not-authorized/></failure>")
        #expect(logIn(by: [outside]) == .refused)
        #expect(try !isShown())
        let seen = try #require(FileManager.default.contents(atPath: folder.path + "/seen"))
        #expect(String(decoding: seen, as: UTF8.self).contains("mechanism='SCRAM-SHA-1'"), "the script was asked")
    }

    /// A Prosody whose accounts are elsewhere has no SCRAM.
    @Test func insideOfTheContainerPlainDoesWhereThereIsNothingElse() throws {
        try serve(["PLAIN"], answering: "<success/>")
        #expect(logIn(by: [inside]) == .accepted)
        #expect(try isShown())
    }

    @Test func insideOfTheContainerPlainIsNotUsedBesideSCRAM() throws {
        try serve(["SCRAM-SHA-1", "PLAIN"], answering: "<failure><not-authorized/></failure>")
        #expect(logIn(by: [inside]) == .refused)
        #expect(try !isShown())
    }

    /// After SCRAM has proved the server, PLAIN is tried, too: an old password must be dead by every way.
    @Test func aProvedServerIsAskedByPlainToo() throws {
        try serve(["PLAIN"], answering: "<failure><not-authorized/></failure>")
        var proved: Set<Route> = [outside]
        let secret = SecretBytes(copying: Array(Self.password.utf8))
        #expect(prover.logIn(secret, to: Self.account, by: [outside], proved: &proved) == .refused)
        #expect(try isShown())
    }

    /// The address of a container of a remote engine is another machine's.
    @Test(arguments: [
        ("unix:///run/docker.sock", true), ("ssh://jitsi@example.com", false), ("tcp://192.0.2.1:2376", false),
    ])
    func addressesAreUsedWithALocalEngineAlone(endpoint: String, isLocal: Bool) throws {
        try write("[ \"$1 $2\" = 'context inspect' ] && echo '\(endpoint)'", to: "docker")
        let engine = ContainerEngine(program: folder.path + "/bin/docker", programs: prover.programs)
        #expect(try engine.isLocal() == isLocal)
    }

    @Test(arguments: [("false", true), ("true", false)])
    func podmanSaysWhetherItIsRemote(answer: String, isLocal: Bool) throws {
        try write("[ \"$1\" = info ] && echo '\(answer)'", to: "podman")
        #expect(
            try ContainerEngine(program: folder.path + "/bin/podman", programs: prover.programs).isLocal() == isLocal
        )
    }

    /// A name of a component, or a domain, comes from a file.
    @Test func aNameCannotEndItsAttribute() {
        #expect(XMLText.escaped("a'b\"<c>&d") == "a&apos;b&quot;&lt;c&gt;&amp;d")
        #expect(XMLText.escaped("auth.example.com") == "auth.example.com")
        #expect(XMLText.escaped("'\u{301}") == "&apos;\u{301}")
    }
}
