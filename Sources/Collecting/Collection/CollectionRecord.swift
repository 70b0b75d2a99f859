internal import Documents

/// The contents of `deployment.json`: the origin, time and digest of each part of a collected deployment.
public struct CollectionRecord: Hashable, Sendable {
    /// One file.
    public struct Part: Hashable, Sendable {
        /// The path in the collected deployment.
        public var path: String
        /// The origin.
        public var from: String
        /// The digest of its contents, as `sha256:…`; nil for a link.
        public var digest: String?
        /// The original mode, such as `0640`; nil if unknown.
        public var mode: String?
        /// The original user and group ids, such as `101:0`; nil if unknown.
        public var owner: String?

        /// Makes a part.
        public init(path: String, from: String, digest: String?, rights: CollectedPart.Rights? = nil) {
            self.path = path
            self.from = from
            self.digest = digest
            mode = rights.map { rights in
                let digits = String(rights.permissions, radix: 8)
                return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            }
            owner = rights.map { "\($0.user):\($0.group)" }
        }
    }

    /// Something that was not collected.
    public struct LeftOut: Hashable, Sendable {
        /// The path or name of what is missing.
        public var path: String
        /// The reason.
        public var reason: String

        /// Makes a note.
        public init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// The kind of source: `folder`, `docker` or `gcp`.
    public var kind: String
    /// The name of the folder or project.
    public var source: String
    /// The time of collection, in seconds since 1970.
    public var time: Int
    /// The files.
    public var parts: [Part]
    /// The entries that were not collected, with reasons.
    public var leftOut: [LeftOut]

    /// Returns the JSON contents of the file.
    func json() -> JSONValue {
        [
            "schema": .integer(CollectionPlan.recordSchema),
            "source": ["kind": .string(kind), kind == "folder" ? "path" : "project": .string(source)],
            "time": .integer(time),
            "parts": .array(
                parts.map { part in
                    var members: [JSONValue.Member] = [
                        JSONValue.Member("path", .string(part.path)), JSONValue.Member("from", .string(part.from)),
                    ]
                    for (name, text) in [("digest", part.digest), ("mode", part.mode), ("owner", part.owner)] {
                        if let text { members.append(JSONValue.Member(name, .string(text))) }
                    }
                    return .object(members)
                }
            ),
            "leftOut": .array(leftOut.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
        ]
    }

    /// Makes a record.
    public init(kind: String, source: String, time: Int, parts: [Part], leftOut: [LeftOut]) {
        self.kind = kind
        self.source = source
        self.time = time
        self.parts = parts
        self.leftOut = leftOut
    }

    /// Reads the record of a collected deployment.
    ///
    /// - Throws: `DocumentError` if the bytes are not such a record.
    package init(parsing bytes: [UInt8]) throws {
        let value = try JSONValue(parsing: bytes)
        guard let source = value["source"], let kind = source["kind"]?.scalar else {
            throw DocumentError(.malformed, "the record of a collection names no source")
        }
        self.kind = kind
        self.source = (source["path"] ?? source["project"])?.scalar ?? ""
        time = value["time"]?.number ?? 0
        parts = try (value["parts"]?.elements ?? []).map { part in
            guard let path = part["path"]?.scalar else {
                throw DocumentError(.malformed, "the record of a collection has a part without a path")
            }
            var read = Part(path: path, from: part["from"]?.scalar ?? "", digest: part["digest"]?.scalar)
            read.mode = part["mode"]?.scalar
            read.owner = part["owner"]?.scalar
            return read
        }
        leftOut = (value["leftOut"]?.elements ?? []).map {
            LeftOut(path: $0["path"]?.scalar ?? "", reason: $0["reason"]?.scalar ?? "")
        }
    }

    /// A changed part.
    public struct Change: Hashable, Sendable {
        /// The kind of change.
        public enum Kind: String, Hashable, Sendable { case added, changed, removed }
        /// The kind of change.
        public var kind: Kind
        /// The path.
        public var path: String
    }

    /// Returns the changes since an earlier collection, in byte order of the paths.
    public func changes(since earlier: CollectionRecord) -> [Change] {
        let now = Dictionary(parts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let before = Dictionary(earlier.parts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let paths = Set(now.keys).union(before.keys).sorted { $0.precedes($1) }
        return paths.compactMap { path in
            switch (before[path], now[path]) {
            case (nil, _): Change(kind: .added, path: path)
            case (_, nil): Change(kind: .removed, path: path)
            case (let old?, let new?):
                old.digest == new.digest && old.mode == new.mode && old.owner == new.owner
                    ? nil : Change(kind: .changed, path: path)
            }
        }
    }
}
