internal import Collecting
internal import Documents
internal import Sodium
internal import SystemPackage

/// The file at a deployment's root that counts its rotations and records the progress of the last one.
///
/// It holds no secret.
struct RotationRecord: Equatable {
    static let name = ".scrubjay-rotation.json"

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
    /// The end of the time in which a TURN server accepts two secrets, in seconds since 1970; 0 for none.
    var overlapsUntil = 0

    /// Reads the record of a deployment and its bytes; the bytes are nil if there is no file.
    static func read(in root: FilePath) throws -> (record: RotationRecord, bytes: [UInt8]?) {
        let bytes: [UInt8]
        do throws(CollectingError) {
            bytes = try Deployment.contents(ofFile: root.appending(name))
        } catch {
            guard error.code == .missing else { throw error }
            return (RotationRecord(), nil)
        }
        // A first rotation creates the file empty, and then replaces it together with everything else.
        guard !bytes.isEmpty else { return (RotationRecord(), bytes) }
        let optional = ["phase", "overlapsUntil", "live"]
        let members = try JSONValue(parsing: bytes).members(
            required: ["schema", "generation", "time"],
            optional: optional,
            of: name
        )
        var record = RotationRecord()
        record.generation = try (members["generation"] ?? .null).integer(of: "the generation in \(name)")
        if case .string(let time)? = members["time"] { record.time = time }
        if case .string(let phase)? = members["phase"] { record.phase = Phase(rawValue: phase) ?? .files }
        if case .integer(let until)? = members["overlapsUntil"] { record.overlapsUntil = until }
        if case .bool(let isLive)? = members["live"] { record.isLive = isLive }
        return (record, bytes)
    }

    /// The bytes of the file.
    func serialized() -> [UInt8] {
        let value: JSONValue = [
            "schema": 1, "generation": .integer(generation), "time": .string(time), "phase": .string(phase.rawValue),
            "overlapsUntil": .integer(overlapsUntil), "live": .bool(isLive),
        ]
        return value.serialized()
    }

    /// Writes the file atomically.
    func write(to root: FilePath) throws {
        try PrivateFile.write(serialized(), to: root.appending(Self.name), mode: 0o600, replacing: true)
    }
}
