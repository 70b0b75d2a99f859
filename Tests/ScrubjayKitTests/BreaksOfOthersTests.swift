import Collecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What programs that rewrite configuration are known to break, each as a test of ours.
@Suite("breaks of other sanitizers") struct BreaksOfOthersTests {
    private let folder: TemporaryFolder
    private let scan: Scan

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
    }

    private static let password = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    /// Sanitizes the files, and gives what they become.
    private func sanitized(_ files: [String: String], map: SealedMapFile? = nil) throws -> [String: String] {
        for (path, text) in files { try folder.write(text, to: "d/" + path) }
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            map: map,
            scan: scan
        )
        _ = try workflow.apply(workflow.prepare())
        var texts: [String: String] = [:]
        for path in try TemporaryFolder.files(in: folder.path + "/clean") where path != ParameterFile.name {
            texts[path] = String(decoding: try folder.read("clean/" + path), as: UTF8.self)
        }
        return texts
    }

    // MARK: - Consistency

    @Test func onePasswordIsOnePlaceholderInAllFiles() throws {
        let texts = try sanitized([
            ".env": "JVB_AUTH_PASSWORD=\(Self.password)\n",
            "jvb/jvb.conf":
                "videobridge { apis { xmpp-client { configs { shard { password = \"\(Self.password)\" } } } } }\n",
            "jvb/sip-communicator.properties": "org.jitsi.videobridge.xmpp.user.shard.PASSWORD=\(Self.password)\n",
            "prosody/notes.md": "The bridge logs in with `\(Self.password)`.\n",
        ])
        #expect(texts.count == 4)
        for (path, text) in texts {
            #expect(text.components(separatedBy: "REPLACE-jvb-auth-password").count == 2, "\(path)")
        }
    }

    @Test func anAddressThatBeginsLikeAnotherIsAnother() throws {
        let text = try sanitized([
            "a.env":
                "JVB_A=10.0.0.7\nJVB_B=10.0.0.77\nPUBLIC_A=241.89.172.4\nPUBLIC_B=241.89.172.41\nBOTH=10.0.0.7 10.0.0.77\n"
        ])["a.env"]
        let lines = try #require(text).split(separator: "\n").compactMap { $0.split(separator: "=").last }
        #expect(Set(lines).count == 5)
        #expect(lines[4] == "\(lines[0]) \(lines[1])")
        for line in lines[..<4] { #expect(line.split(separator: ".").compactMap { UInt8($0) }.count == 4, "\(line)") }
    }

    @Test func anAddressBehindASlashIsNoPrefixLength() throws {
        let text = try sanitized(["turnserver.conf": "external-ip=241.89.172.41/10.156.0.7\nrelay-ip=10.156.0.7\n"])
        let lines = try #require(text["turnserver.conf"]).split(separator: "\n")
        let pair = lines[0].split(separator: "=")[1].split(separator: "/")
        #expect(pair.count == 2 && pair[1] == lines[1].split(separator: "=")[1])
        #expect(!lines.joined().contains("10.156") && !lines.joined().contains("241.89"))
        for address in pair { #expect(address.split(separator: ".").compactMap { UInt8($0) }.count == 4) }
    }

    @Test(arguments: [
        "2600:1900:4010:6a7:0:3::", "2600:1900:4010:6a7::41", "fd12:3456:789a:1::7",
        "2600:1900:4010:06a7:0000:0003:0000:0001",
    ])
    func anIPv6AddressStaysOne(address: String) throws {
        let text = try sanitized(["a.env": "LISTEN_ADDRESS=\(address)\n", "b.txt": "it listens on [\(address)]:443\n"])
        let standIn = try #require(text["a.env"]).dropFirst("LISTEN_ADDRESS=".count).dropLast()
        var parsed = in6_addr()
        #expect(inet_pton(AF_INET6, String(standIn), &parsed) == 1, "\(standIn)")
        #expect(standIn.hasPrefix("2001:db8:") || standIn.hasPrefix("fd"))
        #expect(standIn != address && text["b.txt"] == "it listens on [\(standIn)]:443\n")
    }

    // MARK: - Words that are no values

    @Test func aShortHostLabelIsNotEatenOutOfOtherWords() throws {
        let files = [
            "hosts": "192.168.7.4 meet\n192.168.7.5 turn\n192.168.7.6 ldap\n",
            "ssh_config": "Host meet\n  HostName meet.heron-nest.test\nHost turn\n  HostName turn.heron-nest.test\n",
            ".env": "XMPP_DOMAIN=meet.jitsi\nXMPP_AUTH_DOMAIN=auth.meet.jitsi\nTURN_PORT=3478\nLDAP_USE_TLS=1\n",
            "docker-jitsi-meet/turn.yml": "services: {turn: {image: docker-jitsi-meet}}\n",
            "data/meet%2ejitsi/a.txt": "x\n", "data/auth%2emeet%2ejitsi/a.txt": "x\n",
        ]
        let texts = try sanitized(files)
        #expect(Set(texts.keys) == Set(files.keys))
        for path in [".env", "docker-jitsi-meet/turn.yml"] { #expect(texts[path] == files[path], "\(path)") }
    }

    @Test func foldersOfProsodyChangeTogether() throws {
        let texts = try sanitized([
            ".env": "XMPP_DOMAIN=heron-nest.test\nXMPP_AUTH_DOMAIN=auth.heron-nest.test\n",
            "data/heron%2dnest%2etest/a.txt": "x\n", "data/auth%2eheron%2dnest%2etest/a.txt": "x\n",
        ])
        #expect(texts[".env"] == "XMPP_DOMAIN=example.org\nXMPP_AUTH_DOMAIN=auth.example.org\n")
        #expect(texts.keys.sorted() == [".env", "data/auth%2eexample.org/a.txt", "data/example.org/a.txt"])
    }

    @Test func aVersionIsNoAddressAndANameWithColonsIsNone() throws {
        let files = [
            "Dockerfile":
                "ARG S6_OVERLAY_VERSION=v3.2.3.0\nENV BASE_VERSION=1.2.3.4\nRUN apt-get -o APT::Key::Assert=1 update\n",
            "Cargo.toml": "[dependencies]\nstd = { path = \"a::b::c\" }\n",
        ]
        #expect(try sanitized(files) == files)
    }

    @Test func loopbackAndAddressesOfNobodyStay() throws {
        let files = [
            "compose.yml":
                "services:\n  web:\n    ports: [\"127.0.0.1:8000:80\"]\n    healthcheck: {test: curl http://[::1]:80}\n",
            "nginx.conf":
                "listen 0.0.0.0:443;\nlisten [::]:443;\nset_real_ip_from 127.0.0.0/8;\nallow 255.255.255.255;\n",
        ]
        #expect(try sanitized(files) == files)
    }

    @Test func addressesThatOthersPassOverAreReplaced() throws {
        let text = try sanitized(["a.env": "ONE=1.44.3.7\nDOCKER_HOST_ADDRESS=192.168.44.7\nTEN=10.99.3.7\n"])["a.env"]
        for value in ["1.44.3.7", "192.168.44.7", "10.99.3.7"] { #expect(text?.contains(value) == false, "\(value)") }
    }

    @Test func sentencesAndTemplatesStay() throws {
        let files = [
            "run.sh": "[ -z \"$JICOFO_AUTH_PASSWORD\" ] && echo \"Jicofo auth password must be set\"\n",
            "jvb.conf": "password = \"{{$.Env.TURN_PASSWORD}}\"\n",
            "LICENSE": "THE SOFTWARE IS PROVIDED \"AS IS\". INTELLECTUAL PROPERTY. PASSWORD: none is needed.\n",
            "xorg.conf": "Modeline \"1920x1080_60.00\" 173.00 1920 2048 2248 2576 1080 1083 1088 1120 -hsync +vsync\n",
            "dashboard.json": "{\"title\": \"Conference Size\", \"legendFormat\": \"{{instance}}\"}\n",
        ]
        #expect(try sanitized(files) == files)
    }

    // MARK: - Files

    @Test func allFilesAreInTheOutputDotfilesToo() throws {
        let files = [
            ".env": "JVB_AUTH_PASSWORD=\(Self.password)\n",
            ".htpasswd": "lmurre:$apr1$abcdefgh$0123456789abcdefghijkl\n",
            ".config/.hidden/app.env": "DB_PASSWORD=osprey%Nest-71\n", "plain.txt": "nothing\n",
            ".gitignore": "*.log\n",
        ]
        let texts = try sanitized(files)
        #expect(Set(texts.keys) == Set(files.keys))
        for value in [Self.password, "osprey%Nest-71", "0123456789abcdefghijkl", "lmurre"] {
            for (path, text) in texts { #expect(!text.contains(value), "\(path)") }
        }
    }

    @Test(arguments: [
        "PRIVATE KEY", "OPENSSH PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY",
    ])
    func aKeyIsGoneWhateverItIsWrappedIn(label: String) throws {
        let body = "MC4CAQAwBQYDK2VwBCIEIJ4sQ2dCX0Jm0kGqvS5Yx1M8o3K5p9T7wqRz2LhVnAbC"
        let pem = "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
        let texts = try sanitized([
            "keys/host.key": pem, "id_ed25519": pem,
            "all.yml": "key: |\n" + pem.split(separator: "\n").map { "  \($0)\n" }.joined(),
            "values.json": "{\"key\": \"\(pem.replacing("\n", with: "\\n"))\"}\n",
        ])
        #expect(texts["keys/host.key"] == nil && texts["id_ed25519"] == nil)
        for (path, text) in texts { #expect(!text.contains(body.prefix(20)), "\(path)") }
    }

    // MARK: - Leftovers

    /// Neither a map in clear nor a cache of originals lies anywhere afterwards, and none is taken up by the next
    /// project.
    @Test func nothingInClearIsLeftAnywhere() throws {
        let map = SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [AgeIdentity.generate()])
        let before = Set(try FileManager.default.contentsOfDirectory(atPath: FileManager.default.currentDirectoryPath))
        _ = try sanitized(
            ["a.env": "JVB_AUTH_PASSWORD=\(Self.password)\nPUBLIC_URL=https://heron-nest.test\n"],
            map: map
        )
        let after = Set(try FileManager.default.contentsOfDirectory(atPath: FileManager.default.currentDirectoryPath))
        #expect(after.subtracting(before).isEmpty)
        let places = try folder.files()
        #expect(places == ["clean/a.env", "clean/parameters.json", "d.map", "d/a.env"])
        for place in places where place != "d/a.env" {
            let text = String(decoding: try folder.read(place), as: UTF8.self)
            #expect(!text.contains(Self.password) && !text.contains("heron-nest"), "\(place)")
        }
        #expect(try folder.permissions(of: "d.map") == 0o600)
    }
}
