import Documents
import Testing

@testable import Collecting

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

    private func service(_ name: String, _ environment: [String]) -> ContainerService {
        let container: JSONValue = [
            "Id": .string(name), "Name": .string("/\(name)"),
            "Config": ["Image": .string("example/\(name):1"), "Env": .array(environment.map { .string($0) })],
        ]
        return ContainerService(container, image: [:], project: "meet")
    }

    /// The values that the containers of a compose file get, by service and variable.
    private func values(of file: ComposeFile) -> [String: String] {
        var known: [String: String] = [:]
        for line in file.variables.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { known[parts[0]] = parts[1] }
        }
        var found: [String: String] = [:]
        var service = ""
        for line in file.text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
            if line.hasPrefix("  "), !line.hasPrefix("   ") { service = String(parts[0]) }
            guard line.hasPrefix("      "), parts.count == 2 else { continue }
            let value = String(parts[1].filter { $0 != "\"" })
            found["\(service) \(parts[0])"] =
                value.hasPrefix("${") ? known[String(value.dropFirst(2).dropLast())] : value
        }
        return found
    }

    @Test(arguments: [
        // `PORT` of jvb would be `JVB_PORT`, which web has for itself, before or behind it.
        [("jvb", ["PORT=1"]), ("web", ["PORT=2", "JVB_PORT=3"])],
        [("web", ["PORT=2", "JVB_PORT=3"]), ("jvb", ["PORT=1"])],
        [("jvb", ["PORT=1", "JVB_PORT=4"]), ("web", ["PORT=2", "JVB_PORT=3"])],
        [("web", ["PORT=1"]), ("WEB", ["PORT=2"])],
        [("compose", ["PROJECT_NAME=1"]), ("web", ["PROJECT_NAME=2"])],
    ])
    func noVariableGetsAnothersValue(services: [(String, [String])]) {
        let file = ComposeFile(services.map { service($0.0, $0.1) }, project: "meet")
        var expected: [String: String] = [:]
        for (name, environment) in services {
            for variable in environment {
                let parts = variable.split(separator: "=").map(String.init)
                expected["\(name) \(parts[0])"] = parts[1]
            }
        }
        #expect(values(of: file) == expected, "\(file.text)\(file.variables)")
        #expect(file.variables.hasPrefix("COMPOSE_PROJECT_NAME=meet\n"))
    }

    @Test(arguments: [
        ("klt-jitsi-web-abcd", "jitsi-web"), ("web", "web"), ("klt-web", "klt-web"),
        ("my-klt-web-abcd", "my-klt-web-abcd"),
    ])
    func theAgentsNamesAreKnown(name: String, service: String) {
        #expect(ContainerService.name(of: name) == service)
    }
}
