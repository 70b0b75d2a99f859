import Foundation
import TestKit
import Testing

/// Secrets whose programs want a certain form.
@Suite struct ValueFormTests {
    private let folder: TemporaryFolder
    private let tool: Tool
    private static let hex = String(repeating: "4b9c17e0", count: 8)

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
        try folder.write("rpc_secret = \"\(Self.hex)\"\nreplication_factor = 1\n", to: "d/garage.toml")
        try folder.write("SECRET_KEY_BASE=\(String(repeating: "kestrelA7", count: 9))\n", to: "d/.env")
        try folder.write("OAUTH2_PROXY_COOKIE_SECRET=kestrel57WrenOsprey63GannetTern2\n", to: "d/proxy.env")
        try folder.write("provider \"x\" {\n  password = \"sandpiper63\"\n}\n", to: "d/main.tf")
    }

    private func text(_ path: String) throws -> String { String(decoding: try folder.read(path), as: UTF8.self) }

    @Test func keepIt() throws {
        let run = try tool("sanitize", "d", "--output", "clean", "--no-map")
        #expect(run.status == 0, "\(run.said)")
        let zeros = String(repeating: "0", count: 63)
        #expect(try text("clean/garage.toml") == "rpc_secret = \"\(zeros)1\"\nreplication_factor = 1\n")
        let filling = String(repeating: "-value", count: 7)
        #expect(try text("clean/.env") == "SECRET_KEY_BASE=REPLACE-secret-key-base\(filling)\n")
        #expect(try text("clean/proxy.env") == "OAUTH2_PROXY_COOKIE_SECRET=REPLACE-oauth2-proxy-cookie-secr\n")
        #expect(try text("clean/main.tf").contains("password = \"REPLACE-x-password-value\""))
        let again = try tool("sanitize", "clean", "--output", "again", "--no-map")
        #expect(again.status == 0, "\(again.said)")
        #expect(try tool.shell("diff -r clean again").status == 0)
    }

    /// They are filled in like all others.
    @Test func areFilledIn() throws {
        let run = try tool.shell(
            """
            set -e
            scrubjay keygen --output own --no-password
            scrubjay sanitize d --output clean --no-map
            scrubjay bundle clean --output b.tar --key own.key
            scrubjay hydrate b.tar --output live --public-key own.pub --set secret_key_base=plover \\
                --set oauth2_proxy_cookie_secret=dunlin --set x_password=godwit
            """
        )
        #expect(run.status == 0, "\(run.said)")
        #expect(try text("live/.env") == "SECRET_KEY_BASE=plover\n")
        #expect(try text("live/proxy.env") == "OAUTH2_PROXY_COOKIE_SECRET=dunlin\n")
        #expect(try text("live/main.tf").contains("password = \"godwit\""))
        // One in hexadecimal digits is made afresh.
        let secret = try text("live/garage.toml").split(separator: "\"")[1]
        #expect(secret.count == 64 && secret.allSatisfy(\.isHexDigit) && !secret.hasPrefix("000000"))
        #expect(secret != Self.hex)
    }
}
