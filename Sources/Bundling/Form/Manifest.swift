internal import Archive
public import Sodium

/// The list of a bundle's files with their properties: the contents of `scrubjay.json`, the archive's first member.
///
/// The format is specified in `docs/formats/manifest.md`.
public struct Manifest: Hashable, Sendable {
    /// The member's name at the root of the archive.
    public static let name = "scrubjay.json"
    /// The format version that is written.
    public static let schema = 1
    /// The maximum size in bytes of a bundle's parameter list, which a verifier holds in memory.
    package static let parametersLimit = 1 << 26

    /// One file of a bundle.
    public struct File: Hashable, Sendable {
        /// The path relative to the archive's root.
        public var path: String
        /// Whether the file's mode is `0755`; it is `0644` otherwise.
        public var isExecutable: Bool
        /// The number of bytes.
        public var size: Int
        /// The SHA-256 of the bytes.
        public var sha256: Digest

        /// Makes an entry from its parts.
        public init(path: String, isExecutable: Bool, size: Int, sha256: Digest) {
            self.path = path
            self.isExecutable = isExecutable
            self.size = size
            self.sha256 = sha256
        }
    }

    /// The name of the bundle, without its version: lower-case letters, digits, `.`, `_` and `-`.
    public var bundleName: String
    /// The version: letters, digits, `.`, `_`, `+` and `-`.
    public var version: String
    /// The release time, in seconds since 1970.
    public var released: Int64
    /// Whether the files are not sanitized and are meant only for those who can open the bundle.
    public var isPrivate: Bool
    /// The files other than the manifest itself, in archive order.
    public var files: [File]

    /// Makes a manifest, and sorts the files in archive order.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents` if the name, the version or the time is malformed.
    public init(
        bundleName: String,
        version: String,
        released: Int64,
        isPrivate: Bool = false,
        files: [File]
    ) throws(BundleError) {
        self.bundleName = bundleName
        self.version = version
        self.released = released
        self.isPrivate = isPrivate
        self.files = files.sorted { MemberPath.precedes($0.path, $1.path) }
        if let complaint = Self.complaint(bundleName: bundleName, version: version, released: released) {
            throw BundleError(.invalidContents, complaint)
        }
    }

    /// Makes a manifest from its checked parts.
    init(checked bundleName: String, version: String, released: Int64, isPrivate: Bool, files: [File]) {
        self.bundleName = bundleName
        self.version = version
        self.released = released
        self.isPrivate = isPrivate
        self.files = files
    }

    /// Returns the problem of a bundle's description; nil if there is none.
    static func complaint(bundleName: String, version: String, released: Int64) -> String? {
        if !isWord(bundleName, of: lowerCase + digits, and: "._-") {
            return "a bundle's name is lower-case letters, digits, '.', '_' and '-', and starts with a letter or digit"
        }
        if !isWord(version, of: lowerCase + lowerCase.uppercased() + digits, and: "._+-") {
            return "a bundle's version is letters, digits, '.', '_', '+' and '-', and starts with a letter or digit"
        }
        if !CanonicalArchive.times.contains(released) {
            return "the time of the release is not between 1970 and 2242"
        }
        return nil
    }

    /// The message for a parameter list that is too long.
    static let parametersTooLarge =
        "the parameter list exceeds \(parametersLimit >> 20) MiB"

    private static let lowerCase = "abcdefghijklmnopqrstuvwxyz"
    private static let digits = "0123456789"

    /// Whether a text of 1 to 128 bytes has only these characters, and starts with one of the first.
    private static func isWord(_ text: String, of first: String, and others: String) -> Bool {
        guard let start = text.utf8.first, first.utf8.contains(start), text.utf8.count <= 128 else { return false }
        return text.utf8.allSatisfy { first.utf8.contains($0) || others.utf8.contains($0) }
    }
}
