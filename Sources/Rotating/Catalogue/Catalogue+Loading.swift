internal import CEmbeddedData
internal import Detecting
internal import Documents

extension Catalogue {
    /// Returns the catalogue of Jitsi Meet, as run by docker-jitsi-meet.
    ///
    /// - Throws: ``RotationError`` with code `malformedCatalogue`, which a test rules out.
    public static func jitsi() throws -> Catalogue { try Catalogue(reading: jitsiSource) }

    /// Returns the combined catalogues of all known services, Jitsi Meet's first.
    ///
    /// - Throws: ``RotationError`` with code `malformedCatalogue`, which a test rules out.
    public static func known() throws -> Catalogue { try all.get() }

    /// Read once, because a rotation requests it repeatedly.
    private static let all = Result {
        let others = try unsafe [embedded_synapse, embedded_wireguard].map { file in
            try Catalogue(reading: unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
        }
        let all = try [jitsi()] + others
        return Catalogue(
            settings: all.flatMap(\.settings),
            regimes: all.flatMap(\.regimes),
            layouts: all.flatMap(\.layouts),
            variables: all.flatMap(\.variables),
            order: all.flatMap(\.order)
        )
    }

    /// The source of the Jitsi Meet catalogue.
    package static var jitsiSource: [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: embedded_jitsi.bytes, count: embedded_jitsi.count))
    }

    /// Reads a catalogue from YAML, whose own comment documents the fields.
    init(reading bytes: [UInt8]) throws {
        let records = try Records(bytes)
        self.init(
            settings: try records.list("settings").map(Setting.init(reading:)),
            regimes: try records.listIfThere("regimes").map(Regime.init(reading:)),
            layouts: try records.listIfThere("layouts").map(Layout.init(reading:)),
            variables: try records.listIfThere("variables").map(Variable.init(reading:)),
            order: records.texts("order")
        )
    }
}

/// The contents of a YAML text that consists of lists of records, whose fields are texts or lists of texts.
private struct Records {
    private var records: [String: [Record]] = [:]
    private var lists: [String: [String]] = [:]

    init(_ bytes: [UInt8]) throws {
        let document = Document(path: "catalogue.yml", bytes: bytes, format: .yaml)
        guard document.notes.isEmpty else { throw RotationError(.malformedCatalogue, "it is not YAML") }
        for (keys, text) in try document.scalars() {
            switch keys.count {
            case 2: lists[keys[0], default: []].append(text)
            case 3, 4:
                guard let index = Int(keys[1]) else {
                    throw RotationError(.malformedCatalogue, at: keys[0], "it is not a list")
                }
                var list = records[keys[0], default: []]
                if index == list.count { list.append(Record(place: "\(keys[0]) \(index)")) }
                guard index < list.count else {
                    throw RotationError(.malformedCatalogue, at: keys[0], "a record is empty")
                }
                try list[index].add(text, to: keys[2], inList: keys.count == 4)
                records[keys[0]] = list
            default: throw RotationError(.malformedCatalogue, at: keys.first, "it is nested too deep, or not at all")
            }
        }
    }

    func list(_ name: String) throws -> [Record] {
        guard let list = records[name] else { throw RotationError(.malformedCatalogue, at: name, "it is missing") }
        return list
    }

    func listIfThere(_ name: String) -> [Record] { records[name] ?? [] }

    func texts(_ name: String) -> [String] { lists[name] ?? [] }
}

extension Document {
    /// Returns the scalars of a YAML text unparsed, even if one contains a setting such as `NAME=value`.
    fileprivate func scalars() throws -> [(keys: [String], text: String)] {
        guard let layer = layers.first else { return [] }
        let outermostFirst = layer.values.filter { $0.role == .value }
            .sorted { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
        var end = 0
        return try outermostFirst.compactMap { value in
            guard value.span.end > end else { return nil }
            end = value.span.end
            let decoded = try value.encoding.decode(layer.text[value.span.range])
            return (value.keyPath, String(decoding: decoded.bytes, as: UTF8.self))
        }
    }
}

/// One record: fields by name.
private struct Record {
    private(set) var place: String
    private var texts: [String: String] = [:]
    private var lists: [String: [String]] = [:]

