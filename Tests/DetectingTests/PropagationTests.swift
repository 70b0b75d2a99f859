@testable import Detecting
import Documents
import Testing

@Suite("propagation")
struct PropagationTests {
    private static func propagation(_ values: (String, Kind)...) -> Propagation {
        Propagation(
            values: values.map { KnownValue(Array($0.0.utf8), kind: $0.1, rule: "test", confidence: .high) }
        )
    }

    private static func document(_ text: String, path: String = "notes.txt") -> Document {
        Document(path: path, bytes: Array(text.utf8))
    }

    @Test func findsEveryPlace() {
        let marked = MarkedText("{{k1ttiwake-7}} and {{k1ttiwake-7}}{{k1ttiwake-7}}, {{10.3.4.5}} but not 10.3.4.51\n")
        let propagation = Self.propagation(("k1ttiwake-7", .password), ("10.3.4.5", .ipv4))
        let occurrences = propagation.occurrences(in: Self.document(marked.text))
        #expect(occurrences.compactMap(\.location?.fileSpan) == marked.spans)
        #expect(occurrences.map(\.value) == [0, 0, 0, 1])
    }

    @Test func findsNothingWhereThereIsNothing() {
        #expect(Self.propagation().occurrences(in: Self.document("anything")).isEmpty)
        #expect(Self.propagation(("k1ttiwake-7", .password)).occurrences(in: Self.document("")).isEmpty)
    }

    @Test func findsPercentEncodedForms() throws {
        let marked = MarkedText("a={{two%20otters%2341}}&b=x")
        let propagation = Self.propagation(("two otters#41", .password))
        let occurrences = propagation.occurrences(in: Self.document(marked.text))
        let location = try #require(occurrences.first?.location)
        #expect(location.fileSpan == marked.spans.first)
        #expect(location.steps.last?.encodings.last == .percent)
        #expect(try Self.document(marked.text).value(at: location) == Array("two otters#41".utf8))
    }

    /// As it is typed into a shell, in a text that nobody reads as one.
    @Test func findsASecretWithBackslashes() throws {
        let marked = MarkedText("see {{two\\ otters\\#41}}, and two\\ auks")
        let propagation = Self.propagation(("two otters#41", .password), ("two auks", .personName))
        let document = Self.document(marked.text)
        let location = try #require(propagation.occurrences(in: document).first?.location)
        #expect(location.fileSpan == marked.spans.first)
        #expect(location.steps.first?.encodings.last == .shellWord)
        #expect(try document.value(at: location) == Array("two otters#41".utf8))
        let fast = propagation.occurrences(inTextOf: "notes.txt", Array(marked.text.utf8)).occurrences
        #expect(fast.map(\.location) == [location])
    }

    /// A backslash before a line break spells nothing, so it spells no part of a value.
    @Test func aContinuedLineIsNoLineBreak() {
        let propagation = Self.propagation(("two otters\nand auks", .password))
        let occurrences = propagation.occurrences(in: Self.document("x=two\\ otters\\\nand\\ auks\n"))
        #expect(occurrences.isEmpty)
    }

    /// With and without padding, as a word of its own.
    @Test(arguments: ["see {{NNUG65DUMVZA====}}.", "otpauth?x={{NNUG65DUMVZA}}&y", "aNNUG65DUMVZA", "NNUG65DUMVZAB"])
    func findsShortBase32(text: String) throws {
        let marked = MarkedText(text)
        let propagation = Self.propagation(("khotter", .password))
        let document = Self.document(marked.text)
        let occurrences = propagation.occurrences(in: document)
        #expect(occurrences.compactMap(\.location?.fileSpan) == marked.spans)
        for location in occurrences.compactMap(\.location) {
            #expect(try document.value(at: location) == Array("khotter".utf8))
        }
    }

