@testable import Collecting
import Testing

@Suite struct ContainerFilesTests {
    @Test(arguments: [
        ("config/nginx/meet.conf", "nginx/meet.conf"), ("./config/a", "a"), ("/nginx.conf", "nginx.conf"), ("/", nil),
        ("config/", nil), ("config/../../etc/passwd", nil), ("/../etc/passwd", nil), ("config/config/b", "config/b"),
        ("/config/c", "config/c"),
    ])
    func membersLieBelowTheirFolder(member: String, path: String?) {
        #expect(ContainerEngine.path(member, below: "config") == path)
    }

    @Test(arguments: [
        ("https://meet.wren.test", "https://meet.wren.test"), ("", ""), ("a b", "'a b'"), ("$ecr$t", "'$ecr$t'"),
        ("a#b", "'a#b'"),
        ("it's", nil), ("back\\slash", nil), ("two\nlines", nil), ("\"q\"", "'\"q\"'"), ("Grün", nil),
    ])
    func valuesAreSpelledAsAllVersionsOfComposeRead(value: String, spelled: String?) {
        // Letters beyond ASCII are read alike, too, but only between quotes.
        #expect(ComposeFile.dotenv(value) == (value == "Grün" ? "'Grün'" : spelled))
    }

    @Test(arguments: [
        ("klt-jitsi-web-abcd", "jitsi-web"), ("web", "web"), ("klt-web", "klt-web"),
        ("my-klt-web-abcd", "my-klt-web-abcd"),
    ])
    func theAgentsNamesAreKnown(name: String, service: String) {
        #expect(ContainerService.name(of: name) == service)
    }
}
