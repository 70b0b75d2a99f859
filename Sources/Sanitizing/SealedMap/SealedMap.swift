public import Detecting
public import Sodium

/// The data that its owner needs to restore the original, and to sanitize the next state of the deployment with the
/// same stand-ins.
///
/// It holds every value, and is stored only sealed. The format is specified in `docs/formats/sealed-map.md`.
public struct SealedMap: Hashable, Sendable {
    /// The format version that is written.
    public static let schema = 1

    /// A value that was replaced in this run or an earlier one.
    public struct Value: Hashable, Sendable {
        /// The value in its canonical spelling.
        public var value: OriginalBytes
        /// The kind of the value.
        public var kind: Kind
        /// The derivation from another value; nil if it is independent.
        public var origin: Origin?
        /// Its stand-in.
        public var standIn: String
        /// The time at which a run first saw it, in seconds since 1970.
        public var firstSeen: Int
        /// The replaced spellings, each with its own parameter; at least one.
        public var spellings: [Spelling]
        /// The best confidence of its findings, with which the next run searches for it; nil if it does not.
        public var confidence: Confidence?
        /// The places at which it was the only value when it was last found; that of the setting that names it comes
        /// first.
        public var places: [Place] = []
    }

    /// A setting of a file of the original, or a file without settings.
    public struct Place: Hashable, Sendable {
        /// The path of the original.
        public var path: String
        /// The keys that lead to the value, outermost first; empty if it is not in a setting.
        public var keys: [String]
    }

    /// The derivation of a value from another one.
    public struct Origin: Hashable, Sendable {
        /// The operation applied to the other value.
        public var derivation: Derivation
        /// The other value.
        public var value: OriginalBytes
    }

    /// A value in the spelling of some places.
    public struct Spelling: Hashable, Sendable {
        /// The decoded bytes at those places.
        public var value: OriginalBytes
        /// The name of the parameter.
        public var parameter: String
        /// The stand-in of this spelling.
        public var standIn: String
    }

    /// A file of the sanitized tree, with the data that restores it.
    public struct File: Hashable, Sendable {
        /// The path of the original.
        public var path: String
        /// The path in the sanitized tree.
        public var sanitizedPath: String
        /// Whether the original is executable.
        public var isExecutable: Bool
        /// Whether the original holds a secret and must be readable only by its owner.
        public var isPrivate: Bool
        /// The SHA-256 of the original.
        public var digest: Digest
        /// The SHA-256 of the sanitized file.
        public var sanitizedDigest: Digest
        /// The target, if the original is a link that was written as a copy.
        public var link: String?
        /// The patches, in order of their places.
        public var patches: [BytePatch]
    }

    /// A file or link of the original that is not in the sanitized tree.
    public struct Kept: Hashable, Sendable {
        /// The sort of entry.
        public enum Content: Hashable, Sendable {
            /// A file.
            case file(OriginalBytes, isExecutable: Bool)
            /// A symbolic link, with its target.
            case link(String)
        }

        /// The path of the original.
        public var path: String
        /// The contents.
        public var content: Content

        /// Whether it is a file rather than a link.
        public var isFile: Bool {
            guard case .file = content else { return false }
            return true
        }

        /// Makes an entry.
        public init(path: String, content: Content) {
            self.path = path
            self.content = content
        }
    }

    /// A part of the original that is neither in the sanitized tree nor in the map, so that it cannot be restored.
    public struct Absent: Hashable, Sendable {
        /// The path of the original.
        public var path: String
        /// The reason, in one lower-case phrase.
        public var reason: String
        /// The size and the SHA-256 of a file, to recognise a copy from elsewhere.
        public var file: Contents?

        /// The size and the SHA-256 of a file.
        public struct Contents: Hashable, Sendable {
            /// The number of bytes.
            public var size: Int
            /// The SHA-256.
            public var digest: Digest

            /// Makes an entry.
            public init(size: Int, digest: Digest) {
                self.size = size
                self.digest = digest
            }
        }

        /// Makes a note of something that cannot be restored.
        public init(path: String, reason: String, file: Contents? = nil) {
            self.path = path
            self.reason = reason
            self.file = file
        }
    }

    /// The running number of the map; the highest is the newest.
    public var generation: Int
    /// The recipients of the map, as `age1…`; empty if a passphrase opens it.
    public var recipients: [String]
    /// The values, ordered by their first parameter's name.
    public var values: [Value]
    /// The files of the sanitized tree, in byte order of their original paths.
    public var files: [File]
    /// What was left out of the sanitized tree, in byte order of the paths.
    public var leftOut: [Kept]
    /// The parts of the original that cannot be restored, in byte order of the paths.
    public var absent: [Absent]

    /// The permissions of the original's files and folders by path: the lower nine bits of their modes.
    ///
    /// The root has the empty path. A map of an earlier version has no modes.
    public var modes: [String: UInt32]

    /// Makes a map, and sorts its lists.
    public init(
        generation: Int,
        recipients: [String],
        values: [Value],
        files: [File],
        leftOut: [Kept],
        absent: [Absent],
        modes: [String: UInt32] = [:]
    ) {
        self.generation = generation
        self.modes = modes
        self.recipients = recipients
        self.values = values.sorted { ($0.spellings.first?.parameter ?? "") < ($1.spellings.first?.parameter ?? "") }
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.leftOut = leftOut.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.absent = absent.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
