internal import Detecting
internal import Documents
internal import Sodium

extension SealedMap {
    /// The name of the map in messages.
    static let name = "the sealed map"

    /// Returns the UTF-8 bytes to seal, which are the same for the same map.
    public func serialized() -> [UInt8] {
        let value: JSONValue = [
            "schema": .integer(Self.schema),
            "generation": .integer(generation),
            "recipients": .array(recipients.map { .string($0) }),
            "values": .array(values.map(Self.json)),
            "files": .array(files.map(Self.json)),
            "leftOut": .array(leftOut.map(Self.json)),
            "absent": .array(absent.map(Self.json)),
            "modes": Self.json(ofModes: modes),
        ]
        return value.serialized(.indented)
    }

    private static func json(_ value: Value) -> JSONValue {
        [
            "value": value.value.json,
            "kind": .string(value.kind.rawValue),
            "origin": value.origin.map {
                ["derivation": .string($0.derivation.rawValue), "value": $0.value.json]
            } ?? .null,
            "standIn": .string(value.standIn),
            "firstSeen": .integer(value.firstSeen),
            "spellings": .array(
                value.spellings.map {
                    [
                        "value": $0.value.json, "parameter": .string($0.parameter), "standIn": .string($0.standIn),
                    ]
                }
            ),
            "confidence": value.confidence.map { .string($0.rawValue) } ?? .null,
            "places": .array(
                value.places.map {
                    ["path": .string($0.path), "keys": .array($0.keys.map { .string($0) })]
                }
            ),
        ]
    }

    private static func json(_ file: File) -> JSONValue {
        [
            "path": .string(file.path),
            "sanitizedPath": .string(file.sanitizedPath),
            "executable": .bool(file.isExecutable),
            "private": .bool(file.isPrivate),
            "digest": .string(file.digest.description),
            "sanitizedDigest": .string(file.sanitizedDigest.description),
            "link": file.link.map { .string($0) } ?? .null,
            "patches": .array(
                file.patches.map {
                    [
                        "start": .integer($0.span.start), "end": .integer($0.span.end), "original": $0.original.json,
                    ]
                }
            ),
        ]
    }

    private static func json(_ kept: Kept) -> JSONValue {
        switch kept.content {
        case .file(let contents, let isExecutable):
            ["path": .string(kept.path), "executable": .bool(isExecutable), "contents": contents.json]
        case .link(let target): ["path": .string(kept.path), "link": .string(target)]
        }
    }

    private static func json(_ absent: Absent) -> JSONValue {
        [
            "path": .string(absent.path),
            "reason": .string(absent.reason),
            "size": absent.file.map { .integer($0.size) } ?? .null,
            "digest": absent.file.map { .string($0.digest.description) } ?? .null,
        ]
    }
}
