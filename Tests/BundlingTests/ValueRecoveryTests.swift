@testable import Bundling
import Archive
import Detecting
import Documents
import Sanitizing
import Sodium
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Values are found again in the deployment that was made from a bundle.
@Suite struct ValueRecoveryTests {
    /// A bundle with one file, in which stand-ins have places.
    private func hydration(
        _ template: String,
        _ places: [(String, Location)],
        kind: Kind = .password
    ) throws -> Hydration {
        let parameters = places.map { name, location in
            Parameter(
                name: name,
                kind: kind,
                severity: .secret,
                summary: "a value",
                standIn: "REPLACE-\(name)",
                isRequired: true,
                generator: nil,
                origin: nil,
                places: [Parameter.Place(path: "file", location: location)]
            )
        }
        let list = ParameterFile(parameters: parameters, omissions: []).serialized()
        let members = [
            Member(path: "file", bytes: text(template)), Member(path: ParameterFile.name, bytes: list),
        ]
        return try Hydration(of: Sample.verifySigned(Sample.packed(members).tar()))
    }

    /// The span of a text in another, which has it once.
    private func span(of part: String, in whole: String) throws -> Span {
        let start = try #require(text(whole).firstRange(of: text(part))).lowerBound
        return Span(start, start + part.utf8.count)
    }

    /// Fills the template with values, and finds them in what comes of it.
    private func expectFound(
        _ values: [String: [UInt8]],
        by hydration: Hydration,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = try #require(try hydration.plan(values: values).files().first)
        let found = try hydration.values(ofDeployment: { path in path == "file" ? file.bytes : nil })
        #expect(found == values, sourceLocation: sourceLocation)
    }

    @Test func onALine() throws {
        let template = "password = REPLACE-a\nother = 1\n"
        let hydration = try hydration(template, [("a", Location(span(of: "REPLACE-a", in: template)))])
        try expectFound(["a": text("s3cret value")], by: hydration)
    }

    @Test func insideOfBase64() throws {
        let inner = "user:REPLACE-a"
        let outer = Base64.encode(text(inner))
        let template = "auth: \(outer)\nother: 1\n"
        let location = Location([
            .init(try span(of: outer, in: template), [.base64]), .init(try span(of: "REPLACE-a", in: inner)),
        ])
        try expectFound(["a": text("p:w")], by: hydration(template, [("a", location)]))
        try expectFound(["a": text("a much longer value")], by: hydration(template, [("a", location)]))
    }

    @Test func twoInsideOfOneBase64() throws {
        let inner = "name=REPLACE-a\nkey=REPLACE-b\n"
        let outer = Base64.encode(text(inner))
        let template = "config: \(outer)\n"
        let places = try ["a", "b"].map { name in
            let step = Location.Step(try span(of: "REPLACE-\(name)", in: inner))
            return (name, Location([.init(try span(of: outer, in: template), [.base64]), step]))
        }
        try expectFound(["a": text("one"), "b": text("two")], by: hydration(template, places))
    }

    @Test func overSeveralLines() throws {
        let template = "key: |\n  REPLACE-a\nother: 1\n"
        let location = try Location(span(of: "REPLACE-a", in: template))
        let value = text("-----BEGIN X-----\n  abc\n  def\n  -----END X-----")
        let hydration = try hydration(template, [("a", location)], kind: .privateKey)
        let file = text("# mine\nkey: |\n  ") + value + text("\nother: 1\nlast: 2\n")
        #expect(try hydration.values(ofDeployment: { _ in file }) == ["a": value])
        // At the end of the file.
        let atEnd = try self.hydration("key: |\n  REPLACE-a\n", [("a", location)], kind: .privateKey)
        #expect(try atEnd.values(ofDeployment: { _ in text("key: |\n  ") + value + text("\n") }) == ["a": value])
    }

    @Test func twoAnswersAreNone() throws {
        let template = "key: |\n  REPLACE-a\nother: 1\n"
        let location = try Location(span(of: "REPLACE-a", in: template))
        let hydration = try hydration(template, [("a", location)], kind: .privateKey)
        let file = text("key: |\n  one\n  two\nother: 1\nkey: |\n  three\n  four\nother: 1\n")
        #expect(try hydration.values(ofDeployment: { _ in file }).isEmpty)
    }

    /// A file of accounts, in which the stand-ins are all that tells one line from another.
    private static let accounts = "REPLACE-a:REPLACE-b\nREPLACE-c:REPLACE-d\n"

