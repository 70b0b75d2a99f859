internal import Detecting
public import Documents
internal import Sodium

extension SealedMap {
    /// Reads the map strictly: an unknown member, a duplicate path or name, or overlapping patches are errors.
    ///
    /// - Throws: ``DocumentError`` with code `malformed`; its message contains nothing from the map.
    public init(parsing bytes: [UInt8]) throws(DocumentError) {
        let root = try JSONValue(parsing: bytes).members(
            required: ["schema", "generation", "recipients", "values", "files", "leftOut", "absent"],
            optional: ["modes"],
            of: Self.name
        )
        guard root["schema"] == .integer(Self.schema) else {
            throw DocumentError(.malformed, "\(Self.name) is not of schema \(Self.schema)")
        }
        func list<Item>(
            _ name: String,
            _ read: (JSONValue) throws(DocumentError) -> Item
        ) throws(DocumentError) -> [Item] {
            var items: [Item] = []
            for element in try (root[name] ?? .null).array(of: "'\(name)'") { items.append(try read(element)) }
            return items
        }
        self.init(
            generation: try (root["generation"] ?? .null).integer(of: "the generation"),
            recipients: try list("recipients") { value throws(DocumentError) in try value.string(of: "a recipient") },
            values: try list("values", Self.value),
            files: try list("files", Self.file),
            leftOut: try list("leftOut", Self.kept),
            absent: try list("absent", Self.absent),
            modes: root["modes"] == nil ? [:] : try Self.modes(list("modes", Self.mode))
        )
        try check()
    }

    private func check() throws(DocumentError) {
        func isUnique(_ names: [String]) -> Bool { Set(names.map { Array($0.utf8) }).count == names.count }
        guard isUnique(files.map(\.path) + leftOut.map(\.path) + absent.map(\.path)) else {
            throw DocumentError(.malformed, "\(Self.name) names a path twice")
        }
        guard isUnique(files.map(\.sanitizedPath)) else {
            throw DocumentError(.malformed, "\(Self.name) names a sanitized path twice")
        }
        guard isUnique(values.flatMap { $0.spellings.map(\.parameter) }) else {
            throw DocumentError(.malformed, "\(Self.name) names a parameter twice")
        }
        guard Set(values.map(EarlierValues.Key.init)).count == values.count else {
            throw DocumentError(.malformed, "\(Self.name) holds a value twice")
        }
    }

    private static func value(_ value: JSONValue) throws(DocumentError) -> Value {
        let members = try value.members(
            required: ["value", "kind", "origin", "standIn", "firstSeen", "spellings"],
            optional: ["confidence", "places"],
            of: "a value"
        )
        guard let kind = Kind(rawValue: try (members["kind"] ?? .null).string(of: "a value's kind")) else {
            throw DocumentError(.malformed, "a value is of a kind that does not exist")
        }
        var spellings: [Spelling] = []
        for element in try (members["spellings"] ?? .null).array(of: "the spellings of a value") {
            let members = try element.members(required: ["value", "parameter", "standIn"], of: "a spelling")
            spellings.append(
                Spelling(
                    value: try OriginalBytes(members["value"], of: "a spelling"),
                    parameter: try (members["parameter"] ?? .null).string(of: "a spelling's parameter"),
                    standIn: try (members["standIn"] ?? .null).string(of: "a spelling's stand-in")
                )
            )
        }
        guard !spellings.isEmpty else { throw DocumentError(.malformed, "a value has no spelling") }
        let origin = try origin(members["origin"] ?? .null)
        return Value(
            value: try OriginalBytes(members["value"], of: "a value"),
            kind: kind,
            origin: origin,
            standIn: try (members["standIn"] ?? .null).string(of: "a value's stand-in"),
            firstSeen: try (members["firstSeen"] ?? .null).integer(of: "when a value was seen first"),
            spellings: spellings,
            confidence: try confidence(members["confidence"], of: kind, isDerived: origin != nil),
            places: try places(members["places"])
        )
    }

    /// Reads the confidence with which a value is searched for.
    ///
    /// It is missing in maps of earlier versions; in those, only secrets that are not derived are searched for.
    private static func confidence(
        _ value: JSONValue?,
        of kind: Kind,
        isDerived: Bool
    ) throws(DocumentError) -> Confidence? {
        guard let value else { return kind.severity == .secret && !isDerived ? .high : nil }
        if value == .null { return nil }
        guard let confidence = Confidence(rawValue: try value.string(of: "a confidence")) else {
            throw DocumentError(.malformed, "a value has a confidence that does not exist")
        }
        return confidence
    }

