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
}
