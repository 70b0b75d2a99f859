import Documents
import Testing

/// What Docker Compose reads.
@Suite struct ComposeTextTests {
    @Test(arguments: [
        ("docker-compose.yml", true), ("docker/docker-compose.prod.yaml", true), ("compose.yaml", true),
        ("compose.override.yml", true), ("jitsi-compose.yml", true), ("prod.docker-compose.yml", true),
        ("podman_compose.yml", true), ("Docker-Compose.yml", true), ("composer.yml", false), ("decomposed.yml", false),
        ("docker-compose.yml.bak", false), ("compose", false), ("compose/values.yml", false), (".yml", false),
        ("", false),
    ])
    func aComposeFileIsKnownByItsName(path: String, isOne: Bool) {
        #expect(ComposeText.isComposeFile(path) == isOne)
    }

    @Test(arguments: [
        ("a$$b", "a$b"), ("$$$$", "$$"), ("$$$", "$$"), ("$", "$"), ("", ""), ("a$b$$", "a$b$"), ("plain", "plain"),
    ])
    func twoDollarsMeanOne(written: String, meant: String) {
        #expect(String(decoding: ComposeText.meaning(of: Array(written.utf8)), as: UTF8.self) == meant)
    }

    @Test(arguments: [
        ("./$A/${A}", "./auk/auk"), ("${X}$X", "${X}$X"), ("$$A and $${A}", "$A and ${A}"), ("$$$A", "$auk"),
        ("${A:-x}${E:-x}${X:-x}", "aukxx"), ("${A-x}${E-x}${X-x}", "aukx"),
        ("${A:?m}${E:?m}${X:?m}", "auk${E:?m}${X:?m}"), ("${A?m}${E?m}${X?m}", "auk${X?m}"),
        ("${A:+y}${E:+y}${X:+y}", "y${X:+y}"), ("${A+y}${E+y}", "yy"), ("${A/x/y}", "${A/x/y}"), ("5$", "5$"),
    ])
    func variablesAreReplaced(written: String, meant: String) {
        #expect(ComposeText.interpolated(written, variables: ["A": "auk", "E": ""]) == meant)
    }
}