    init(place: String) { self.place = place }

    mutating func add(_ text: String, to field: String, inList: Bool) throws {
        if inList {
            lists[field, default: []].append(text)
        } else {
            guard texts.updateValue(text, forKey: field) == nil else { throw malformed(field, "it is given twice") }
            if field == "name" { place = text }
        }
    }

    func list(_ field: String) -> [String] { lists[field] ?? [] }

    func text(_ field: String) -> String? { texts[field] }

    func required(_ field: String) throws -> String {
        guard let text = texts[field] else { throw malformed(field, "it is missing") }
        return text
    }

    /// Reads and converts a field; nil if it is missing.
    func read<Value>(_ field: String, as read: (String) -> Value?) throws -> Value? {
        guard let text = texts[field] else { return nil }
        guard let value = read(text) else { throw malformed(field, "it has a value that is not known") }
        return value
    }

    /// Checks that every field is known, and a list or not as required.
    func requireFields(texts known: Set<String>, lists knownLists: Set<String>) throws {
        for field in texts.keys where !known.contains(field) { throw malformed(field, "it is not known as a text") }
        for field in lists.keys where !knownLists.contains(field) {
            throw malformed(field, "it is not known as a list")
        }
    }

    private func malformed(_ field: String, _ message: String) -> RotationError {
        RotationError(.malformedCatalogue, at: "\(place), \(field)", message)
    }
}

extension Catalogue.Setting {
    fileprivate init(reading record: Record) throws {
        try record.requireFields(
            texts: [
                "name", "class", "holds", "summary", "since", "until", "change", "shape", "owner", "step", "account",
                "proof", "key",
            ],
            lists: ["components", "lands", "weak", "order", "aliases", "files"]
        )
        name = try record.required("name")
        guard let sort = try record.read("class", as: Sort.init(rawValue:)) else {
            throw RotationError(.malformedCatalogue, at: name, "it has no class")
        }
        self.sort = sort
        holds = try record.read("holds", as: Kind.init(rawValue:))
        summary = try record.required("summary")
        components = record.list("components")
        since = try record.read("since") { Release($0) }
        until = try record.read("until") { Release($0) }
        lands = record.list("lands")
        weakValues = record.list("weak")
        change = try record.read("change", as: Change.init(rawValue:))
        shape = try record.read("shape") { SecretShape($0) } ?? .hex(bytes: 16)
        key = try record.read("key") { KeyForm($0) }
        files = record.list("files")
        owner = record.text("owner")
        step = record.text("step")
        order = record.list("order")
        account = record.text("account")
        proof = record.text("proof")
        aliases = record.list("aliases")
    }
}

extension Catalogue.Variable {
    fileprivate init(reading record: Record) throws {
        try record.requireFields(texts: ["name"], lists: ["aliases"])
        name = try record.required("name")
        patterns = record.list("aliases").map { SettingPath.Pattern($0) }
    }
}

extension Catalogue.Regime {
    fileprivate init(reading record: Record) throws {
        try record.requireFields(texts: ["name", "since", "until", "accounts", "means"], lists: [])
        name = try record.required("name")
        releases = try record.releases()
        setsAccountsAtEachStart =
            try record.read("accounts") { ["at each start": true, "once": false][$0] } ?? false
        meaning = try record.required("means")
    }
}

extension Catalogue.Layout {
    fileprivate init(reading record: Record) throws {
        try record.requireFields(texts: ["name", "since", "until", "configuration", "accounts"], lists: ["marks"])
        self.init(
            name: try record.required("name"),
            releases: try record.releases(),
            configuration: try record.required("configuration"),
            accounts: try record.required("accounts"),
            marks: record.list("marks")
        )
    }
}

extension Record {
    /// Reads the releases from `since` to `until`; `until` is optional.
    fileprivate func releases() throws -> ReleaseRange {
        guard let since = try read("since", as: { Release($0) }) else {
            throw RotationError(.malformedCatalogue, at: place, "it has no first release")
        }
        return ReleaseRange(since: since, until: try read("until") { Release($0) })
    }
}
