internal import Documents

/// The treatment of each API field, read from `Data/gcp-fields.txt`, which documents its format.
struct CloudFields: Sendable {
    /// How a field is carried over.
    enum Treatment: String, Hashable, Sendable {
        case output
        case text, number, flag, list, map
        case name, reference
        case block
        case blockAlways = "block!"
        case program = "-"
    }

    /// A field's line in the table.
    struct Field: Hashable, Sendable {
        var argument: String
        var treatment: Treatment
        /// The field's default value.
        var standard: JSONValue?

        /// Whether a value is the default or empty.
        func isStandard(_ value: JSONValue) -> Bool {
            if value.isEmpty { return true }
            guard let text = value.scalar, let standard = standard?.scalar else { return false }
            return standard == (treatment == .name ? CloudResource.lastComponent(of: text) : text)
        }
    }

    /// The Terraform resource of each kind.
    private(set) var resources: [CloudKind: String] = [:]
    private var fields: [CloudKind: [String: Field]] = [:]
    private var order: [CloudKind: [String: Int]] = [:]

    /// The compiled-in table; a test checks that every line is understood.
    static let compiledIn = CloudFields(reading: EmbeddedData.cloudFields)

    /// The lines that are not understood.
    private(set) var badLines: [String] = []

    init(reading bytes: [UInt8]) {
        var kind: CloudKind?
        for words in EmbeddedData.words(of: bytes) {
            if words[0].hasPrefix("["), words.count == 2 {
                kind = CloudKind(rawValue: String(words[0].dropFirst()))
                if let kind { resources[kind] = String(words[1].dropLast()) }
            } else if let kind, let field = Self.field(words) {
                order[kind, default: [:]][words[0]] = order[kind, default: [:]].count
                fields[kind, default: [:]][words[0]] = field
            } else {
                badLines.append(words.joined(separator: " "))
            }
        }
    }

    private static func field(_ words: [String]) -> Field? {
        if words.count == 2 {
            return Treatment(rawValue: words[1]).map { Field(argument: "", treatment: $0) }
        }
        guard words.count >= 3, let treatment = Treatment(rawValue: words[2]) else { return nil }
        var field = Field(argument: words[1], treatment: treatment)
        if words.count > 3 {
            guard let standard = try? JSONValue(parsing: Array(words[3...].joined(separator: " ").utf8)) else {
                return nil
            }
            field.standard = standard
        }
        return field
    }

    /// Returns the line for a field; nil if there is none.
    subscript(kind: CloudKind, path: String) -> Field? { fields[kind]?[path] }

    /// Returns the position of a field's line among those of its kind.
    func position(_ kind: CloudKind, _ path: String) -> Int { order[kind]?[path] ?? Int.max }

    /// Returns the arguments that the table can write for a kind, for the test that compares them with the provider's.
    func arguments(of kind: CloudKind) -> [(path: String, field: Field)] {
        (fields[kind] ?? [:]).filter { !$0.value.argument.isEmpty }.map { ($0.key, $0.value) }
    }
}
