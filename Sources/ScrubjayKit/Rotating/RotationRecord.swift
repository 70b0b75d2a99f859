internal import Collecting
internal import Documents
internal import Sodium
internal import SystemPackage

/// The file at a deployment's root that counts its rotations and records the progress of the last one.
///
/// It holds no secret.
struct RotationRecord: Equatable {
    static let name = ".scrubjay-rotation.json"
    private static let schema = 1
    /// The maximum size of the file in bytes; no record is that large.
    private static let longest = 1 << 16

    /// The progress of a rotation.
    enum Phase: String {
        /// Nothing remains to be done.
        case done
        /// The files have the new values; the running services may not have them yet.
        case files
        /// Everything is done, but a TURN server still accepts the old secret, on purpose.
        case overlap
        /// The files have the old values again; the running services may not have them yet.
        case back
    }

    /// The number of the last rotation; 0 if there was none.
    var generation = 0
    /// The time of the last rotation.
    var time = ""
    /// The progress of the last rotation.
    var phase = Phase.done
    /// Whether the running services were included.
    var isLive = true
    /// The end of the time during which a TURN server accepts two secrets, in seconds since 1970; 0 for none.
    var overlapsUntil = 0

    /// Reads the record of a deployment and its bytes; the bytes are nil if there is no file.
    static func read(in root: FilePath) throws -> (record: RotationRecord, bytes: [UInt8]?) {
        guard let bytes = try Deployment.contents(ofFileIfThere: root.appending(name), atMost: longest) else {
            return (RotationRecord(), nil)
        }
        // An earlier version of Scrubjay created the file empty, and then replaced it together with everything else.
        guard !bytes.isEmpty else { return (RotationRecord(), bytes) }
        let optional = ["phase", "overlapsUntil", "live"]
        let members = try JSONValue(parsing: bytes).members(
            required: ["schema", "generation", "time"],
            optional: optional,
            of: name
        )
        guard members["schema"] == .integer(schema) else {
            throw DocumentError(.malformed, "\(name) is not of schema \(schema)")
        }
        var record = RotationRecord()
        record.generation = try (members["generation"] ?? .null).integer(of: "the generation in \(name)")
        record.time = try (members["time"] ?? .null).string(of: "the time in \(name)")
        if let phase = members["phase"] {
            let text = try phase.string(of: "the phase in \(name)")
            guard let phase = Phase(rawValue: text) else {
                throw DocumentError(.malformed, "the phase in \(name) is unknown to this version")
            }
            record.phase = phase
        }
        if let until = members["overlapsUntil"] {
            record.overlapsUntil = try until.integer(of: "the end of the overlap in \(name)")
        }
        if let isLive = members["live"] {
            guard case .bool(let isLive) = isLive else {
                throw DocumentError(.malformed, "'live' in \(name) is neither true nor false")
            }
            record.isLive = isLive
        }
        return (record, bytes)
    }

    /// Returns the bytes of the file.
    func serialized() -> [UInt8] {
        let value: JSONValue = [
            "schema": .integer(Self.schema), "generation": .integer(generation), "time": .string(time),
            "phase": .string(phase.rawValue),
            "overlapsUntil": .integer(overlapsUntil), "live": .bool(isLive),
        ]
        return value.serialized()
    }

    /// Writes the file atomically.
    func write(to root: FilePath) throws {
        try PrivateFile.write(serialized(), to: root.appending(Self.name), mode: 0o600, replacing: true)
    }
}
