public import Documents

/// Findings that were accepted once, and are not reported again.
///
/// An entry names a value by its keyed fingerprint, at a path: wherever in the file the value moves it stays accepted, whichever rule
/// finds it, and another value in its place does not. `docs/formats/baseline.md` specifies the file.
public struct Baseline: Hashable, Sendable {
    /// One accepted value in one file.
    public struct Entry: Hashable, Sendable {
        /// The path of the file, relative to the scanned root.
        public var path: String
        /// The id of the rule that found it, for whoever reads the file.
        public var rule: String
        /// The fingerprint of the value.
        public var fingerprint: String

        /// Makes the entry that accepts a finding.
        public init(_ finding: Finding) {
            path = finding.path
            rule = finding.rule
            fingerprint = finding.fingerprint
        }

        private init(path: String, rule: String, fingerprint: String) {
            self.path = path
            self.rule = rule
            self.fingerprint = fingerprint
        }
    }

    /// The version of the format.
    static let schema = 1

    /// The id of the key that the fingerprints are made with.
    public let keyID: String
    /// What is accepted.
    public var accepted: Set<Entry>

    /// Makes a baseline.
    public init(keyID: String, accepted: Set<Entry> = []) {
        self.keyID = keyID
        self.accepted = accepted
    }

    /// Reads a baseline file.
    ///
    /// - Throws: ``DocumentError`` `malformed`.
    public init(parsing bytes: [UInt8]) throws(DocumentError) {
        let members = try JSONValue(parsing: bytes).members(
            required: ["schema", "fingerprintKeyID", "accepted"],
            of: "the baseline"
        )
        guard members["schema"] == .integer(Self.schema) else {
            throw DocumentError(.malformed, "the baseline has a schema that this version of Scrubjay does not know")
        }
        keyID = try members["fingerprintKeyID", default: .null].string(of: "the key of the baseline")
        accepted = []
        for element in try members["accepted", default: .null].array(of: "the list of a baseline") {
            accepted.insert(try Entry(element))
        }
    }

    /// The bytes of the file: sorted, so that a small change is a small difference.
    public func serialized() -> [UInt8] {
        let sorted = accepted.sorted { left, right in
            for (first, second) in zip(left.fields, right.fields) where first != second {
                return first.utf8.lexicographicallyPrecedes(second.utf8)
            }
            return false
        }
        let file: JSONValue = [
            "schema": .integer(Self.schema), "fingerprintKeyID": .string(keyID), "accepted": .array(sorted.map(\.json)),
        ]
        return file.serialized(.indented)
    }
}

extension Baseline.Entry {
    fileprivate init(_ value: JSONValue) throws(DocumentError) {
        let members = try value.members(required: ["path", "rule", "fingerprint"], of: "an entry of the baseline")
        func text(_ name: String) throws(DocumentError) -> String {
            try members[name, default: .null].string(of: "the \(name) of an entry")
        }
        self.init(path: try text("path"), rule: try text("rule"), fingerprint: try text("fingerprint"))
    }

    fileprivate var fields: [String] { [path, rule, fingerprint] }

    fileprivate var json: JSONValue {
        ["path": .string(path), "rule": .string(rule), "fingerprint": .string(fingerprint)]
    }
}
