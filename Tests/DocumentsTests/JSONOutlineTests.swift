@testable import Documents
import TestKit
import Testing

@Suite("objects of a JSON text")
struct JSONOutlineTests {
    private static func objects(around words: [String], in text: String) -> [String]? {
        let bytes = Array(text.utf8)
        let places = words.compactMap { word in
            bytes.indices.first { bytes[$0...].starts(with: word.utf8) }.map { Span($0, $0 + word.utf8.count) }
        }
        return JSONOutline.objects(around: places.sorted(), in: bytes)?.map {
            "\($0.keyPath.joined(separator: ".")) \(String(decoding: bytes[$0.span.range], as: UTF8.self))"
        }
    }

    @Test func areTheInnermostAroundPlaces() {
        let text = #"{"web": {"port": 80, "db": {"password": "x"}}, "hosts": [{"name": "wren"}, {"name": "auk"}]}"#
        #expect(Self.objects(around: ["password"], in: text) == [#"web.db {"password": "x"}"#])
        #expect(Self.objects(around: ["auk"], in: text) == [#"hosts.1 {"name": "auk"}"#])
        #expect(
            Self.objects(around: ["password", "port"], in: text)
                == [#"web {"port": 80, "db": {"password": "x"}}"#]
        )
        #expect(Self.objects(around: ["wren", "auk"], in: text)?.count == 2)
        #expect(Self.objects(around: [], in: text) == [])
    }

    @Test func areThoseWithAValueThatTheKeysAboveTellAbout() {
        let text = Array(
            #"{"hosts": {"name": "wren", "a": {"name": {"b": 1}}, "l": [{"name": "x"}]}, "name": "y"}"#.utf8
        )
        var asked: [[String]] = []
        let objects = JSONOutline.objects(around: [], in: text) { keys in
            let path = [keys.outer, keys.container, keys.name].compactMap(\.self)
            asked.append(path.map { String(decoding: text[$0], as: UTF8.self) })
            return path.count == 2
        }
        #expect(asked == [["hosts", "name"], ["a", "name", "b"]])
        #expect(objects?.map(\.keyPath) == [["hosts"]])
    }

    @Test func areTheScalarsOfTheOutermostObject() {
        let text = #"{"a": "x y", "b": {"c": 1, "d": "z"}, "e" : 17, "f": ["w"]}"#
        #expect(Self.objects(around: ["x", "y"], in: text) == [#" "a": "x y""#])
        #expect(
            Self.objects(around: ["z", "17", "x"], in: text) == [
                #" "a": "x y""#, #"b {"c": 1, "d": "z"}"#, #" "e" : 17"#,
            ]
        )
        #expect(Self.objects(around: ["w"], in: text) == nil)
        #expect(Self.objects(around: [#""b""#], in: text) == nil)
    }

    @Test func haveTheNamesThatTheirTextMeans() {
        #expect(Self.objects(around: ["x"], in: #"{"a\"b": {"k": "x"}}"#) == [#"a"b {"k": "x"}"#])
    }

    @Test(arguments: [
        #"{"name": "y", "value": "x"}"#, #"{"a\"b": "y", "c": "x"}"#, #"{"a": ["x"]}"#, #"["x", {"a": 1}]"#,
        #"{"a": {"b": "x"} // c\#n}"#, #"{"a": {"b": "x"},}"#,
        #"{"a": {"b": "x"}"#, #"{"a": {"b": "x"}} {}"#, #"{"a": {"b": x}}"#, "{\"a\": {\"b\": \"x\n\"}}", "",
        #"{"a": {"b": "x" "c": 1}}"#, #"{"a" {"b": "x"}}"#,
    ])
    func areNoneWhereTheWholeTextHasToBeRead(text: String) {
        #expect(Self.objects(around: ["x"], in: text) == nil)
    }

    /// An object that is read by itself gives the values that it gives as a part of its file.
    @Test(arguments: 0..<40)
    func giveTheValuesThatTheyHaveInTheirFile(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = Array(Self.json(depth: 4, using: &generator).utf8)
        let document = Document(path: "a.json", bytes: text)
        let places = document.layers[0].values.filter { _ in Int.random(in: 0..<6, using: &generator) == 0 }.map(\.span)
        guard let objects = JSONOutline.objects(around: places.sorted(), in: text) else { return }
        for place in places { #expect(objects.contains { $0.span.contains(place) }) }
        for object in objects {
            let bytes = text[object.span.range]
            let part =
                object.isMember
                ? Document(path: "a.json", member: bytes)
                : Document(path: "a.json", object: Array(bytes), at: object.keyPath)
            let offset = object.isMember ? object.span.start - 1 : object.span.start
            let expected = document.layers[0].values.filter { object.span.contains($0.span) }
            let found = part.layers[0].values.map { value in
                var moved = value
                moved.span = Span(value.span.start + offset, value.span.end + offset)
                return moved
            }
            #expect(found == expected)
            #expect(part.notes.isEmpty)
        }
    }

    private static func json(depth: Int, using generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 1...4, using: &generator)
        switch depth == 0 ? 9 : Int.random(in: 0..<10, using: &generator) {
        case 0..<5:
            let keys = ["name", "value", "db_password", "key", "a\\\"b", "é"].shuffled(using: &generator)
            let members = keys.prefix(count).map { "\"\($0)\": \(json(depth: depth - 1, using: &generator))" }
            return "{" + members.joined(separator: ",\n ") + "}"
        case 5..<8:
            return "[" + (0..<count).map { _ in json(depth: depth - 1, using: &generator) }.joined(separator: ", ")
                + "]"
        default:
            return ["\"wren\"", "\"A=b --c d\"", "12", "true", "\"x\\ny: z\"", "{}"].randomElement(using: &generator)
                ?? ""
        }
    }
}
