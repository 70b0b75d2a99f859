internal import Documents

extension SealedMap {
    static func json(ofModes modes: [String: UInt32]) -> JSONValue {
        .array(
            modes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
                ["path": .string($0.key), "mode": .string(text(ofMode: $0.value))]
            }
        )
    }

    private static func text(ofMode mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    static func mode(_ value: JSONValue) throws(DocumentError) -> (path: String, mode: UInt32) {
        let members = try value.members(required: ["path", "mode"], of: "a mode")
        let text = try (members["mode"] ?? .null).string(of: "a mode")
        guard text.utf8.count == 4, let mode = UInt32(text, radix: 8), mode <= 0o777 else {
            throw DocumentError(.malformed, "a mode is not four octal digits, the first of them 0")
        }
        return (try (members["path"] ?? .null).string(of: "the path of a mode"), mode)
    }

    static func modes(_ list: [(path: String, mode: UInt32)]) throws(DocumentError) -> [String: UInt32] {
        var modes: [String: UInt32] = [:]
        for (path, mode) in list {
            guard modes.updateValue(mode, forKey: path) == nil else {
                throw DocumentError(.malformed, "\(name) has two modes for one path")
            }
        }
        return modes
    }
}
