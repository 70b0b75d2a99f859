internal import Collecting
internal import Documents
internal import Sodium
internal import SystemPackage

/// The file at a deployment's root that counts its rotations and says how far the last one got; it holds no secret.
struct RotationRecord: Equatable {
    static let name = ".scrubjay-rotation.json"

    /// How far a rotation got.
    enum Phase: String {
        /// There is nothing left to do.
        case done
        /// The files have the new values, and what runs may not have them yet.
        case files
        /// All is done but that a TURN server still accepts the old secret, on purpose.
        case overlap
        /// The files have the old values again, and what runs may not have them yet.
        case back
    }

    /// The running number of the last rotation; 0 where there was none.
    var generation = 0
    /// When it was.
    var time = ""
    /// How far it got.
    var phase = Phase.done
    /// Whether what runs was changed and asked, too.
    var isLive = true
    /// Until when a TURN server accepts two secrets, in seconds since 1970; 0 where it does not.
    var overlapsUntil = 0

    /// The record of a deployment, and the bytes that it was read from; none where there is no file.
    static func read(in root: FilePath) throws -> (record: RotationRecord, bytes: [UInt8]?) {
        let bytes: [UInt8]
        do throws(CollectingError) {
            bytes = try Deployment.contents(ofFile: root.appending(name))
        } catch {
            guard error.code == .missing else { throw error }
            return (RotationRecord(), nil)
        }
        // What a first rotation makes before it replaces it together with everything else.
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

    /// Writes the file in one step.
    func write(to root: FilePath) throws {
        try PrivateFile.write(serialized(), to: root.appending(Self.name), mode: 0o600, replacing: true)
    }
}