    private func accounts(kind: Kind = .password) throws -> Hydration {
        try hydration(
            Self.accounts,
            ["a", "b", "c", "d"].map { ($0, Location(try span(of: "REPLACE-\($0)", in: Self.accounts))) },
            kind: kind
        )
    }

    @Test func linesThatTellNothingAreKnownByTheirPlaceInAWholeFile() throws {
        let values = ["a": "admin", "b": "$2y$05$one", "c": "rosa", "d": "$2y$05$two"].mapValues { text($0) }
        try expectFound(values, by: accounts())
        let file = text("admin:$2y$05$one\nrosa:$2y$05$two\n")
        #expect(try accounts().values(ofDeployment: { _ in file + text("more:$2y$05$three\n") }) == values)
        // One is gone: nobody knows which.
        #expect(try accounts().values(ofDeployment: { _ in text("rosa:$2y$05$two\n") }).isEmpty)
    }

    @Test func aLineWithTwoValuesIsReadByWhatIsKnown() throws {
        let template = "REPLACE-a.REPLACE-b\nfirst = REPLACE-a\n"
        let first = try span(of: "REPLACE-a", in: template)
        let last = Span(template.utf8.count - 10, template.utf8.count - 1)
        var hydration = try hydration(
            template,
            [("a", Location(first)), ("b", Location(span(of: "REPLACE-b", in: template)))]
        )
        var parameters = hydration.parameters
        parameters[0].places.append(Parameter.Place(path: "file", location: Location(last)))
        let list = ParameterFile(parameters: parameters, omissions: []).serialized()
        hydration = try Hydration(members: [
            Member(path: "file", bytes: text(template)), Member(path: ParameterFile.name, bytes: list),
        ])
        try expectFound(["a": text("x.y"), "b": text("z")], by: hydration)
    }

    @Test func composeDoublesDollars() throws {
        let parameter = Parameter(
            name: "a",
            kind: .password,
            severity: .secret,
            summary: "",
            standIn: "REPLACE-a",
            isRequired: true,
            places: [
                Parameter.Place(path: ".env", location: Location(Span(9, 18))),
                Parameter.Place(path: "compose.yml", location: Location(Span(10, 19), [.yamlPlain])),
            ]
        )
        let hydration = try Hydration(members: [
            Member(path: ".env", bytes: text("PASSWORD=REPLACE-a\n")),
            Member(path: "compose.yml", bytes: text("PASSWORD: REPLACE-a\n")),
            Member(path: ParameterFile.name, bytes: ParameterFile(parameters: [parameter], omissions: []).serialized()),
        ])
        let files = [".env": text("PASSWORD=x$y\n"), "compose.yml": text("PASSWORD: x$$y\n")]
        #expect(try hydration.values(ofDeployment: { files[$0] }) == ["a": text("x$y")])
    }

    /// A stand-in is written in one letter case, whatever case its values have.
    @Test(arguments: [(Kind.domain, true), (.password, false)])
    func letterCaseCountsForSecretsAlone(kind: Kind, isOne: Bool) throws {
        let template = "title: REPLACE-a\nlogin: REPLACE-a\n"
        let parameter = Parameter(
            name: "a",
            kind: kind,
            severity: kind.severity,
            summary: "",
            standIn: "REPLACE-a",
            isRequired: true,
            places: [Span(7, 16), Span(24, 33)].map { Parameter.Place(path: "file", location: Location($0)) }
        )
        let hydration = try Hydration(members: [
            Member(path: "file", bytes: text(template)),
            Member(path: ParameterFile.name, bytes: ParameterFile(parameters: [parameter], omissions: []).serialized()),
        ])
        let file = text("title: Wren.test\nlogin: wren.test\n")
        if isOne {
            #expect(try hydration.values(ofDeployment: { _ in file }) == ["a": text("Wren.test")])
        } else {
            #expect(throws: BundleError(.ambiguousValue, "")) { try hydration.values(ofDeployment: { _ in file }) }
        }
    }

    @Test func aLineThatTellsNothingIsNotTaken() throws {
        let template = "= REPLACE-a\n"
        let hydration = try hydration("\n\n\n\n" + template, [("a", Location(Span(6, 15)))])
        #expect(try hydration.values(ofDeployment: { _ in text("\n= one\n= two\n") }).isEmpty)
    }
}
