public import Detecting
public import Documents

/// The contents of `parameters.json`: the parameters of a sanitized tree, and the files left out of it.
///
/// The format is specified in `docs/formats/parameters.md`.
public struct ParameterFile: Hashable, Sendable {
    /// The file's name at the root of a sanitized tree.
    public static let name = "parameters.json"
    /// The format version that is written.
    public static let schema = 1

    /// A file that was left out of the sanitized tree.
    public struct Omission: Hashable, Sendable {
        /// The path that the file would have had in the sanitized tree.
        public var path: String
        /// The reason, in one lower-case sentence.
        public var reason: String
        /// Whether a deployment makes the file itself, or its owner makes another; false if an older version of
        /// Scrubjay left it out.
        public var isMadeAfresh: Bool

        /// Makes an omission.
        public init(path: String, reason: String, isMadeAfresh: Bool = false) {
            self.path = path
            self.reason = reason
            self.isMadeAfresh = isMadeAfresh
        }

        /// The reason in the form that the rules use.
        var ruleReason: OmissionRules.Reason { isMadeAfresh ? .madeAfresh(reason) : .init(reason) }
    }

    /// A value that its owner keeps in the tree on purpose.
    public enum Kept: Hashable, Sendable {
        /// A host name that is not secret, with all names under it.
        case domain(String)
        /// A value of a kind, by its ``ValueDigest``.
        case value(Kind, digest: String)

        /// The host name; nil for another value.
        public var domain: String? { if case .domain(let name) = self { name } else { nil } }
        /// The digest of a value; nil for a host name.
        public var digest: String? { if case .value(_, let digest) = self { digest } else { nil } }
    }

    /// The parameters, ordered by name.
    public var parameters: [Parameter]
    /// The left-out files, ordered by path.
    public var omissions: [Omission]
    /// What stays although a scan finds it: names in order, then values by kind and digest.
    public var kept: [Kept]

    /// Makes the contents, and sorts the lists.
    public init(parameters: [Parameter], omissions: [Omission], kept: [Kept] = []) {
        self.kept = kept.sorted { $0.order.lexicographicallyPrecedes($1.order) }
        self.parameters = parameters.sorted { $0.name < $1.name }
        self.omissions = omissions.sorted { $0.path < $1.path }
    }
}

// MARK: - Writing

extension ParameterFile {
    /// The UTF-8 bytes of the file, which are the same for the same contents on every machine.
    ///
    /// Parameters are written one by one: a tree of all their places would take many times the memory of the text.
    public func serialized() -> [UInt8] {
        let value: JSONValue = [
            "schema": .integer(Self.schema),
            "parameters": .array([]),
            "omitted": .array(omissions.map(Self.json)),
        ]
        let text = Self.adding(kept, to: value).serialized(.indented)
        // A JSON string contains no line end, so this text occurs first where the list is.
        guard !parameters.isEmpty, let list = text.firstRange(of: Array(Self.emptyList.utf8)) else { return text }
        var bytes = Array(text[..<(list.upperBound - 1)])
        for (index, parameter) in parameters.enumerated() {
            bytes += (index == 0 ? "\n" : ",\n").utf8
            bytes += Self.json(parameter).serializedMember(depth: Self.depthOfParameter)
        }
        return bytes + "\n  ".utf8 + text[(list.upperBound - 1)...]
    }

    /// The list of parameters in a file without any.
    private static let emptyList = "\n  \"parameters\": []"
    /// The nesting depth of parameters in the JSON.
    private static let depthOfParameter = 2

    private static func json(_ omission: Omission) -> JSONValue {
        var members = [
            JSONValue.Member("path", .string(omission.path)), .init("reason", .string(omission.reason)),
        ]
        if omission.isMadeAfresh { members.append(.init("madeAfresh", .bool(true))) }
        return .object(members)
    }

    private static func json(_ parameter: Parameter) -> JSONValue {
        [
            "name": .string(parameter.name),
            "kind": .string(parameter.kind.rawValue),
            "severity": .string(parameter.severity.rawValue),
            "description": .string(parameter.summary),
            "standIn": .string(parameter.standIn),
            "required": .bool(parameter.isRequired),
            "generator": parameter.generator?.json ?? .null,
            "origin": parameter.origin?.json ?? .null,
            "places": .array(parameter.places.map(json)),
        ]
    }

    private static func json(_ place: Parameter.Place) -> JSONValue {
        var members = [JSONValue.Member("path", .string(place.path))]
        if let span = place.pathSpan {
            members.append(.init("inPath", ["start": .integer(span.start), "end": .integer(span.end)]))
        }
        if let location = place.location {
            members.append(.init("steps", .array(location.steps.map(json))))
        }
        return .object(members)
    }

    private static func json(_ step: Location.Step) -> JSONValue {
        [
            "start": .integer(step.span.start),
            "end": .integer(step.span.end),
            "encodings": .array(step.encodings.map { .string($0.rawValue) }),
        ]
    }
}

// MARK: - Reading

extension ParameterFile {
    /// Reads the file strictly: an unknown member, an unknown kind or a duplicate name is an error.
    ///
    /// - Throws: ``DocumentError`` with code `malformed`.
    public init(parsing bytes: [UInt8]) throws(DocumentError) {
        let root = try JSONValue(parsing: bytes)
            .members(required: ["schema", "parameters", "omitted"], optional: ["kept"], of: Self.name)
        guard root["schema"] == .integer(Self.schema) else {
            throw DocumentError(.malformed, "\(Self.name) is not of schema \(Self.schema)")
        }
        var parameters: [Parameter] = []
        for element in try (root["parameters"] ?? .null).array(of: "'parameters'") {
            parameters.append(try Self.parameter(element))
        }
        let names = Set(parameters.map(\.name))
        guard names.count == parameters.count else {
            throw DocumentError(.malformed, "\(Self.name) names a parameter twice")
        }
        guard parameters.allSatisfy({ $0.origin.map { names.contains($0.parameter) } ?? true }) else {
            throw DocumentError(.malformed, "\(Self.name) derives a parameter from one that it does not have")
        }
        var omissions: [Omission] = []
        for element in try (root["omitted"] ?? .null).array(of: "'omitted'") {
            omissions.append(try Self.omission(element))
        }
        self.init(parameters: parameters, omissions: omissions, kept: try Self.kept(in: root["kept"]))
    }

