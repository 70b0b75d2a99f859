@testable import Bundling
import Archive
import Detecting
import Documents
import Sanitizing
import Sodium
import TestKit
import Testing

@Suite struct DeploymentDifferenceTests {
    /// A bundle of three files with one password, one domain and one key.
    private struct Sample {
        var members: [Member] = []
        var parameters: [Parameter] = []
        var omissions: [ParameterFile.Omission] = []

        /// Adds a file in which `«NAME»` stands for the stand-in of a parameter.
        mutating func add(_ path: String, _ text: String, encodings: [Encoding] = []) {
            var bytes: [UInt8] = []
            for (index, part) in text.split(separator: "«", omittingEmptySubsequences: false).enumerated() {
                let pieces = part.split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
                guard index > 0, pieces.count == 2 else {
                    bytes += part.utf8
                    continue
                }
                let name = String(pieces[0])
                let standIn = Array("REPLACE-\(name)".utf8)
                place(name, in: path, [Location.Step(Span(bytes.count, bytes.count + standIn.count), encodings)])
                bytes += standIn + pieces[1].utf8
            }
            members.append(Member(path: path, bytes: bytes))
        }

        mutating func place(_ name: String, in path: String, _ steps: [Location.Step]) {
            if !parameters.contains(where: { $0.name == name }) {
                let isKey = name == "key"
                parameters.append(
                    Parameter(
                        name: name,
                        kind: isKey ? .privateKey : .password,
                        severity: .secret,
                        summary: "",
                        standIn: "REPLACE-\(name)",
                        isRequired: true
                    )
                )
            }
            for index in parameters.indices where parameters[index].name == name {
                parameters[index].places.append(Parameter.Place(path: path, location: Location(steps)))
            }
        }

        func difference(from files: [String: String]) throws -> DeploymentDifference {
            let list = ParameterFile(parameters: parameters, omissions: omissions)
            let all = members + [Member(path: ParameterFile.name, bytes: list.serialized())]
            let manifest = try Manifest(
                bundleName: "meet",
                version: "1",
                released: 0,
                files: all.map { member in
                    Manifest.File(
                        path: member.path,
                        isExecutable: false,
                        size: member.bytes.count,
                        sha256: SHA256.hash(member.bytes)
                    )
                }
            )
            let hydration = try Hydration(members: all)
            return try DeploymentDifference(
                from: hydration,
                manifest,
                to: .init(paths: Array(files.keys)) { Array((files[$0] ?? "").utf8) }
            )
        }
    }

    @Test func anyValueMayStandInAPlaceTheSameInAllOfThem() throws {
        var sample = Sample()
        sample.add(".env", "A=1\nPASSWORD=«password»\n")
        sample.add("jvb.conf", "user = jvb, password = «password», port = 1\n")
        let same = ["jvb.conf": "user = jvb, password = x, y, port = 1\n", ".env": "A=1\nPASSWORD=x, y\n"]
        #expect(try sample.difference(from: same).isEmpty)
        var other = same
        other[".env"] = "A=1\nPASSWORD=z\n"
        let two = try sample.difference(from: other)
        #expect(two.files == [])
        #expect(two.disagreements.map(\.parameter) == ["password"])
        #expect(two.disagreements.first?.places.sorted() == [".env:2", "jvb.conf:1"])
        other[".env"] = "A=2\nPASSWORD=x, y\nB=3\n"
        let changed = try sample.difference(from: other)
        #expect(changed.disagreements == [])
        #expect(changed.files.map(\.path) == [".env"])
        #expect(changed.files.first?.removedLines.map(\.text) == ["A=1"])
        #expect(changed.files.first?.addedLines == [1, 3])
    }

    /// Of two ways to read a line, the one with the value that is known is taken.
    @Test func aLineWithTwoValuesIsReadByWhatIsKnown() throws {
        var sample = Sample()
        sample.add("a", "«first».«second»\n")
        sample.add("b", "first: «first»\n")
        #expect(try sample.difference(from: ["a": "x.y.z\n", "b": "first: x.y\n"]).isEmpty)
        #expect(try sample.difference(from: ["a": "x.y.z\n", "b": "first: x\n"]).isEmpty)
        #expect(try !sample.difference(from: ["a": "x.y.z\n", "b": "first: y\n"]).isEmpty)
    }

    /// A line of many values is compared in a time that does not double with each of them.
    @Test func aLineOfManyValuesIsReadQuickly() throws {
        var sample = Sample()
        let names = (0..<12).map { "host\($0)" }
        sample.add("a", names.map { "«\($0)»" }.joined(separator: ",") + "\n")
        for name in names { sample.add(name, "\(name): «\(name)»\n") }
        var files = Dictionary(uniqueKeysWithValues: names.map { ($0, "\($0): 192.0.2.\($0.utf8.count)\n") })
        files["a"] = (0..<200).map { "192.0.2.\($0)" }.joined(separator: ",") + "\n"
        let difference = try sample.difference(from: files)
        #expect(!difference.isEmpty)
    }

    private static func base64(_ text: String) throws -> String {
        String(decoding: try Encoding.base64.encode(Array(text.utf8)), as: UTF8.self)
    }

    @Test func linesWithoutValuesInsideOfBase64AreCompared() throws {
        var sample = Sample()
        let inner = "[client]\npassword=REPLACE-password\nuser=root\n"
        let outer = "content: \(try Self.base64(inner))\n"
        sample.members.append(Member(path: "cloud.yaml", bytes: Array(outer.utf8)))
        let start = 9 + "[client]\n".utf8.count
        sample.place(
            "password",
            in: "cloud.yaml",
            [
                Location.Step(Span(9, outer.utf8.count - 1), [.base64]),
                Location.Step(Span(start, start + "REPLACE-password".utf8.count)),
            ]
        )
        let same = "content: \(try Self.base64("[client]\npassword=x9\nuser=root\n"))\n"
        #expect(try sample.difference(from: ["cloud.yaml": same]).isEmpty)
        let other = "content: \(try Self.base64("[client]\npassword=x9\nuser=bo\n"))\n"
        #expect(try sample.difference(from: ["cloud.yaml": other]).files.map(\.path) == ["cloud.yaml"])
    }

