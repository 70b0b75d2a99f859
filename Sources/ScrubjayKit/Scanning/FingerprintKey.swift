internal import Collecting
internal import Sodium
public import SystemPackage

/// The key of the fingerprints in findings.
///
/// Without the key, a value cannot be recovered from its fingerprint by guessing.
public struct FingerprintKey: Sendable {
    /// The size of a key in bytes.
    public static let count = 32

    let bytes: [UInt8]
    /// Whether later runs can use the same key.
    public let isKept: Bool

    /// Reads the key from a file, or creates one there that only its owner can read.
    ///
    /// - Parameters:
    ///   - file: the key file.
    ///   - mustExist: whether a missing key is an error, because fingerprints were made with it.
    /// - Throws: ``KitError`` `unsuitable` if the file is not a key; ``CollectingError`` if it cannot be read or
    ///   created.
    public init(file: FilePath, mustExist: Bool = false) throws {
        isKept = true
        guard let text = try Self.text(of: file) else {
            guard !mustExist else {
                throw CollectingError(
                    .missing,
                    at: file.string,
                    "the fingerprint key does not exist, but existing fingerprints need it"
                )
            }
            bytes = RandomSource.system.bytes(Self.count)
            let text = Array((Hex.encode(bytes) + "\n").utf8)
            try PrivateFile.create(unsafe text.span.bytes, at: file)
            return
        }
        guard let bytes = Hex.decode(String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)),
            bytes.count == Self.count
        else { throw KitError(.unsuitable, "\(file) is not a fingerprint key, 64 hexadecimal digits") }
        self.bytes = bytes
    }

    /// Returns the contents of the file; nil if it does not exist.
    private static func text(of file: FilePath) throws(CollectingError) -> [UInt8]? {
        try Deployment.contents(ofFileIfThere: file, atMost: 4096)
    }

    /// Creates a key for one run.
    ///
    /// Fingerprints made with it cannot be compared with those of another run.
    public init() {
        bytes = RandomSource.system.bytes(Self.count)
        isKept = false
    }

    /// The key's id, 16 hexadecimal digits: a code made with the key, which does not reveal it.
    public var id: String {
        do {
            let code = try BLAKE2b.authenticate(
                Array("scrubjay fingerprint key".utf8),
                key: SecretBytes(copying: bytes)
            )
            return Hex.encode(Array(code.prefix(8)))
        } catch {
            preconditionFailure("a key of \(bytes.count) bytes is refused: \(error)")
        }
    }
}