    private static func omission(_ value: JSONValue) throws(DocumentError) -> Omission {
        let members = try value.members(required: ["path", "reason"], optional: ["madeAfresh"], of: "an omission")
        guard [nil, .bool(true)].contains(members["madeAfresh"]) else {
            throw DocumentError(.malformed, "an omission's madeAfresh is something else than true")
        }
        return Omission(
            path: try (members["path"] ?? .null).string(of: "an omission's path"),
            reason: try (members["reason"] ?? .null).string(of: "an omission's reason"),
            isMadeAfresh: members["madeAfresh"] != nil
        )
    }

    private static func parameter(_ value: JSONValue) throws(DocumentError) -> Parameter {
        let members = try value.members(
            required: [
                "name", "kind", "severity", "description", "standIn", "required", "generator", "origin", "places",
            ],
            of: "a parameter"
        )
        func text(_ name: String) throws(DocumentError) -> String {
            try (members[name] ?? .null).string(of: "a parameter's \(name)")
        }
        let name = try text("name")
        guard let kind = Kind(rawValue: try text("kind")) else {
            throw DocumentError(.malformed, "parameter '\(name)' is of a kind that does not exist")
        }
        guard let severity = Severity(rawValue: try text("severity")) else {
            throw DocumentError(.malformed, "parameter '\(name)' has a severity that does not exist")
        }
        guard case .bool(let isRequired)? = members["required"] else {
            throw DocumentError(.malformed, "parameter '\(name)' has no valid 'required'")
        }
        var places: [Parameter.Place] = []
        for element in try (members["places"] ?? .null).array(of: "the places of parameter '\(name)'") {
            places.append(try place(element))
        }
        return Parameter(
            name: name,
            kind: kind,
            severity: severity,
            summary: try text("description"),
            standIn: try text("standIn"),
            isRequired: isRequired,
            generator: try generator(members["generator"] ?? .null),
            origin: try origin(members["origin"] ?? .null),
            places: places
        )
    }

    private static func generator(_ value: JSONValue) throws(DocumentError) -> Parameter.Generator? {
        if value == .null { return nil }
        let members = try value.members(required: ["form", "bytes"], of: "a generator")
        let bytes = try (members["bytes"] ?? .null).integer(of: "a generator's size")
        guard (1...1024).contains(bytes) else { throw DocumentError(.malformed, "a generator's size is not 1 to 1024") }
        switch members["form"] {
        case "hex": return .hex(bytes: bytes)
        case "base64url": return .base64url(bytes: bytes)
        default: throw DocumentError(.malformed, "a generator has a form that does not exist")
        }
    }

    private static func origin(_ value: JSONValue) throws(DocumentError) -> Parameter.Origin? {
        if value == .null { return nil }
        let members = try value.members(required: ["parameter", "derivation"], of: "an origin")
        let form = try (members["derivation"] ?? .null).string(of: "a derivation")
        guard let derivation = Derivation(rawValue: form) else {
            throw DocumentError(.malformed, "an origin names a derivation that does not exist")
        }
        let parameter = try (members["parameter"] ?? .null).string(of: "an origin's parameter")
        return Parameter.Origin(parameter: parameter, derivation: derivation)
    }

    private static func place(_ value: JSONValue) throws(DocumentError) -> Parameter.Place {
        let members = try value.members(required: ["path"], optional: ["inPath", "steps"], of: "a place")
        let path = try (members["path"] ?? .null).string(of: "a place's path")
        switch (members["inPath"], members["steps"]) {
        case (let inPath?, nil):
            let span = try inPath.members(required: ["start", "end"], of: "a place in a path")
            return Parameter.Place(path: path, pathSpan: try self.span(span, within: path.utf8.count))
        case (nil, let list?):
            var steps: [Location.Step] = []
            for element in try list.array(of: "a place's steps") { steps.append(try step(element)) }
            guard !steps.isEmpty else { throw DocumentError(.malformed, "a place has no step") }
            return Parameter.Place(path: path, location: Location(steps))
        default: throw DocumentError(.malformed, "a place has either 'inPath' or 'steps'")
        }
    }

    private static func step(_ value: JSONValue) throws(DocumentError) -> Location.Step {
        let members = try value.members(required: ["start", "end", "encodings"], of: "a step")
        var encodings: [Encoding] = []
        for element in try (members["encodings"] ?? .null).array(of: "a step's encodings") {
            guard let encoding = Encoding(rawValue: try element.string(of: "an encoding")) else {
                throw DocumentError(.malformed, "a step names an encoding that does not exist")
            }
            encodings.append(encoding)
        }
        return Location.Step(try span(members, within: .max), encodings)
    }

    private static func span(_ members: [String: JSONValue], within end: Int) throws(DocumentError) -> Span {
        let first = try (members["start"] ?? .null).integer(of: "a span's start")
        let last = try (members["end"] ?? .null).integer(of: "a span's end")
        guard 0 <= first, first <= last, last <= end else {
            throw DocumentError(.malformed, "a span does not fit what it is a part of")
        }
        return Span(first, last)
    }
}