    private static func places(_ value: JSONValue?) throws(DocumentError) -> [Place] {
        guard let value else { return [] }
        var places: [Place] = []
        for element in try value.array(of: "the places of a value") {
            let members = try element.members(required: ["path", "keys"], of: "a place")
            var keys: [String] = []
            for key in try (members["keys"] ?? .null).array(of: "the keys of a place") {
                keys.append(try key.string(of: "a key of a place"))
            }
            places.append(Place(path: try (members["path"] ?? .null).string(of: "the path of a place"), keys: keys))
        }
        return places
    }

    private static func origin(_ value: JSONValue) throws(DocumentError) -> Origin? {
        if value == .null { return nil }
        let members = try value.members(required: ["derivation", "value"], of: "an origin")
        let form = try (members["derivation"] ?? .null).string(of: "a derivation")
        guard let derivation = Derivation(rawValue: form) else {
            throw DocumentError(.malformed, "an origin names a derivation that does not exist")
        }
        return Origin(derivation: derivation, value: try OriginalBytes(members["value"], of: "an origin's value"))
    }

    private static func file(_ value: JSONValue) throws(DocumentError) -> File {
        let members = try value.members(
            required: [
                "path", "sanitizedPath", "executable", "private", "digest", "sanitizedDigest", "link", "patches",
            ],
            of: "a file"
        )
        var patches: [BytePatch] = []
        for element in try (members["patches"] ?? .null).array(of: "the patches of a file") {
            let patch = try patch(element)
            guard patch.span.start >= patches.last?.span.end ?? 0 else {
                throw DocumentError(.malformed, "two patches of a file share bytes or are out of order")
            }
            patches.append(patch)
        }
        return File(
            path: try (members["path"] ?? .null).string(of: "a file's path"),
            sanitizedPath: try (members["sanitizedPath"] ?? .null).string(of: "a file's sanitized path"),
            isExecutable: try bool(members["executable"], of: "whether a file is executable"),
            isPrivate: try bool(members["private"], of: "whether a file is private"),
            digest: try digest(members["digest"]),
            sanitizedDigest: try digest(members["sanitizedDigest"]),
            link: members["link"] == .null ? nil : try (members["link"] ?? .null).string(of: "a file's link"),
            patches: patches
        )
    }

    private static func patch(_ value: JSONValue) throws(DocumentError) -> BytePatch {
        let members = try value.members(required: ["start", "end", "original"], of: "a patch")
        let start = try (members["start"] ?? .null).integer(of: "a patch's start")
        let end = try (members["end"] ?? .null).integer(of: "a patch's end")
        guard 0 <= start, start <= end else { throw DocumentError(.malformed, "a patch ends before its start") }
        return BytePatch(span: Span(start, end), original: try OriginalBytes(members["original"], of: "a patch"))
    }

    private static func kept(_ value: JSONValue) throws(DocumentError) -> Kept {
        let members = try value.members(
            required: ["path"],
            optional: ["link", "executable", "contents"],
            of: "what was left out"
        )
        let path = try (members["path"] ?? .null).string(of: "the path of what was left out")
        switch (members["link"], members["contents"], members["executable"]) {
        case (let target?, nil, nil):
            return Kept(path: path, content: .link(try target.string(of: "a link's target")))
        case (nil, let contents?, let isExecutable?):
            return Kept(
                path: path,
                content: .file(
                    try OriginalBytes(contents, of: "the contents of what was left out"),
                    isExecutable: try bool(isExecutable, of: "whether what was left out is executable")
                )
            )
        default: throw DocumentError(.malformed, "what was left out is neither a file nor a link")
        }
    }

    private static func absent(_ value: JSONValue) throws(DocumentError) -> Absent {
        let members = try value.members(required: ["path", "reason", "size", "digest"], of: "what is absent")
        var file: Absent.Contents?
        if members["size"] != .null || members["digest"] != .null {
            let size = try (members["size"] ?? .null).integer(of: "the size of what is absent")
            file = Absent.Contents(size: size, digest: try digest(members["digest"]))
        }
        return Absent(
            path: try (members["path"] ?? .null).string(of: "the path of what is absent"),
            reason: try (members["reason"] ?? .null).string(of: "why something is absent"),
            file: file
        )
    }

    private static func bool(_ value: JSONValue?, of what: String) throws(DocumentError) -> Bool {
        guard case .bool(let bool)? = value else { throw DocumentError(.malformed, "\(what) is not true or false") }
        return bool
    }

    private static func digest(_ value: JSONValue?) throws(DocumentError) -> Digest {
        guard let digest = Digest(try (value ?? .null).string(of: "a digest")), digest.algorithm == .sha256 else {
            throw DocumentError(.malformed, "a digest is not SHA-256")
        }
        return digest
    }
}
