internal import Documents
internal import Sodium

extension Manifest {
    /// The UTF-8 bytes of the manifest: the same for the same contents, on every machine.
    public func serialized() -> [UInt8] {
        var members: [JSONValue.Member] = [
            .init("schema", .integer(Self.schema)),
            .init("name", .string(bundleName)),
            .init("version", .string(version)),
            .init("released", .integer(Int(released))),
        ]
        if isPrivate { members.append(.init("private", true)) }
        members.append(.init("files", .array(files.map(Self.json))))
        return JSONValue.object(members).serialized(.indented)
    }

    private static func json(_ file: File) -> JSONValue {
        [
            "path": .string(file.path),
            "mode": .string(file.isExecutable ? "0755" : "0644"),
            "size": .integer(file.size),
            "sha256": .string(file.sha256.hex),
            "blake2b-256": .string(file.blake2b.hex),
        ]
    }

    /// Reads a manifest strictly: it must be written exactly as ``serialized()`` writes it.
    ///
    /// - Throws: ``BundleError`` with code `malformedManifest`.
    public init(parsing bytes: [UInt8]) throws(BundleError) {
        do throws(DocumentError) {
            self = try Self.read(JSONValue(parsing: bytes))
        } catch {
            throw BundleError(.malformedManifest, at: Self.name, error.message)
        }
        if let complaint = Self.complaint(bundleName: bundleName, version: version, released: released) {
            throw BundleError(.malformedManifest, at: Self.name, complaint)
        }
        guard serialized() == bytes else {
            throw BundleError(.malformedManifest, at: Self.name, "the manifest is not in its one canonical form")
        }
    }

    private static func read(_ value: JSONValue) throws(DocumentError) -> Manifest {
        let root = try value.members(
            required: ["schema", "name", "version", "released", "files"],
            optional: ["private"],
            of: "the manifest"
        )
        guard root["schema"] == .integer(schema) else {
            throw DocumentError(.malformed, "the manifest has another schema than \(schema)")
        }
        var files: [File] = []
        for element in try (root["files"] ?? .null).array(of: "the list of files") {
            files.append(try file(element))
        }
        return Manifest(
            checked: try (root["name"] ?? .null).string(of: "the name"),
            version: try (root["version"] ?? .null).string(of: "the version"),
            released: Int64(try (root["released"] ?? .null).integer(of: "the time of the release")),
            isPrivate: root["private"] == .bool(true),
            files: files
        )
    }

    private static func file(_ value: JSONValue) throws(DocumentError) -> File {
        let members = try value.members(required: ["path", "mode", "size", "sha256", "blake2b-256"], of: "a file")
        let isExecutable: Bool
        switch members["mode"] {
        case "0644": isExecutable = false
        case "0755": isExecutable = true
        default: throw DocumentError(.malformed, "a file's mode is neither 0644 nor 0755")
        }
        return File(
            path: try (members["path"] ?? .null).string(of: "a file's path"),
            isExecutable: isExecutable,
            size: try (members["size"] ?? .null).integer(of: "a file's size"),
            sha256: try digest(members["sha256"], .sha256),
            blake2b: try digest(members["blake2b-256"], .blake2b256)
        )
    }

    private static func digest(
        _ value: JSONValue?,
        _ algorithm: Digest.Algorithm
    ) throws(DocumentError) -> Digest {
        let text = try (value ?? .null).string(of: "a file's digest")
        guard let digest = Digest("\(algorithm.rawValue):\(text)") else {
            throw DocumentError(.malformed, "a file's digest is not \(2 * algorithm.count) hexadecimal digits")
        }
        return digest
    }
}
