import Collecting
import Documents
import Foundation
import Sodium
import TestKit
import Testing

@testable import Rotating

/// Key pairs: the private half gets a fresh value, and the public half follows it.
@Suite struct KeyRotationTests {
    private static let programs = Programs(environment: ["PATH": "/usr/bin:/bin"], pace: .unhurried)

    private func plan(
        _ files: [String: String],
        only names: Set<String>,
        programs: Programs? = KeyRotationTests.programs
    ) throws -> (plan: RotationPlan, after: [String: String]) {
        let documents = files.map { Document(path: $0.key, bytes: Array($0.value.utf8)) }
        let plan = try RotationPlan(
            for: documents,
            catalogue: .known(),
            options: RotationOptions(only: names),
            random: .system,
            programs: programs
        )
        var after = files
        for file in try plan.editedFiles() { after[file.path] = String(decoding: file.contents, as: UTF8.self) }
        return (plan, after)
    }

    // MARK: - Curve 25519

    @Test func aKeyOfWireGuardChangesWithItsPublicHalfAtThePeers() throws {
        let scalar = RandomSource.system.secret(32)
        let old = Base64.encode(scalar.exposed())
        let oldHalf = Base64.encode(X25519.publicPoint(of: scalar))
        let (plan, after) = try plan(
            [
                "wg0.conf": "[Interface]\nPrivateKey = \(old)\nAddress = 192.0.2.1/24\n\n[Peer]\nPublicKey = AAAA\n",
                "peer/wg0.conf": "[Peer]\nPublicKey = \(oldHalf)\nEndpoint = vpn.example.com:51820\n",
            ],
            only: ["WIREGUARD_PRIVATE_KEY"]
        )
        let secret = try #require(plan.secrets.first)
        let fresh = String(decoding: secret.fresh.bytes, as: UTF8.self)
        let half = try #require(secret.publicHalf)
        let point = X25519.publicPoint(of: SecretBytes(copying: try Base64.decode(Array(fresh.utf8))))
        #expect(Base64.encode(point) == half && half != oldHalf && fresh != old)
        #expect(
            after["wg0.conf"]
                == "[Interface]\nPrivateKey = \(fresh)\nAddress = 192.0.2.1/24\n\n[Peer]\nPublicKey = AAAA\n"
        )
        #expect(secret.places.map(\.path) == ["peer/wg0.conf", "wg0.conf"])
        #expect(after["peer/wg0.conf"]?.contains("PublicKey = \(half)\n") == true)
        #expect(Receipt(of: plan, warnings: [], generation: 1, time: "").description.contains(half))
        let bytes = try Base64.decode(secret.fresh.bytes)
        #expect(bytes[0] & 7 == 0 && bytes[31] & 0xC0 == 0x40, "a scalar as RFC 7748 has it")
    }

    @Test func aSigningKeyOfSynapseGetsANewName() throws {
        let seed = RandomSource.system.secret(32)
        let old = Base64.encode(seed.exposed(), as: .standardUnpadded)
        let (plan, after) = try plan(
            ["wren.test.signing.key": "ed25519 a_Kestrel \(old)\n"],
            only: ["SYNAPSE_SIGNING_KEY"]
        )
        let words = try #require(after["wren.test.signing.key"]).split(separator: " ")
        #expect(words.count == 3 && words[0] == "ed25519" && words[1].hasPrefix("a_") && words[1] != "a_Kestrel")
        let fresh = try Base64.decode(Array(words[2].utf8.dropLast()), as: .standardUnpadded)
        let half = try SigningKey(seed: SecretBytes(copying: fresh)).verificationKey.bytes
        #expect(plan.secrets.first?.publicHalf == Base64.encode(half, as: .standardUnpadded))
    }

    // MARK: - RSA

    private static let hasOpenSSL = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    private func openssl(_ arguments: [String], _ input: String = "") throws -> String {
        let answer = try Self.programs.run(
            ["openssl"] + arguments,
            sending: SecretBytes(copying: Array(input.utf8)),
            within: .seconds(60)
        )
        try #require(answer.status == 0, "\(answer.lastError)")
        return answer.text
    }

    @Test(.enabled(if: hasOpenSSL, "openssl is not installed"), arguments: [false, true])
    func anRSAKeyChangesWithItsPublicHalf(isTraditional: Bool) throws {
        var old = try openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        if isTraditional { old = try openssl(["pkey", "-traditional"], old) }
        let oldHalf = try openssl(["pkey", "-pubout"], old)
        let oldBody = oldHalf.split(separator: "\n").dropFirst().dropLast().joined()
        let (plan, after) = try plan(
            [
                ".env": "JIGASI_VISITORS_QUEUE_SERVICE_PRIVATE_KEY_PATH=/config/queue.key\n",
                "jigasi/queue.key": old,
                "queue/keys/jigasi.pem": oldHalf,
                "queue/keys.json": "{\"jigasi\": \"\(oldBody)\"}\n",
            ],
            only: ["JIGASI_VISITORS_QUEUE_SERVICE_PRIVATE_KEY_PATH"]
        )
        let fresh = try #require(after["jigasi/queue.key"])
        #expect(fresh != old && fresh.hasPrefix(isTraditional ? "-----BEGIN RSA PRIVATE" : "-----BEGIN PRIVATE"))
        #expect(try openssl(["pkey", "-text", "-noout"], fresh).contains("2048 bit"))
        let half = try openssl(["pkey", "-pubout"], fresh)
        #expect(after["queue/keys/jigasi.pem"] == half)
        #expect(plan.secrets.first?.publicHalf == half.trimmingCharacters(in: .newlines))
        let body = half.split(separator: "\n").dropFirst().dropLast().joined()
        #expect(after["queue/keys.json"] == "{\"jigasi\": \"\(body)\"}\n")
        #expect(after[".env"]?.contains("/config/queue.key") == true, "the path stays")
        #expect(!plan.description.contains("PRIVATE KEY-----"))
    }

    @Test(.enabled(if: hasOpenSSL, "openssl is not installed"))
    func aKeyInOneLineStaysInOneLine() throws {
        let old = try openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
            .split(separator: "\n").dropFirst().dropLast().joined()
        let (plan, after) = try plan(
            ["jigasi/sip-communicator.properties": "org.jitsi.jigasi.transcription.whisper.private_key=\(old)\n"],
            only: ["JIGASI_TRANSCRIBER_WHISPER_PRIVATE_KEY"]
        )
        let line = try #require(after["jigasi/sip-communicator.properties"])
        let fresh = line.split(separator: "=", maxSplits: 1)[1].trimmingCharacters(in: .newlines)
        #expect(fresh != old && !fresh.contains(" ") && line.split(separator: "\n").count == 1)
        let pem = PEMBlock.wrapped(SecretBytes(copying: Array(fresh.utf8)), as: .privateKey)
        let half = try openssl(["pkey", "-pubout"], String(decoding: pem.exposed(), as: UTF8.self))
        #expect(plan.secrets.first?.publicHalf == half.trimmingCharacters(in: .newlines))
    }

    // MARK: - Refusals

    @Test func withoutProgramsAnRSAKeyIsRefusedWithASentence() throws {
        let files = ["asap.pem": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
        let error = #expect(throws: RotationError.self) {
            try plan(files, only: ["AUTOSCALER_SIDECAR_KEY_FILE"], programs: nil)
        }
        #expect(error?.code == .noProgram && error?.place == "AUTOSCALER_SIDECAR_KEY_FILE")
        #expect(error?.message.contains("openssl") == true)
    }

    @Test(arguments: [
        ("wg0.conf", "[Interface]\nPrivateKey = hush-hush-hush-hush\n", "WIREGUARD_PRIVATE_KEY"),
        ("a.signing.key", "ed25519 a_b hush\n", "SYNAPSE_SIGNING_KEY"),
        ("asap.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "AUTOSCALER_SIDECAR_KEY_FILE"),
    ])
    func whatIsNoKeyIsRefused(path: String, text: String, name: String) throws {
        let error = #expect(throws: RotationError.self) { try plan([path: text], only: [name]) }
        #expect(error?.code == .unreadableKey && error?.message.contains("hush") == false)
    }

    /// The other side must learn of it, so it is not done unasked.
    @Test func aKeyStaysUnlessItIsNamed() throws {
        let documents = [
            Document(
                path: "wg0.conf",
                bytes: Array("[Interface]\nPrivateKey = \(Base64.encode(RandomSource.system.bytes(32)))\n".utf8)
            )
        ]
        let plan = try RotationPlan(for: documents, catalogue: .known(), random: .system)
        #expect(plan.isEmpty && plan.kept.map(\.setting.name) == ["WIREGUARD_PRIVATE_KEY"])
    }

    /// A plan that is only shown starts nothing that takes minutes, and says the same as the one that is written.
    @Test(.enabled(if: hasOpenSSL, "openssl is not installed")) func aPreviewMakesNoKey() throws {
        let maker = KeyPairMaker(random: .system, programs: Self.programs)
        let pair = try maker.fresh(.rsa(bits: 2048), like: Array("-----BEGIN PRIVATE KEY-----".utf8))
        let old = pair.privateKey.exposed()
        let documents = [Document(path: "asap.pem", bytes: old + Array("\n".utf8))]
        let options = RotationOptions(only: ["AUTOSCALER_SIDECAR_KEY_FILE"])
        func plan(isPreview: Bool) throws -> RotationPlan {
            try RotationPlan(
                for: documents,
                catalogue: .known(),
                options: options,
                random: .system,
                programs: Self.programs,
                isPreview: isPreview
            )
        }
        let preview = try plan(isPreview: true)
        #expect(try preview.description == plan(isPreview: false).description)
        let contents = try #require(try preview.editedFiles().first?.contents)
        #expect(contents.count == old.count + 1 && contents != documents[0].bytes)
        #expect(throws: (any Error).self) { _ = try maker.pair(.rsa(bits: 2048), of: SecretBytes(copying: contents)) }
    }
}

extension Pace {
    /// The time of the machine.
    fileprivate static let unhurried = Pace(
        now: { .nanoseconds(Int64(DispatchTime.now().uptimeNanoseconds)) },
        wait: { usleep(UInt32($0.components.seconds * 1_000_000 + $0.components.attoseconds / 1_000_000_000_000)) }
    )
}
