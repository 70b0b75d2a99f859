public import Bundling
internal import Collecting
internal import Documents
internal import Sodium
public import SystemPackage

/// The last verified version of each bundle, so that an older one is noticed.
public struct VerifiedVersions: Sendable {
    private struct Entry {
        var version: String
        var released: Int
        var identity: String
    }

    private static let schema = 1
    /// The maximum size of the file in bytes.
    private static let longest = 1 << 24

    private let path: FilePath
    private var entries: [String: Entry] = [:]

    /// Reads the file; a missing file is empty.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `unsuitable` if the file is not a state file.
    public init(at path: FilePath) throws {
        self.path = path
        guard let bytes = try Deployment.contents(ofFileIfThere: path, atMost: Self.longest) else { return }
        do throws(DocumentError) {
            let root = try JSONValue(parsing: bytes).members(required: ["schema", "verified"], of: "the state file")
            guard root["schema"] == .integer(Self.schema) else {
                throw DocumentError(.malformed, "the schema of the state file is not \(Self.schema)")
            }
            for value in try (root["verified"] ?? .null).array(of: "'verified'") {
                let members = try value.members(required: ["name", "version", "released", "identity"], of: "an entry")
                entries[try (members["name"] ?? .null).string(of: "a name")] = Entry(
                    version: try (members["version"] ?? .null).string(of: "a version"),
                    released: try (members["released"] ?? .null).integer(of: "a time"),
                    identity: try (members["identity"] ?? .null).string(of: "an identity")
                )
            }
        } catch {
            throw KitError(
                .unsuitable,
                "\(path): \(error.message)",
                remedy: .stateOfVerification
            )
        }
    }

    /// Returns a warning if a bundle is suspicious compared with those verified before, as one lower-case sentence; nil
    /// if it is not.
    public func warning(about bundle: VerifiedBundle) -> String? {
        let manifest = bundle.manifest
        guard let last = entries[manifest.bundleName] else { return nil }
        if Self.goesBack(from: (last.version, last.released), to: (manifest.version, Int(manifest.released))) {
            return
                "version \(manifest.version) of \(manifest.bundleName) is older than \(last.version), which was verified "
                + "before: make sure you want to go back"
        }
        if manifest.version == last.version && bundle.identity.description != last.identity {
            return "version \(manifest.version) of \(manifest.bundleName) was verified before as a different archive"
        }
        return nil
    }

    /// Records that a bundle was verified, unless a newer version was recorded before.
    ///
    /// - Throws: ``CollectingError``.
    public mutating func record(_ bundle: VerifiedBundle) throws {
        let manifest = bundle.manifest
        if let last = entries[manifest.bundleName], Self.precedes(manifest.version, last.version) { return }
        entries[manifest.bundleName] = Entry(
            version: manifest.version,
            released: Int(manifest.released),
            identity: bundle.identity.description
        )
        let list = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, entry in
            JSONValue.object([
                .init("name", .string(name)), .init("version", .string(entry.version)),
                .init("released", .integer(entry.released)), .init("identity", .string(entry.identity)),
            ])
        }
        let value: JSONValue = ["schema": .integer(Self.schema), "verified": .array(list)]
        try PrivateFile.write(value.serialized(.indented), to: path, mode: 0o600, replacing: true)
    }

    /// Whether a version is older than another: it is lower, or it is the same and was released earlier.
    static func goesBack(from last: (version: String, released: Int), to next: (version: String, released: Int)) -> Bool
    {
        precedes(next.version, last.version)
            || (!precedes(last.version, next.version) && next.released < last.released)
    }

    /// Whether a version is lower than another.
    ///
    /// Numbers are compared by value, other parts as text; an additional part makes a version higher.
    static func precedes(_ left: String, _ right: String) -> Bool {
        let (left, right) = (parts(of: left), parts(of: right))
        for (first, second) in zip(left, right) where first != second {
            switch (Int(first), Int(second)) {
            case (let first?, let second?): if first != second { return first < second }
            case (nil, _?): return true
            case (_?, nil): return false
            case (nil, nil): return first < second
            }
        }
        return left.count < right.count
    }

    private static func parts(of version: String) -> [Substring] {
        version.split { !$0.isLetter && !$0.isNumber }
    }
}
