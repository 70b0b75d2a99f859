import Foundation
import TestKit
import Testing

/// `rotate --only` for a private key.
@Suite struct KeyRotationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let made = try Tool(folder: folder.path).shell(
            "mkdir d && openssl genpkey -algorithm RSA -out d/asap.pem && openssl pkey -in d/asap.pem -pubout -out d/half.pem"
        )
        try #require(made.status == 0, "\(made.said)")
    }

    @Test(.enabled(if: Services.has("openssl"), "openssl is not installed"))
    func theReceiptShowsThePublicHalfAndNothingElse() throws {
        let before = String(decoding: try folder.read("d/asap.pem"), as: UTF8.self)
        let watch = ProcessWatch()
        let run = try Tool(folder: folder.path)("rotate", "d", "--only", "AUTOSCALER_SIDECAR_KEY_FILE")
        let seen = watch.stop()
        #expect(run.status == 0, "\(run.said)")
        let after = String(decoding: try folder.read("d/asap.pem"), as: UTF8.self)
        let half = String(decoding: try folder.read("d/half.pem"), as: UTF8.self)
        #expect(after != before)
        for line in half.split(separator: "\n") { #expect(run.text.contains(line), "the public half is shown whole") }
        // A line of a key is as good as the key: none is shown, and none is an argument or a variable of any process.
        for line in (before + after).split(separator: "\n") where !line.hasPrefix("-----") {
            #expect(!run.text.contains(line) && !run.said.contains(line))
            #expect(!seen.contains { $0.contains(line) })
        }
        #expect(seen.contains { $0.contains("openssl genpkey") })
        #expect(try Tool(folder: folder.path)("rotate", "d", "--rollback").status == 0)
        #expect(String(decoding: try folder.read("d/asap.pem"), as: UTF8.self) == before)
    }

    @Test(.enabled(if: Services.has("openssl"), "openssl is not installed"))
    func withoutOpenSSLItIsRefusedWithASentence() throws {
        let before = try folder.read("d/asap.pem")
        let run = try Tool(folder: folder.path, environment: ["PATH": "/nowhere"])(
            "rotate",
            "d",
            "--only",
            "AUTOSCALER_SIDECAR_KEY_FILE"
        )
        #expect(
            run.status == 2 && run.said.contains("are made with openssl, which is not installed"),
            "\(run.said)"
        )
        #expect(try folder.read("d/asap.pem") == before)
    }
}
