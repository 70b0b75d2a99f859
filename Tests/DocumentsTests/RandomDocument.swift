import TestKit

/// Makes documents at random that are well-formed in a random format.
enum RandomDocument {
    static func make(using generator: inout SeededGenerator) -> PropertyTests.File {
        let eol = Bool.random(using: &generator) ? "\n" : "\r\n"
        let mark = Int.random(in: 0..<4, using: &generator) == 0 ? "\u{FEFF}" : ""
        let makers: [(String, (inout SeededGenerator) -> String)] = [
            (".env", dotenv), ("a.yml", { yaml(depth: 0, indent: "", using: &$0) }),
            ("a.json", { json(depth: 0, using: &$0) }), ("a.properties", properties), ("a.ini", ini), ("a.lua", lua),
        ]
        let (path, make) = makers[Int.random(in: 0..<makers.count, using: &generator)]
        let text = mark + make(&generator).replacing("\n", with: eol)
        return PropertyTests.File(path: path, bytes: Array(text.utf8))
    }

    private static func pick<T>(_ choices: [T], _ generator: inout SeededGenerator) -> T {
        choices[Int.random(in: 0..<choices.count, using: &generator)]
    }

    private static func name(_ generator: inout SeededGenerator) -> String {
        pick(["alpha", "BETA_KEY", "gamma", "delta-x", "EPS", "zeta", "password", "host"], &generator)
            + String(Int.random(in: 0..<1000, using: &generator))
    }

    private static func word(_ generator: inout SeededGenerator) -> String {
        pick(["s3cret", "192.0.2.7", "a.b.test", "x-y_z", "Füße", "tok/en+1", "p@ss"], &generator)
            + String(Int.random(in: 0..<1000, using: &generator))
    }

    private static func lines(_ generator: inout SeededGenerator, _ line: (inout SeededGenerator) -> String) -> String {
        (0..<Int.random(in: 1...12, using: &generator)).map { _ in line(&generator) + "\n" }.joined()
    }

    private static func dotenv(_ generator: inout SeededGenerator) -> String {
        lines(&generator) { generator in
            let (name, word) = (name(&generator), word(&generator))
            return pick(
                [
                    "\(name)=\(word)", "export \(name)=\(word) # note", "\(name)='\(word) # \(word)'",
                    "\(name)=\"\(word)\\n\\\"\(word)\"", "# \(name)=\(word)", "\(name): \(word)",
                    "\(name)=${X:-\(word)}",
                    "", "\(name)=a$$b\(word)",
                ],
                &generator
            )
        }
    }

    private static func properties(_ generator: inout SeededGenerator) -> String {
        lines(&generator) { generator in
            let (name, word) = (name(&generator), word(&generator))
            return pick(
                [
                    "\(name)=\(word)", "\(name) : \(word) \(word)", "\(name)=\(word)\\\n   \(word)",
                    "# \(name)=\(word)",
                    "a.\(name)=\\u00e9\(word)", "",
                ],
                &generator
            )
        }
    }

    private static func ini(_ generator: inout SeededGenerator) -> String {
        "[main]\n"
            + lines(&generator) { generator in
                let (name, word) = (name(&generator), word(&generator))
                return pick(
                    [
                        "\(name) = \(word)", "\(name)=\"\(word)\"", "; \(name) = \(word)", "[\(name)]",
                        "\(name): \(word) ; c",
                    ],
                    &generator
                )
            }
    }

    private static func lua(_ generator: inout SeededGenerator) -> String {
        lines(&generator) { generator in
            let (name, word) = ("v" + name(&generator).replacing("-", with: "_"), word(&generator))
            return pick(
                [
                    "\(name) = \"\(word)\\\"\"", "VirtualHost \"\(word)\"", "-- \(name) = \"\(word)\"",
                    "\(name) = { \"\(word)\"; '\(word)' }", "\(name) = 12", "return { [\"\(name)\"] = \"\(word)\"; }",
                ],
                &generator
            )
        }
    }

    private static func json(depth: Int, using generator: inout SeededGenerator) -> String {
        switch depth > 3 ? 0 : Int.random(in: 0..<3, using: &generator) {
        case 0:
            let word = word(&generator)
            return pick(
                ["\"\(word)\"", "\"\(word)\\n\\u00e9\\/\"", "12.5", "true", "null", "\"a: \(word)\\nb: [1]\\n\""],
                &generator
            )
        case 1:
            let items = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                json(depth: depth + 1, using: &generator)
            }
            return "[" + items.joined(separator: ", ") + "]"
        default:
            let members = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                "\"\(name(&generator))\": " + json(depth: depth + 1, using: &generator)
            }
            return "{\n" + members.joined(separator: ",\n") + "\n}"
        }
    }

    private static func yaml(depth: Int, indent: String, using generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            let (name, word) = (name(&generator), word(&generator))
            let key = "\(indent)\(name):"
            switch depth > 3 ? Int.random(in: 0..<6, using: &generator) : Int.random(in: 0..<9, using: &generator) {
            case 0: return "\(key) \(word)\n"
            case 1: return "\(key) 'it''s \(word)'  # \(name)=\(word)\n"
            case 2: return "\(key) \"\(word)\\t\\u00e9\"\n"
            case 3: return "\(key) |\n\(indent)    \(word) x\n\(indent)      y\n\n\(indent)    z\n"
            case 4: return "\(key) {a: \(word), b: [\"\(word)\", 5]}\n"
            case 5:
                return
                    "\(key)\n\(indent)- \(name)=\(word)\n\(indent)- - \(word)\n\(indent)  - name: N\n\(indent)    value: \(word)\n"
            case 6: return "\(key) >-\n\(indent)  \(word)\n\(indent)  \(word)\n"
            default: return "\(key)\n" + yaml(depth: depth + 1, indent: indent + "  ", using: &generator)
            }
        }.joined()
    }
}
