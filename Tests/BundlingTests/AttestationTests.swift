import Archive
import Bundling
import Documents
import Foundation
import Sodium
import TestKit
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct AttestationTests {
    private static let members =
        Sample.members + [
            Member(
                path: "docker-compose.yml",
                bytes: text(
                    """
                    services:
                      web:
                        image: jitsi/web:${JITSI_IMAGE_VERSION:-unstable}
                      jvb:
                        image: "ghcr.io/jitsi/jvb:stable@sha256:\(String(repeating: "ab", count: 32))"
                      etherpad:
                        image: registry.test:5000/etherpad
                      odd:
                        image: ${NOWHERE}

                    """
                )
            ),
            Member(path: ".env", bytes: text("JITSI_IMAGE_VERSION=stable-9823\n")),
        ]

    /// What is attested about the sample: the two statements, and the two lists.
    private func notes() throws -> (statements: [[UInt8]], lists: [[UInt8]]) {
        let packed = try Sample.packed(Self.members)
        let archive = try packed.signed(as: "demo-1.0.tar.gz", by: FixedKey.secretKey()).archive
        let provenance = Provenance(manifest: packed.manifest, archive: archive, toolVersion: "0.1.0")
        let cleanliness = Provenance.Cleanliness(
            ruleCount: 300,
            findingCount: 0,
            parameterCounts: [("secret", 4)],
            omittedCount: 1
        )
        let materials = try BillOfMaterials(of: packed, archive: archive, toolVersion: "0.1.0")
        return (
            [provenance.buildStatement(), provenance.cleanlinessStatement(cleanliness)],
            [materials.cycloneDX(), materials.spdx()]
        )
    }

    @Test func whatIsSignedIsTheEncodingOfTheSpecification() {
        // The example of the specification, with our type.
        let attestation = Attestation(payload: text("hello world"))
        #expect(attestation.signedBytes == text("DSSEv1 28 application/vnd.in-toto+json 11 hello world"))
    }

    @Test func isReadAsItIsWritten() throws {
        let key = try FixedKey.secretKey()
        var attestation = Attestation(payload: text("{}"))
        attestation.signatures = [Attestation.Signature(attestation.signedBytes, by: key)]
        let bytes = attestation.serialized()
        #expect(try Attestation(parsing: bytes) == attestation)
        let keyring = Keyring([key.publicKey])
        #expect(try attestation.signers(in: keyring, at: nil).count == 1)
        let json = String(decoding: bytes, as: UTF8.self)
        let urlSafe = json.replacing("+", with: "-").replacing("in-toto-json", with: "in-toto+json")
        #expect(try Attestation(parsing: text(urlSafe)).payload == attestation.payload)
        var changed = Attestation(payload: text("{ }"))
        changed.signatures = attestation.signatures
        #expect(throws: BundleError(.badSignature, "")) { try changed.signers(in: keyring, at: nil) }
        #expect(throws: BundleError(.unknownSigner, "")) {
            try attestation.signers(in: Keyring([FixedKey.strangersKey().publicKey]), at: nil)
        }
        #expect(throws: BundleError(.unknownSigner, "")) {
            try Attestation(payload: text("{}")).signers(in: keyring, at: nil)
        }
    }

    @Test func whatIsNoEnvelopeIsRefused() {
        let bad = [
            "", "{}", "[]", "{\"payload\":\"\",\"payloadType\":\"text/plain\",\"signatures\":[]}",
            "{\"payload\":\"*\",\"payloadType\":\"\(Attestation.payloadType)\",\"signatures\":[]}",
            "{\"payload\":\"\",\"payloadType\":\"\(Attestation.payloadType)\",\"signatures\":[{}]}",
            "{\"payload\":\"\",\"payloadType\":\"\(Attestation.payloadType)\",\"signatures\":[],\"more\":1}",
        ]
        for bad in bad {
            #expect(throws: BundleError(.malformedAttestation, "")) { try Attestation(parsing: text(bad)) }
        }
    }

    @Test func namesTheImages() throws {
        let lists = try notes().lists.map { String(decoding: $0, as: UTF8.self) }
        for list in lists {
            #expect(list.contains("pkg:docker/jitsi/web@stable-9823"))
            #expect(list.contains("pkg:docker/jitsi/jvb@sha256%3Aabab"))
            #expect(list.contains("pkg:docker/etherpad?repository_url=registry.test%3A5000"))
            #expect(list.contains("\"\(String(repeating: "ab", count: 32))\""))
            #expect(!list.contains("NOWHERE"))
        }
    }

    @Test func isTheSameEachTime() throws {
        let (first, second) = try (notes(), notes())
        #expect(first.statements == second.statements)
        #expect(first.lists == second.lists)
    }

    // MARK: - What others make of it

    private static let python = ProcessInfo.processInfo.environment["SCRUBJAY_PYTHON"] ?? "python3"

    private static func has(_ modules: String) -> Bool {
        guard let folder = try? ScratchFolder() else { return false }
        return (try? folder.run([python, "-c", "import \(modules)"]).status) == 0
    }

    @Test(.enabled(if: has("securesystemslib.dsse, securesystemslib.signer"), "securesystemslib is not installed"))
    func securesystemslibVerifiesIt() throws {
        let folder = try ScratchFolder()
        let key = try FixedKey.secretKey()
        var attestation = Attestation(payload: try notes().statements[0])
        attestation.signatures = [Attestation.Signature(attestation.signedBytes, by: key)]
        try folder.write(attestation.serialized(), to: "a.json")
        let program = """
            import json, sys
            from securesystemslib.dsse import Envelope
            from securesystemslib.signer import SSlibKey
            envelope = Envelope.from_dict(json.load(open("a.json")))
            key = SSlibKey(sys.argv[1], "ed25519", "ed25519", {"public": sys.argv[2]})
            assert envelope.payload_type == "application/vnd.in-toto+json"
            accepted = envelope.verify([key], 1)
            assert list(accepted) == [sys.argv[1]], accepted
            envelope.payload += b" "
            try:
                envelope.verify([key], 1)
            except Exception:
                print("verified")
            """
        let point = Hex.encode(key.publicKey.verificationKey.bytes)
        let run = try folder.run([Self.python, "-c", program, key.publicKey.id.description, point])
        #expect(run.output == "verified\n", "\(run.output)")
    }

    @Test(.enabled(if: has("securesystemslib.dsse, cryptography"), "securesystemslib is not installed"))
    func whatSecuresystemslibSignsIsTaken() throws {
        let folder = try ScratchFolder()
        let statement = try notes().statements[0]
        try folder.write(statement, to: "s.json")
        let program = """
            import json, sys
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
            from securesystemslib.dsse import Envelope
            from securesystemslib.signer import CryptoSigner, SSlibKey
            private = Ed25519PrivateKey.from_private_bytes(bytes(range(0x20, 0x40)))
            public = private.public_key().public_bytes_raw().hex()
            key = SSlibKey(sys.argv[1], "ed25519", "ed25519", {"public": public})
            envelope = Envelope(open("s.json", "rb").read(), "application/vnd.in-toto+json", {})
            envelope.sign(CryptoSigner(private, key))
            json.dump(envelope.to_dict(), open("e.json", "w"), indent=1)
            """
        let key = try FixedKey.secretKey().publicKey
        let run = try folder.run([Self.python, "-c", program, key.id.description])
        #expect(run.status == 0, "\(run.output)")
        let attestation = try Attestation(parsing: try folder.read("e.json"))
        #expect(attestation.payload == statement)
        #expect(try attestation.signers(in: Keyring([key]), at: nil).map(\.key) == [.minisign(key)])
        #expect(throws: BundleError(.unknownSigner, "")) {
            try attestation.signers(in: Keyring([try FixedKey.strangersKey().publicKey]), at: nil)
        }
    }

    @Test(
        .enabled(
            if: has("in_toto_attestation.v1.statement, google.protobuf.json_format"),
            "in-toto-attestation is not installed"
        )
    )
    func inTotoTakesTheStatements() throws {
        let folder = try ScratchFolder()
        let program = """
            import json, sys
            from google.protobuf import json_format
            from in_toto_attestation.v1 import statement_pb2
            from in_toto_attestation.v1.statement import Statement
            from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
            value = json.load(open("s.json"))
            message = json_format.ParseDict(value, statement_pb2.Statement())
            Statement.copy_from_pb(message).validate()
            if value["predicateType"] == "https://slsa.dev/provenance/v1":
                predicate = json_format.ParseDict(value["predicate"], provenance_pb2.Provenance())
                assert predicate.build_definition.build_type and predicate.run_details.builder.id
            print("valid")
            """
        for statement in try notes().statements {
            try folder.write(statement, to: "s.json")
            let run = try folder.run([Self.python, "-c", program])
            #expect(run.output == "valid\n", "\(run.output)")
        }
    }

    @Test(.enabled(if: has("cyclonedx.validation.json, jsonschema"), "cyclonedx-python-lib is not installed"))
    func cycloneDXTakesTheList() throws {
        let folder = try ScratchFolder()
        try folder.write(try notes().lists[0], to: "a.cdx.json")
        let program = """
            import json
            from cyclonedx.schema import SchemaVersion
            from cyclonedx.validation.json import JsonStrictValidator
            from cyclonedx.model.bom import Bom
            text = open("a.cdx.json").read()
            error = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
            assert error is None, error
            bom = Bom.from_json(json.loads(text))
            print(len(bom.components), bom.metadata.component.name)
            """
        let run = try folder.run([Self.python, "-c", program])
        #expect(run.output == "3 demo\n", "\(run.output)")
    }

    @Test(.enabled(if: has("spdx_tools.spdx"), "spdx-tools is not installed"))
    func spdxToolsTakeTheList() throws {
        let folder = try ScratchFolder()
        try folder.write(try notes().lists[1], to: "a.spdx.json")
        let program = """
            from spdx_tools.spdx.parser.parse_anything import parse_file
            from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
            document = parse_file("a.spdx.json")
            messages = validate_full_spdx_document(document)
            assert not messages, messages
            print(len(document.packages))
            """
        let run = try folder.run([Self.python, "-c", program])
        #expect(run.output == "4\n", "\(run.output)")
    }
}
