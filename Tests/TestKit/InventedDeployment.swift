import Foundation

/// A deployment that a seeded generator makes up: a few values, each set somewhere by a name that tells what it is, and
/// then named again in other formats and encodings.
public struct InventedDeployment: Sendable {
    /// A value, and how often it stands somewhere.
    public struct Value: Sendable {
        /// The characters.
        public var text: String
        /// How many places it has.
        public var places = 1
    }

    /// The files.
    public private(set) var files: [String: [UInt8]] = [:]
    /// The values that must not be left.
    public private(set) var values: [Value] = []
    /// The lines of settings that hold no value, and must stay in their files.
    public private(set) var plainLines: [String: String] = [:]

    private var generator: SeededGenerator

    /// How many places the values have together.
    public var placeCount: Int { values.reduce(0) { $0 + $1.places } }

    /// Makes up the deployment of a seed.
    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let domain = word(9) + "-" + word(4) + ".test"
        let address = "24\(number(1, 5)).\(number(1, 250)).\(number(1, 250)).\(number(3, 250))"
        let inside = "10.\(number(20, 250)).\(number(1, 250)).\(number(3, 250))"
        let six = "2600:\(hex(4, first: "1")):\(hex(4, first: "2"))::\(hex(3, first: "3"))"
        let key = hex(32, first: "9")
        let awkward = awkwardPassword()
        let user = word(8)
        let anchors: [(name: String, value: String)] = [
            ("PUBLIC_URL", domain), ("DOCKER_HOST_ADDRESS", address), ("JVB_ADVERTISE_IPS", inside),
            ("LISTEN_ADDRESS", six), ("JVB_AUTH_PASSWORD", key), ("LDAP_BINDPW", awkward), ("LDAP_BIND_USER", user),
        ]
        values = anchors.map { Value(text: $0.value) }
        var lines: [String] = []
        for (name, value) in anchors {
            let isAwkward = value == awkward
            lines.append(
                "\(name)=" + (name == "PUBLIC_URL" ? "https://meet.\(value)" : isAwkward ? Self.dotenv(value) : value)
            )
        }
        lines.shuffle(using: &generator)
        files[".env"] = Array((lines.joined(separator: "\n") + "\nTZ=UTC\nENABLE_LOBBY=1\n").utf8)
        plainLines[".env"] = "ENABLE_LOBBY=1"
        for value in values.indices {
            for _ in 0..<number(2, 7) { name(value) }
        }
    }

    // MARK: - Places

    /// Names a value once more, in one of the ways that files do.
    private mutating func name(_ index: Int) {
        let value = values[index].text
        let number = files.count
        let isPlain = value.utf8.allSatisfy { Self.isPlain($0) }
        let file: (path: String, text: String)
        switch self.number(0, isPlain ? 14 : 8) {
        case 0: file = ("f\(number).json", "{\"ENABLE\": true, \"x\": [\"\(Self.json(value))\"], \"n\": 7}\n")
        case 1:
            file = (
                "f\(number).yml",
                "services:\n  a:\n    environment:\n      X: '\(value.replacing("'", with: "''"))'\n      N: 7\n"
            )
        case 2: file = ("f\(number).yaml", "a:\n  - \"\(Self.json(value))\"\n  - plain\n")
        case 3: file = ("f\(number).xml", "<a>\n  <b c=\"7\">\(Self.xml(value))</b>\n</a>\n")
        case 4:
            let inner = Data("A=1\nX=\(Self.dotenv(value))\n".utf8).base64EncodedString()
            file = ("f\(number).json", "{\"user-data\": \"\(inner)\"}\n")
        case 5:
            let inner = Data("{\"x\": \"\(Self.json(value))\"}\n".utf8)
            let wrapped = inner.base64EncodedString(options: .lineLength64Characters).split(separator: "\r\n")
            file = ("f\(number).yml", "data:\n  x: |\n" + wrapped.map { "    \($0)\n" }.joined())
        case 6:
            file = ("f\(number).txt", "see https://example.com/?q=\(Self.percent(value))&r=7 for it\n")
        case 7: file = ("f\(number).toml", "[a]\nx = \"\(Self.json(value))\"\nn = 7\n")
        case 8: file = ("f\(number).properties", "a.b=7\na.c=\(value)\n")
        case 9: file = ("f\(number).ini", "[a]\nx = \(value)\ny = 7\n")
        case 10: file = ("f\(number).md", "It is `\(value)`, or (\(value)).\n")
        case 11: file = ("f\(number).conf", "a { b = \"\(value)\", c = 7 }\n")
        case 12: file = ("f\(number).sh", "#!/bin/sh\nexport X=\"\(value)\"\n")
        case 13:
            let name = value.replacing(":", with: "_")
            guard name == value else { return self.name(index) }
            file = ("d\(number)/\(value)/notes.txt", "nothing\n")
        default: file = ("f\(number).lua", "x = \"\(value)\"\ny = 7\n")
        }
        files[file.path] = Array(file.text.utf8)
        values[index].places += 1
    }

    // MARK: - Values

    private mutating func number(_ first: Int, _ end: Int) -> Int { Int.random(in: first..<end, using: &generator) }

    private mutating func word(_ count: Int) -> String {
        String((0..<count).map { _ in "bcdfghjklmnpqrstvwz".randomElement(using: &generator) ?? "b" })
    }

    private mutating func hex(_ count: Int, first: String) -> String {
        first + (1..<count).map { _ in String(Int.random(in: 0..<16, using: &generator), radix: 16) }.joined()
    }

    private mutating func awkwardPassword() -> String {
        let marks = ["&", "\"", "'", " ", "#", "$", "\\", "ü", "<", "%", "=", "/", ":"].shuffled(using: &generator)
        let password = word(4) + marks.prefix(number(1, 4)).joined() + word(5) + "7"
        // A scan takes the one for a template and the other for a path.
        let isPath = password.utf8.allSatisfy { Self.isPlain($0) || $0 == UInt8(ascii: "/") }
        return password.contains("<%") || isPath ? awkwardPassword() : password
    }

    // MARK: - Spellings

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-.:".utf8.contains(byte)
        }
    }

    private static func dotenv(_ value: String) -> String {
        guard value.utf8.contains(where: { !isPlain($0) }) else { return value }
        return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("$", with: "\\$")
            + "\""
    }

    private static func json(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private static func xml(_ value: String) -> String {
        value.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private static func percent(_ value: String) -> String {
        value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value
    }
}
