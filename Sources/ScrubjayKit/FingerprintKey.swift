internal import Collecting
internal import Sodium
public import SystemPackage

/// The key of the fingerprints that findings carry: without it, nobody can tell a value from its fingerprint by guessing.
public struct FingerprintKey: Sendable {
    /// How many bytes a key has.
    public static let count = 32

    let bytes: [UInt8]
    /// Whether a later run can have it again.
    public let isKept: Bool

    /// Reads the key from a file, or makes a fresh one and writes it there, readable by its owner alone.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - mustExist: whether a fresh key is of no use, since something was made with the one that is missing.
    /// - Throws: ``KitError`` `unsuitable` for a file that is no key; ``CollectingError`` where it cannot be read or made.
    public init(file: FilePath, mustExist: Bool = false) throws {
        isKept = true
        guard let text = try Self.text(of: file) else {
            guard !mustExist else {
                throw CollectingError(
                    .missing,
                    at: file.string,
                    "there is no such key, and the fingerprints at hand are made with one"
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

    /// What stands in the file; nil where there is none.
    private static func text(of file: FilePath) throws(CollectingError) -> [UInt8]? {
        try Deployment.contents(ofFileIfThere: file, atMost: 4096)
    }

    /// A key for one run only: fingerprints made with it cannot be compared with those of another run.
    public init() {
        bytes = RandomSource.system.bytes(Self.count)
        isKept = false
    }

    /// What the key is known by, in 16 hexadecimal digits: a code made with it, from which nobody gets the key.
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
