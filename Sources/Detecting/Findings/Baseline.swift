public import Documents

/// Findings that were accepted before and are not reported again.
///
/// An entry names a value by its keyed fingerprint and its path. The value stays accepted wherever it moves in the file
/// and whichever rule finds it; a different value in its place is reported. `docs/formats/baseline.md` specifies the
/// file.
public struct Baseline: Hashable, Sendable {
    /// One accepted value in one file.
    public struct Entry: Hashable, Sendable {
        /// The path of the file, relative to the scanned root.
        public var path: String
        /// The id of the rule that found it, for readers of the file.
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

    /// The format version.
    static let schema = 1

    /// The id of the key with which the fingerprints were made.
    public let keyID: String
    /// The accepted entries.
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
            throw DocumentError(.malformed, "this version of Scrubjay does not know the baseline's schema")
        }
        keyID = try members["fingerprintKeyID", default: .null].string(of: "the key of the baseline")
        accepted = []
        for element in try members["accepted", default: .null].array(of: "the list of a baseline") {
            accepted.insert(try Entry(element))
        }
    }

    /// Returns the bytes of the file, sorted so that a small change makes a small difference.
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
