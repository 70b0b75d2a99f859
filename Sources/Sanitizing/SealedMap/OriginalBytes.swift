internal import Documents
internal import Sodium

/// Bytes of an original, which only a sealed map may hold.
///
/// They can be compared but not printed.
public struct OriginalBytes: Hashable, Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// Makes a copy of bytes.
    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// `{"utf8": "…"}`, or `{"base64": "…"}` if the bytes are not UTF-8.
    var json: JSONValue {
        if let text = String(validating: bytes, as: UTF8.self) { return ["utf8": .string(text)] }
        return ["base64": .string(Base64.encode(bytes))]
    }

    /// Reads what ``json`` writes.
    ///
    /// - Throws: ``DocumentError`` with code `malformed`.
    init(_ value: JSONValue?, of what: String) throws(DocumentError) {
        let members = try (value ?? .null).members(required: [], optional: ["utf8", "base64"], of: what)
        switch (members["utf8"], members["base64"]) {
        case (let text?, nil): bytes = Array(try text.string(of: what).utf8)
        case (nil, let text?):
            let letters = Array(try text.string(of: what).utf8)
            guard let decoded = try? Base64.decode(letters) else {
                throw DocumentError(.malformed, "\(what) is not base64")
            }
            bytes = decoded
        default: throw DocumentError(.malformed, "\(what) has either 'utf8' or 'base64'")
        }
    }
}

extension OriginalBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length, without the bytes.
    public var description: String { "\(bytes.count) bytes" }
    /// The length, without the bytes.
    public var debugDescription: String { description }
    /// A mirror without children, so that a dump shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
