import Detecting
import Documents
import Foundation
import TestKit
import Testing

@testable import Sanitizing

@Suite struct KeptTests {
    private static func value(
        _ text: String,
        boundary: ResidueCheck.Boundary = .domain,
        isSecret: Bool = false
    ) -> ResidueCheck.Value {
        .init(label: "x", bytes: Array(text.utf8), ignoresCase: true, boundary: boundary, isSecret: isSecret)
    }

    private static func left(
        of values: [ResidueCheck.Value],
        keeping kept: [ResidueCheck.Value],
        in text: String,
        file: String = "a",
        only paths: Set<String>? = nil
    ) -> [Int] {
        let check = ResidueCheck(values: values, kept: kept.map { .init($0, in: paths) })
        var proof = check.emptyProof
        #expect(proof.values == values.count)
        let found = check.check(path: file, contents: Array(text.utf8), proof: &proof)
        #expect(proof.left == found.count)
        return found.map(\.value)
    }

    @Test func aNameThatStaysCoversTheDomainInItInEveryForm() {
        let domain = [Self.value("murre-works.net")]
        let kept = [Self.value("registry.murre-works.net")]
        let forms: [(String) -> String] = [
            { $0 }, { $0.uppercased() }, { "eu." + $0 }, { $0.replacing(".", with: "%2e").replacing("-", with: "%2d") },
            { Data($0.utf8).base64EncodedString() }, { Data(("/" + $0).utf8).base64EncodedString() },
            { $0.utf8.map { String($0, radix: 16) }.joined() },
        ]
        for (number, form) in forms.enumerated() {
            #expect(Self.left(of: domain, keeping: [], in: form("registry.murre-works.net")) == [0], "form \(number)")
            #expect(
                Self.left(of: domain, keeping: kept, in: form("registry.murre-works.net")).isEmpty,
                "form \(number)"
            )
            #expect(Self.left(of: domain, keeping: kept, in: form("www.murre-works.net")) == [0], "form \(number)")
            let both = form("registry.murre-works.net") + "\n" + form("meet.murre-works.net")
            #expect(Self.left(of: domain, keeping: kept, in: both) == [0], "form \(number)")
        }
        #expect(Self.left(of: domain, keeping: kept, in: "registry.murre-works.network").isEmpty)
        #expect(Self.left(of: domain, keeping: kept, in: "xregistry.murre-works.net") == [0])
    }

    @Test func aSecretIsCoveredBySecretsAlone() {
        let values = [Self.value("k1ttiwake7gull", boundary: .none, isSecret: true), Self.value("murre.test")]
        let text = "k1ttiwake7gull@murre.test"
        #expect(Self.left(of: values, keeping: [Self.value(text)], in: text) == [0])
        #expect(Self.left(of: values, keeping: [Self.value(text, isSecret: true)], in: text).isEmpty)
    }

    @Test func whatStaysInSomeFilesStaysThere() {
        let values = [Self.value("murre.test"), Self.value("auk.test")]
        let kept = [Self.value("bo@murre.test")]
        let text = "bo@murre.test auk.test"
        #expect(Self.left(of: values, keeping: kept, in: text, file: "docs/a", only: ["docs/a"]) == [1])
        #expect(Self.left(of: values, keeping: kept, in: text, file: "a", only: ["docs/a"]) == [0, 1])
    }

    // MARK: - parameters.json

    private static let digest = ValueDigest.digest(of: [1], kind: .password)
    private static let kept: [ParameterFile.Kept] = [
        .value(.token, digest: digest), .domain("b.test"), .value(.password, digest: digest), .domain("a.test"),
    ]

    @Test func whatIsKeptIsWrittenInOrderAndReadAgain() throws {
        let file = ParameterFile(parameters: [], omissions: [], kept: Self.kept)
        #expect(file.kept == [Self.kept[3], Self.kept[1], Self.kept[2], Self.kept[0]])
        #expect(try ParameterFile(parsing: file.serialized()) == file)
        let without = ParameterFile(parameters: [], omissions: [])
        #expect(!String(decoding: without.serialized(), as: UTF8.self).contains("kept"))
        #expect(try ParameterFile(parsing: without.serialized()).kept.isEmpty)
    }

    @Test func theSchemaKnowsWhatIsKept() throws {
        let path = "\(Repository.root)/docs/formats/parameters.schema.json"
        let schema = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))))
        let file = try JSONValue(parsing: ParameterFile(parameters: [], omissions: [], kept: Self.kept).serialized())
        #expect(file.names == schema["properties"]?.names)
        #expect(schema["required"]?.strings == file.names?.filter { $0 != "kept" })
        let forms = try #require(schema["properties"]?["kept"]?["items"]?["oneOf"]).array(of: "forms")
        let entries = try #require(file["kept"]).array(of: "entries")
        #expect(Set(entries.compactMap(\.names)) == Set(forms.compactMap { $0["required"]?.strings }))
    }

    @Test(
        arguments: [
            "[]", "{}", "[\"a.test\"]", "[{}]", "[{\"domain\": \"com\"}]", "[{\"domain\": \"github.io\"}]",
            "[{\"domain\": \"A.test\"}]", "[{\"domain\": \"test\"}]",
            "[{\"domain\": \"a.test\", \"kind\": \"domain\"}]",
            "[{\"domain\": \"a.test\"}, {\"domain\": \"a.test\"}]", "[{\"kind\": \"password\"}]",
            "[{\"kind\": \"password\", \"digest\": \"1234\"}]", "[{\"kind\": \"bird\", \"digest\": \"\(digest)\"}]",
            "[{\"kind\": \"password\", \"digest\": \"\(digest)\", \"value\": \"x\"}]",
        ]
    )
    func whatIsNoListOfKeptValuesIsRefused(list: String) {
        let text = "{\"schema\": 1, \"parameters\": [], \"omitted\": [], \"kept\": \(list)}"
        #expect(throws: DocumentError.self) { try ParameterFile(parsing: Array(text.utf8)) }
    }
}

extension JSONValue {
    /// The names of an object's members, in their order; nil where it is none.
    fileprivate var names: [String]? {
        guard case .object(let members) = self else { return nil }
        return members.map(\.name)
    }

    /// The strings of an array; nil where it is none.
    fileprivate var strings: [String]? {
        guard case .array(let elements) = self else { return nil }
        return elements.compactMap {
            guard case .string(let string) = $0 else { return nil }
            return string
        }
    }

    /// A member of an object.
    fileprivate subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}
