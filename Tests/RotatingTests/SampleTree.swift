import Collecting
import Detecting
import Documents
import Foundation
import Sodium

@testable import Rotating

/// An invented deployment in memory, whose every secret can be told from all others.
struct SampleTree {
    static let jicofo = "3d1f7a90c25e4b8896aa01df73c4e512"
    static let jvb = "b7e2290d4c6f41c5a83e5f1d08b96a47"
    static let jigasi = "e09c3b5d7721489fa6d4c8b0f15e2a36"
    static let turn = "5c8e1fa27b3d4096be14d9a0c7f26b83"
    static let jwt = "f4a90b6de1375c82aa01be94d2c6738059ef1ab46d0c9e73b852f7d1064acb3e"
    static let ldap = "Kestrel & 7 herons"
    static let sentry = "https://9a1d3e5b7c2f4860a1b3c5d7e9f01234@sentry.example/7"

    /// All values that no output may show.
    static let secrets = [jicofo, jvb, jigasi, turn, jwt, ldap, sentry]

    var files: [String: String]

    /// One value in a dotenv file, a compose literal, a template, HOCON, JSON that holds YAML, and base64.
    static let standard = SampleTree(files: [
        ".env": """
        # made by hand
        JITSI_IMAGE_VERSION=stable-11031
        XMPP_AUTH_DOMAIN=auth.meet.test
        JICOFO_AUTH_PASSWORD=\(jicofo)
        JVB_AUTH_PASSWORD="\(jvb)"
        JIGASI_XMPP_PASSWORD=\(jigasi)
        JIBRI_XMPP_PASSWORD=
        TURN_CREDENTIALS='\(turn)'
        JWT_APP_SECRET=\(jwt)
        LDAP_BINDPW="\(ldap)"
        JVB_SENTRY_DSN=\(sentry)

        """,
        "docker-compose.override.yml": """
        services:
          jvb:
            environment:
              - JVB_AUTH_PASSWORD=\(jvb)
          prosody:
            environment:
              JVB_AUTH_PASSWORD: ${JVB_AUTH_PASSWORD}
              JICOFO_AUTH_PASSWORD: "\(jicofo)"

        """,
        "template/deployment.yaml": """
        resources:
        - name: jitsi
          properties:
            jvb_password: \(jvb)
            jicofo_password: \(jicofo)

        """,
        "cfg/jvb.conf": """
        videobridge { apis { xmpp-client { configs {
            shard0 {
                USERNAME = "jvb"
                PASSWORD = "\(jvb)"
            }
        } } } }

        """,
        "cfg/jigasi.properties": """
        net.java.sip.communicator.impl.protocol.jabber.acc-0.PASSWORD=\(base64(jigasi))
        org.jitsi.jigasi.xmpp.acc.PASS=\(jigasi)

        """,
        "cfg/prosody.cfg.lua": """
        external_service_secret = "\(turn)";
        VirtualHost "meet.test"
            app_secret = "\(jwt)"

        """,
        "cfg/turnserver.conf": "use-auth-secret\nstatic-auth-secret=\(turn)\n",
        "gcloud/instance.json": """
        {"metadata": {"items": [{"key": "gce-container-declaration",
          "value": "spec:\\n  containers:\\n  - env:\\n    - name: JVB_AUTH_PASSWORD\\n      value: \(jvb)\\n"}]}}

        """,
        "NOTES.md": "The bridge has \(jvb) for a password.\n",
        "env.example": "JVB_AUTH_PASSWORD=changeme\nJICOFO_AUTH_PASSWORD=\n",
        ".env.bak": "JVB_AUTH_PASSWORD=00b1c2d3e4f5061728394a5b6c7d8e9f\n",
        ".bash_history": "export JVB_AUTH_PASSWORD=\(jvb)\n",
        "cfg/data/auth%2emeet%2etest/accounts/jvb.dat": "return {\n\t[\"stored_key\"] = \"00\";\n};\n",
        "cfg/data/auth%2emeet%2etest/accounts/focus.dat": "return {\n\t[\"stored_key\"] = \"00\";\n};\n",
    ])

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The tree with one file more or changed.
    func with(_ path: String, _ text: String) -> SampleTree {
        var tree = self
        tree.files[path] = text
        return tree
    }

    func documents() -> [Document] {
        files.sorted { $0.key < $1.key }.map { path, text in
            Document(path: path, bytes: Array(text.utf8), format: nil)
        }
    }

    func plan(_ options: RotationOptions = RotationOptions()) throws -> RotationPlan {
        try RotationPlan(for: documents(), catalogue: .jitsi(), options: options, random: .counting)
    }

    /// The tree as it would be after a plan.
    func applying(_ plan: RotationPlan) throws -> SampleTree {
        var tree = self
        for file in try plan.editedFiles() { tree.files[file.path] = String(decoding: file.contents, as: UTF8.self) }
        return tree
    }

    /// The tree with each old value replaced by its fresh one as text, base64 included, in the files that change.
    func replacing(_ plan: RotationPlan) -> SampleTree {
        var tree = self
        for path in files.keys where StrayCopy(path: path) == nil {
            for secret in plan.secrets {
                let old = String(decoding: secret.old[0].bytes, as: UTF8.self)
                let fresh = String(decoding: secret.fresh.bytes, as: UTF8.self)
                tree.files[path] = tree.files[path]?.replacingOccurrences(of: old, with: fresh)
                    .replacingOccurrences(of: Self.base64(old), with: Self.base64(fresh))
            }
        }
        return tree
    }
}

extension RandomSource {
    /// Bytes that all differ from run to run of this source, and are the same in every test.
    static var counting: RandomSource {
        let counter = Counter()
        return RandomSource { span in
            for offset in 0..<span.byteCount {
                span.storeBytes(of: counter.next(), toByteOffset: offset, as: UInt8.self)
            }
        }
    }

    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var state: UInt64 = 1

        func next() -> UInt8 {
            lock.withLock {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
        }
    }
}
