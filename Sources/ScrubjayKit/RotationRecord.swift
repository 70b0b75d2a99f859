internal import Collecting
internal import Documents
internal import SystemPackage

/// The file at a deployment's root that counts its rotations; it holds no secret.
enum RotationRecord {
    static let name = ".scrubjay-rotation.json"

    /// The running number of the last rotation; 0 where there was none.
    static func generation(in root: FilePath) throws -> Int {
        let path = root.appending(name)
        let bytes: [UInt8]
        do throws(CollectingError) {
            bytes = try Deployment.contents(ofFile: path)
        } catch {
            guard error.code == .missing else { throw error }
            return 0
        }
        let members = try JSONValue(parsing: bytes).members(required: ["schema", "generation", "time"], of: name)
        return try (members["generation"] ?? .null).integer(of: "the generation in \(name)")
    }

    /// Notes a rotation.
    static func write(generation: Int, time: String, to root: FilePath) throws {
        let value: JSONValue = ["schema": 1, "generation": .integer(generation), "time": .string(time)]
        try PrivateFile.write(value.serialized(), to: root.appending(name), mode: 0o600, replacing: true)
    }
}