    /// Forms of a value are looked for only in texts that have the marks of one.
    @Test(arguments: [
        (#"^{{meet\.puffin\.test}}$"#, "meet.puffin.test"), ("base {{dc=puffin,dc=test}}", "puffin.test"),
        ("{{9.3.2.240.in-addr.arpa}} PTR", "240.2.3.9"), ("x {{two%20otters%2341}} y", "two otters#41"),
    ])
    func findsMarkedForms(text: String, value: String) {
        let marked = MarkedText(text)
        let kind: Kind = value.contains("#") ? .password : value.contains("p") ? .domain : .ipv4
        let values = KnownValue(Array(value.utf8), kind: kind, rule: "test", confidence: .high)
        let propagation = Propagation(values: [values] + values.derivedValues)
        let spans = propagation.occurrences(in: Self.document(marked.text)).compactMap(\.location?.fileSpan)
        #expect(Set(marked.spans).isSubset(of: spans))
    }

    @Test(arguments: [
        ("asks Liamu", ["Liamu"]), ("LIAMU: yes", ["LIAMU"]), ("liamus-laptop", ["liamus"]), ("LIAMUS", ["LIAMUS"]),
        ("Liamurre and liamu42", ["Liamurre", "liamu42"]), ("LIAMU_HOME=1 xLiamu liaMu", ["liaMu"]),
        ("liamux LIAMU-241", []),
        ("Liamu Murre, liamu.murre@wrenfield.de", ["Liamu Murre", "liamu.murre"]), ("Liamu Łaska.", ["Liamu Łaska"]),
        ("Liamu Docker liamu.yml liamu.start() Liamu writes", ["Liamu", "liamu", "liamu", "Liamu"]),
    ])
    func findsTheNamesThatALoginBegins(text: String, names: [String]) {
        let document = Self.document(text)
        let spans = Self.propagation(("liamu", .userName)).occurrences(in: document).compactMap {
            $0.location?.fileSpan
        }
        #expect(spans.map { String(decoding: document.bytes[$0.range], as: UTF8.self) } == names)
    }

    @Test(arguments: [
        ("Copyright (c) 2019 Auki Murre", ["Auki Murre"]), ("Auki Murre wrote it, AUKI too", []),
        ("Copyright (c) 2019 Aukison Ltd, auki", ["auki"]),
    ])
    func findsTheHolderWhomAShortLoginBegins(text: String, names: [String]) {
        let document = Self.document(text)
        let spans = Self.propagation(("auki", .userName)).occurrences(in: document).compactMap {
            $0.location?.fileSpan
        }
        #expect(spans.map { String(decoding: document.bytes[$0.range], as: UTF8.self) } == names)
    }

    @Test func findsNamesOfFiles() {
        let marked = MarkedText("data/meet%2e{{puffin%2Etest}}/accounts/{{lmurre}}.dat")
        let propagation = Self.propagation(("puffin.test", .domain), ("lmurre", .userName))
        let occurrences = propagation.occurrences(in: Self.document("", path: marked.text))
        #expect(occurrences.compactMap(\.pathSpan) == marked.spans)
        #expect(occurrences.allSatisfy { $0.location == nil })
    }

    @Test func looksBehindEscapes() throws {
        let text = #"{"a": "x: p\"w\u00e4r$9 and more"}"#
        let document = Self.document(text, path: "a.json")
        let occurrence = try #require(Self.propagation(("p\"wär$9", .password)).occurrences(in: document).first)
        let location = try #require(occurrence.location)
        #expect(try document.value(at: location) == Array("p\"wär$9".utf8))
    }

    @Test func findsLongValuesByTheirBeginning() {
        let body = String(repeating: "QUJD", count: 200)
        let propagation = Self.propagation((body, .privateKey))
        #expect(propagation.occurrences(in: Self.document("x\(body)y")).count == 1)
        #expect(propagation.occurrences(in: Self.document("x\(body.dropLast())y")).isEmpty)
    }

    @Test func survivesHostileTexts() {
        let propagation = Self.propagation(("k1ttiwake-7", .password), ("10.3.4.5", .ipv4))
        let long = String(repeating: "k1ttiwake-7", count: 20_000)
        #expect(propagation.occurrences(in: Self.document(long)).count == 20_000)
        let binary = [0, 255, 254, 0] + Array("k1ttiwake-7".utf8) + [0, 0xc3, 0x28]
        #expect(propagation.occurrences(in: Document(path: "x.txt", bytes: binary)).count == 1)
    }
}
