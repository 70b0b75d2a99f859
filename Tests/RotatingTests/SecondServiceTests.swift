import Collecting
import Documents
import Sodium
import Testing

@testable import Rotating

/// A service that is data alone: Matrix Synapse.
@Suite struct SecondServiceTests {
    private static let registration = "p9&Vf2.registration~secret@8"
    private static let macaroon = "c5a83e5f1d08b96a47b7e2290d4c6f41"

    private let documents = [
        Document(
            path: "homeserver.yaml",
            bytes: Array(
                """
                server_name: matrix.wren.test
                database:
                  name: psycopg2
                  args:
                    user: synapse
                    password: "heron-77-kestrel-12"
                registration_shared_secret: "\(registration)"
                macaroon_secret_key: \(macaroon)
                form_secret: "\(macaroon.reversed().map(String.init).joined())"

                """.utf8
            )
        ),
        Document(
            path: ".env",
            bytes: Array("SYNAPSE_MACAROON_SECRET_KEY=\(macaroon)\nJVB_AUTH_PASSWORD=3d1f7a90c25e4b88\n".utf8)
        ),
    ]

    @Test func itsSecretsAreFoundAndReplaced() throws {
        let plan = try RotationPlan(for: documents, catalogue: .known(), random: .counting)
        #expect(
            plan.secrets.map(\.names) == [
                ["JVB_AUTH_PASSWORD"], ["SYNAPSE_REGISTRATION_SHARED_SECRET"], ["SYNAPSE_MACAROON_SECRET_KEY"],
                ["SYNAPSE_FORM_SECRET"],
            ]
        )
        #expect(plan.secrets.map(\.placeCount) == [1, 1, 2, 1])
        #expect(plan.kept.map(\.setting.name) == ["SYNAPSE_DATABASE_PASSWORD"])
        let files = try plan.editedFiles()
        for file in files {
            let text = String(decoding: file.contents, as: UTF8.self)
            #expect(!text.contains(Self.registration) && !text.contains(Self.macaroon))
        }
        let server = try #require(files.first { $0.path == "homeserver.yaml" })
        #expect(String(decoding: server.contents, as: UTF8.self).contains("password: \"heron-77-kestrel-12\""))
    }

    @Test func itsContainersAreMadeAnew() throws {
        let options = RotationOptions(only: ["SYNAPSE_MACAROON_SECRET_KEY"])
        let plan = try RotationPlan(for: documents, catalogue: .known(), options: options, random: .counting)
        let text = plan.steps.map(\.text).joined(separator: "\n")
        #expect(text.contains("in this order: synapse.") && !text.contains("Prosody"))
    }

    @Test func noTwoServicesKnowASettingByOneName() throws {
        let names = try Catalogue.known().settings.map(\.name)
        #expect(names.count == Set(names).count && names.count > 122)
    }

    @Test(arguments: [(nil, 32), (48, 48), (33, 34), (128, 128)] as [(Int?, Int)])
    func aSecretIsAsLongAsAskedFor(length: Int?, count: Int) throws {
        let options = RotationOptions(only: ["JVB_AUTH_PASSWORD"], length: length)
        let plan = try RotationPlan(for: documents, catalogue: .known(), options: options, random: .counting)
        #expect(plan.secrets.map(\.fresh.bytes.count) == [count])
    }
}
