internal import Detecting
internal import Documents

extension ParameterFile.Kept {
    /// The sort key of an entry.
    var order: [String] {
        switch self {
        case .domain(let name): ["0", name]
        case .value(let kind, let digest): ["1", kind.rawValue, digest]
        }
    }
}

extension ParameterFile {
    /// Returns the object with the member `kept` appended, unless nothing is kept.
    static func adding(_ kept: [Kept], to value: JSONValue) -> JSONValue {
        guard !kept.isEmpty, case .object(var members) = value else { return value }
        members.append(.init("kept", .array(kept.map(json))))
        return .object(members)
    }

    private static func json(_ kept: Kept) -> JSONValue {
        switch kept {
        case .domain(let name): ["domain": .string(name)]
        case .value(let kind, let digest): ["kind": .string(kind.rawValue), "digest": .string(digest)]
        }
    }

    /// Reads the member `kept`; empty if it is missing.
    static func kept(in value: JSONValue?) throws(DocumentError) -> [Kept] {
        guard let value else { return [] }
        var kept: [Kept] = []
        for element in try value.array(of: "'kept'") { kept.append(try entry(element)) }
        guard !kept.isEmpty else { throw DocumentError(.malformed, "'kept' is empty, and would then be missing") }
        guard Set(kept).count == kept.count else {
            throw DocumentError(.malformed, "\(Self.name) keeps a value twice")
        }
        return kept
    }

    private static func entry(_ value: JSONValue) throws(DocumentError) -> Kept {
        let members = try value.members(
            required: [],
            optional: ["domain", "kind", "digest"],
            of: "an entry of 'kept'"
        )
        switch (members["domain"], members["kind"], members["digest"]) {
        case (let name?, nil, nil):
            let name = try name.string(of: "a domain of 'kept'")
            // A wider name would accept everything under it.
            guard PolicyFile.isOwnedDomain(name) else {
                throw DocumentError(.malformed, "'kept' names an invalid domain, or a public suffix")
            }
            return .domain(name)
        case (nil, let kind?, let digest?):
            guard let kind = Kind(rawValue: try kind.string(of: "a kind of 'kept'")) else {
                throw DocumentError(.malformed, "'kept' names a kind that does not exist")
            }
            let digest = try digest.string(of: "a digest of 'kept'")
            guard ValueDigest.isDigest(digest) else {
                throw DocumentError(.malformed, "'kept' has an invalid digest")
            }
            return .value(kind, digest: digest)
        default:
            throw DocumentError(.malformed, "an entry of 'kept' has either 'domain', or 'kind' and 'digest'")
        }
    }
}
