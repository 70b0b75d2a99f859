/// Settings files in which a seeded generator writes a few passwords in every way of quoting.
public struct QuotedSettings {
    /// The texts, by their paths.
    public private(set) var files: [String: String] = [:]
    private var generator: SeededGenerator
    private let passwords: [String]

    /// Makes the files of a seed.
    public init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        passwords = (0..<Int.random(in: 1...4, using: &generator)).map { _ in Self.password(using: &generator) }
        self.generator = generator
        files[".env"] = lines(8) { $0.dotenvLine() }
        files["conf/app.ini"] = "[database]\n" + lines(5) { $0.iniLine() } + "[mail]\n" + lines(4) { $0.iniLine() }
        files["values.yaml"] = "app:\n" + lines(5) { $0.yamlLine() }
        files["compose.yml"] = "services:\n  app:\n    environment:\n" + lines(4) { $0.composeLine() }
    }

    private static let names = [
        "password", "db_password", "API_TOKEN", "CLIENT_SECRET", "REDIS_PASSWORD", "smtp_pass", "SECRET_KEY", "passwd",
    ]
    private static let letters = Array("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    private static let signs = Array("!@#$%^&*()_+-=[]{}|;:'\",.<>/?`~")

    private static func password(using generator: inout SeededGenerator) -> String {
        let signs = Bool.random(using: &generator) ? [] : Array(Self.signs.shuffled(using: &generator).prefix(4))
        let alphabet = letters + signs + signs + signs
        let count = [6, 8, 12, 20, 32].randomElement(using: &generator) ?? 8
        return String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "x" })
    }

    private mutating func lines(_ count: Int, _ line: (inout Self) -> String) -> String {
        (0..<count).map { _ in line(&self) + "\n" }.joined()
    }

    private mutating func one(of choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

    private mutating func name() -> String { one(of: Self.names) }

    private mutating func password() -> String { one(of: passwords) }

    /// A password between marks, without those that it holds itself; without marks it holds no quotes.
    private mutating func quoted(_ marks: [String]) -> String {
        let mark = one(of: marks)
        return mark + password().filter { !(mark.isEmpty ? "\"'`#;" : mark).contains($0) } + mark
    }

    private mutating func dotenvLine() -> String {
        one(of: ["", "", "export ", "# "]) + name().uppercased() + one(of: ["=", "= ", " = "])
            + quoted(["", "", "\"", "'", "`"]) + one(of: ["", "", " # old: " + quoted([""])])
    }

    private mutating func iniLine() -> String {
        one(of: ["", "", ";", "# "]) + name() + one(of: ["=", " = ", ": "])
            + quoted(["", "\"", "'", "`", "`", "\"\"\""]) + one(of: ["", "", " ; comment", " ;" + quoted([""])])
    }

    private mutating func yamlLine() -> String {
        "  " + name() + one(of: ["1", "2", "3", "4", "5"]) + ": " + yamlScalar(password())
            + one(of: ["", "", "  # " + quoted([""])])
    }

    private mutating func composeLine() -> String { "      - " + yamlScalar(name().uppercased() + "=" + password()) }

    private mutating func yamlScalar(_ text: String) -> String {
        let (single, double) = (text.replacing("'", with: "''"), text.replacing("\"", with: "\\\""))
        return one(of: ["'\(single)'", "\"\(double)\"", "x\(text.filter { !":#".contains($0) })"])
    }
}
