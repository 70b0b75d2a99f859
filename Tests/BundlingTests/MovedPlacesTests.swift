@testable import Bundling
import Archive
import Detecting
import Documents
import Sanitizing
import Sodium
import Testing

/// A sanitized tree that was edited after its places were taken down.
@Suite struct MovedPlacesTests {
    private static let file =
        "# Jitsi\nHOST=meet.example.org\nPASSWORD=\"REPLACE-password\"\nURL=https://meet.example.org\n"

    /// The list of parameters of a file, with the places that its documents give.
    private func list(of text: String, at path: String = ".env") throws -> ParameterFile {
        let standIns = [("host", Kind.domain, "meet.example.org"), ("password", .password, "REPLACE-password")]
        let layers = Document(path: path, bytes: Array(text.utf8)).layers
        let parameters = standIns.map { name, kind, standIn in
            let places = layers.flatMap { layer in
                layer.text.ranges(of: Array(standIn.utf8)).map {
                    Parameter.Place(path: path, location: layer.location(of: Span($0.lowerBound, $0.upperBound)))
                }
            }
            return Parameter(
                name: name,
                kind: kind,
                severity: kind.severity,
                summary: "a value",
                standIn: standIn,
                isRequired: true,
                places: places
            )
        }
        return ParameterFile(parameters: parameters, omissions: [])
    }

    /// The list that follows an edit of the file.
    private func following(_ text: String, to edited: String, at path: String = ".env") throws -> ParameterFile {
        try MovedPlaces.following(list(of: text, at: path)) { $0 == path ? Array(edited.utf8) : nil }
    }

    @Test func nothingMoves() throws {
        #expect(try following(Self.file, to: Self.file) == list(of: Self.file))
        // Behind the last of them.
        #expect(try following(Self.file, to: Self.file + "# ours\n") == list(of: Self.file))
    }

    @Test(arguments: [
        "# our note\n" + file,
        file.replacing("PASSWORD", with: "# two\n# lines\nPASSWORD"),
        file.replacing("# Jitsi\n", with: ""),
        "URL=https://meet.example.org\nPASSWORD=\"REPLACE-password\"\nHOST=meet.example.org\n",
    ])
    func placesAreFoundAgain(edited: String) throws {
        let moved = try following(Self.file, to: edited)
        #expect(try moved == list(of: edited))
        let members = [
            Member(path: ".env", bytes: Array(edited.utf8)),
            Member(path: ParameterFile.name, bytes: moved.serialized()),
        ]
        let values = ["host": Array("finch.test".utf8), "password": Array("s3cret \"word\"".utf8)]
        let filled = try Hydration(members: members).plan(values: values).files()
        let text = edited.replacing("meet.example.org", with: "finch.test")
            .replacing("REPLACE-password", with: #"s3cret \"word\""#)
        #expect(filled.map { String(decoding: $0.bytes, as: UTF8.self) } == [text])
    }

    @Test func insideOfBase64() throws {
        let inner = Base64.encode(Array("user: admin\npassword: REPLACE-password\nhost: meet.example.org\n".utf8))
        let text = "data:\n  config: \(inner)\n"
        let edited = "# our note\n" + text
        let moved = try following(text, to: edited, at: "secret.yaml")
        #expect(
            try moved.parameters.map(\.places.count) == list(of: text, at: "secret.yaml").parameters.map(\.places.count)
        )
        #expect(try moved == list(of: edited, at: "secret.yaml"))
        #expect(moved.parameters.contains { $0.places.contains { ($0.location?.steps.count ?? 0) > 1 } })
    }

    /// What could be meant in two ways, or is gone, is not guessed.
    @Test(arguments: [
        "# meet.example.org is ours\n" + file,
        "# note\n" + file.replacing("HOST=meet.example.org\n", with: ""),
        "# note\n" + file.replacing("\"REPLACE-password\"", with: "REPLACE-password"),
        "# note\n" + file.replacing("REPLACE-password", with: "REPLACE"),
    ])
    func doubtIsRefused(edited: String) throws {
        let error = #expect(throws: BundleError(.misplacedStandIn, "")) { try following(Self.file, to: edited) }
        #expect(error?.place == ".env")
        #expect(throws: BundleError(.misplacedStandIn, "")) {
            try MovedPlaces.following(list(of: Self.file)) { _ in nil }
        }
    }
}