    @Test func valuesInsideOfBase64AreRead() throws {
        var sample = Sample()
        let inner = "PASSWORD=REPLACE-password\n"
        let outer = "content: \(try Self.base64(inner))\n"
        sample.members.append(Member(path: "cloud.yaml", bytes: Array(outer.utf8)))
        sample.place(
            "password",
            in: "cloud.yaml",
            [
                Location.Step(Span(9, outer.utf8.count - 1), [.base64]),
                Location.Step(Span(9, inner.utf8.count - 1)),
            ]
        )
        sample.add(".env", "PASSWORD=«password»\n")
        func cloud(_ text: String) throws -> String {
            "content: \(try Self.base64(text))\n"
        }
        #expect(try sample.difference(from: ["cloud.yaml": try cloud("PASSWORD=x\n"), ".env": "PASSWORD=x\n"]).isEmpty)
        let two = try sample.difference(from: ["cloud.yaml": try cloud("PASSWORD=y\n"), ".env": "PASSWORD=x\n"])
        #expect(two.disagreements.map(\.parameter) == ["password"])
        let changed = try sample.difference(from: ["cloud.yaml": try cloud("USER=x\n"), ".env": "PASSWORD=x\n"])
        #expect(changed.files.map(\.path) == ["cloud.yaml"])
    }

    /// A stand-in is written in one letter case, whatever case its values have: the bundle's own deployment is no
    /// drift.
    @Test func letterCaseCountsForSecretsAlone() throws {
        var sample = Sample()
        sample.add("README.md", "# Jitsi at «label»\nlogin «label»-admin\n")
        sample.add(".env", "URL=https://meet.«domain»\nPASSWORD=«password»\nAGAIN=«password»\n")
        for index in sample.parameters.indices where sample.parameters[index].name != "password" {
            sample.parameters[index].kind = .domain
            sample.parameters[index].severity = .personal
        }
        let label = try #require(sample.parameters.firstIndex { $0.name == "label" })
        sample.parameters[label].origin = Parameter.Origin(parameter: "domain", derivation: .registeredLabel)
        let files = [
            "README.md": "# Jitsi at Wrenfield\nlogin wrenfield-admin\n",
            ".env": "URL=https://meet.wrenfield.test\nPASSWORD=Abc\nAGAIN=Abc\n",
        ]
        #expect(try sample.difference(from: files).isEmpty)
        let other = files.mapValues { $0.replacing("wrenfield-admin", with: "finchfield-admin") }
        #expect(try sample.difference(from: other).disagreements.map(\.parameter) == ["label"])
        let secret = files.mapValues { $0.replacing("AGAIN=Abc", with: "AGAIN=abc") }
        #expect(try sample.difference(from: secret).disagreements.map(\.parameter) == ["password"])
    }

    @Test func composeDoublesDollars() throws {
        var sample = Sample()
        sample.add("docker-compose.yml", "a: «password»\n")
        sample.add(".env", "A=«password»\n")
        #expect(try sample.difference(from: ["docker-compose.yml": "a: x$$y$$$$\n", ".env": "A=x$y$$\n"]).isEmpty)
    }

    @Test func aKeyMayTakeMoreLinesThanItsStandIn() throws {
        var sample = Sample()
        sample.add("tls.pem", "-----BEGIN PRIVATE KEY-----\n«key»\n-----END PRIVATE KEY-----\n")
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\nCC==\n-----END PRIVATE KEY-----\n"
        #expect(try sample.difference(from: ["tls.pem": key]).isEmpty)
        #expect(try !sample.difference(from: ["tls.pem": key + "more\n"]).isEmpty)
    }

    @Test func whatIsLeftOutOnPurposeIsNotAdded() throws {
        var sample = Sample()
        sample.add(".env", "A=1\n")
        sample.omissions = [.init(path: "notes.txt", reason: "the policy leaves it out")]
        let files = [".env": "A=1\n", "notes.txt": "x", "deployment.json": "{}", ".bash_history": "ls"]
        #expect(try sample.difference(from: files).isEmpty)
        let added = try sample.difference(from: files.merging(["new.conf": "x"]) { $1 })
        #expect(added.files.map(\.path) == ["new.conf"] && added.files.first?.kind == .added)
        #expect(try sample.difference(from: [:]).files.first?.kind == .removed)
    }

    /// One byte of a line that is not in the place of a value: the file is named, whichever byte it is.
    @Test func everyOtherByteIsSeen() throws {
        var sample = Sample()
        let text = "A=1\nuser: «user» at host, password: «password»;\n# end"
        sample.add("file.conf", text)
        let plain = text.replacing("«user»", with: "jvb").replacing("«password»", with: "secret")
        #expect(try sample.difference(from: ["file.conf": plain]).isEmpty)
        for place in plain.indices {
            let before = plain[..<place]
            let isValue =
                before.hasSuffix("user: ") || before.hasSuffix("user: j") || before.hasSuffix("user: jv")
                || (before.contains("password: ") && !before.contains("secret"))
            guard !isValue else { continue }
            var changed = plain
            changed.replaceSubrange(place...place, with: plain[place] == "Q" ? "Z" : "Q")
            #expect(try sample.difference(from: ["file.conf": changed]).files.count == 1, "\(changed)")
        }
    }
}
