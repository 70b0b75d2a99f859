internal import Collecting
internal import Detecting
internal import Documents
package import Sodium

/// What a rotation replaced, to be sealed for a rollback: old and new values, and the original files.
///
/// It is stored only as the plain text of an age file; `docs/formats/rotation.md` specifies its members.
package struct SealedRotation: Sendable {
    /// The file's name, at the root of the deployment.
    package static let name = ".scrubjay-rotation.age"

    /// A secret.
    package struct Secret: Sendable {
        /// The settings that hold it.
        package var names: [String]
        /// The old value.
        package var old: SharedSecret
        /// The new value.
        package var fresh: SharedSecret
    }

    /// A file.
    package struct File: Sendable {
        /// Its path, relative to the root of the deployment.
        package var path: String
        /// Its original contents.
        package var original: SharedSecret
        /// Its original permission bits; nil if they were not changed.
        package var mode: UInt32?
        /// The digests of its possible contents after the rotation: with and without the old secret of a TURN server.
        package var after: [String]
    }

    /// The consecutive number of the rotation.
    package var generation: Int
    /// Whether running services were changed, too.
    package var isLive: Bool
    /// The secrets.
    package var secrets: [Secret]
    /// The files.
    package var files: [File]

    /// Returns the digest of a file's contents, which shows whether the file was changed later.
    package static func digest(of bytes: [UInt8]) -> String { BLAKE2b.hash(bytes).description }

    /// Makes the record of what a plan replaces.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - generation: the consecutive number of the rotation.
    ///   - isLive: whether running services are changed, too.
    ///   - isOverlapping: whether a TURN server's file keeps the old secret beside the fresh one.
    ///   - permissions: returns the permission bits of the file at a path.
    /// - Throws: what making the plan's edited files throws, and what `permissions` throws.
    package init(
        _ plan: RotationPlan,
        generation: Int,
        isLive: Bool,
        overlappingTURN isOverlapping: Bool,
        permissions: (String) throws -> UInt32
    ) throws {
        self.generation = generation
        self.isLive = isLive
        secrets = plan.secrets.map { secret in
            Secret(
                names: secret.names,
                old: SharedSecret(copying: secret.old[0].bytes),
                fresh: secret.fresh.value
            )
        }
        let without = Dictionary(uniqueKeysWithValues: try plan.editedFiles().map { ($0.path, $0.contents) })
        files = try plan.editedFiles(overlappingTURN: isOverlapping).map { file in
            // A file that changes only for an overlap gets its original contents back.
            let original = file.original ?? []
            let last = without[file.path] ?? original
            return File(
                path: file.path,
                original: SharedSecret(copying: original),
                mode: file.permissions == .kept ? nil : try permissions(file.path),
                after: (file.contents == last ? [last] : [file.contents, last]).map(Self.digest)
            )
        }
    }

    // MARK: - Form

    /// Returns the text to seal.
    package func serialized() -> SecretBytes {
        func text(_ secret: SharedSecret) -> JSONValue {
            .string(secret.withSecret { secret in secret.withBytes { Base64.encode($0) } })
        }
        let value: JSONValue = [
            "schema": 1, "generation": .integer(generation), "live": .bool(isLive),
            "secrets": .array(
                secrets.map { secret in
                    [
                        "names": .array(secret.names.map { .string($0) }), "old": text(secret.old),
                        "new": text(secret.fresh),
                    ]
                }
            ),
            "files": .array(
                files.map { file in
                    var members: [JSONValue.Member] = [
                        .init("path", .string(file.path)), .init("after", .array(file.after.map { .string($0) })),
                        .init("original", text(file.original)),
                    ]
                    if let mode = file.mode { members.append(.init("mode", .integer(Int(mode)))) }
                    return .object(members)
                }
            ),
        ]
        var bytes = value.serialized()
        return SecretBytes(zeroing: &bytes)
    }

    /// Reads the text that was sealed.
    ///
    /// - Throws: ``LiveError`` `unreadable`.
    package init(parsing text: borrowing SecretBytes) throws {
        do {
            try self.init(JSONValue(parsing: text.exposed()))
        } catch is DocumentError {
            throw LiveError(.unreadable, "\(Self.name) contains no rotation that this version knows")
        }
    }

    private init(_ value: JSONValue) throws {
        let members = try value.members(
            required: ["schema", "generation", "live", "secrets", "files"],
            of: "the rotation"
        )
        guard members["schema"] == 1, case .bool(let isLive)? = members["live"],
            case .array(let secrets)? = members["secrets"], case .array(let files)? = members["files"]
        else { throw DocumentError(.malformed, "the rotation has another form") }
        generation = try (members["generation"] ?? .null).integer(of: "the generation")
        self.isLive = isLive
        self.secrets = try secrets.map { secret in
            let members = try secret.members(required: ["names", "old", "new"], of: "a secret")
            return Secret(
                names: try Self.texts(members["names"]),
                old: try Self.bytes(members["old"]),
                fresh: try Self.bytes(members["new"])
            )
        }
        self.files = try files.map { file in
            let members = try file.members(required: ["path", "after", "original"], optional: ["mode"], of: "a file")
            let mode = try members["mode"].map { try $0.integer(of: "the mode of a file") }
            return File(
                path: try (members["path"] ?? .null).string(of: "a path"),
                original: try Self.bytes(members["original"]),
                mode: mode.map { UInt32(truncatingIfNeeded: $0) & 0o777 },
                after: try Self.texts(members["after"])
            )
        }
    }

    private static func texts(_ value: JSONValue?) throws -> [String] {
        guard case .array(let values)? = value else { throw DocumentError(.malformed, "a list is missing") }
        return try values.map { try $0.string(of: "a text") }
    }

    private static func bytes(_ value: JSONValue?) throws -> SharedSecret {
        let text = try (value ?? .null).string(of: "a value")
        guard let bytes = try? Base64.decode(Array(text.utf8)) else {
            throw DocumentError(.malformed, "a value is not base64")
        }
        return SharedSecret(copying: bytes)
    }
}
