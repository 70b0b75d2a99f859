public import Detecting
public import Sodium

/// What its owner needs to turn a sanitized tree back into the original, and to sanitize the next state of the deployment
/// with the same stand-ins.
///
/// It holds every value and lies on the disk sealed only. The format is specified in `docs/formats/sealed-map.md`.
public struct SealedMap: Hashable, Sendable {
    /// The version of the format that is written.
    public static let schema = 1

    /// A value that was replaced in this run or an earlier one.
    public struct Value: Hashable, Sendable {
        /// The value in its canonical spelling.
        public var value: OriginalBytes
        /// What it is.
        public var kind: Kind
        /// How it follows from another value; nil where it stands for itself.
        public var origin: Origin?
        /// What stands in for it.
        public var standIn: String
        /// When a run saw it first, in seconds since 1970.
        public var firstSeen: Int
        /// The spellings that were replaced, each with a parameter of its own; never none.
        public var spellings: [Spelling]
    }

    /// How a value follows from another one.
    public struct Origin: Hashable, Sendable {
        /// What is done to the other value.
        public var derivation: Derivation
        /// The other value.
        public var value: OriginalBytes
    }

    /// A value as it was spelled at some places.
    public struct Spelling: Hashable, Sendable {
        /// The bytes at those places, in no encoding.
        public var value: OriginalBytes
        /// The name of the parameter.
        public var parameter: String
        /// The stand-in of this spelling.
        public var standIn: String
    }

    /// A file of the sanitized tree, and what makes it the original again.
    public struct File: Hashable, Sendable {
        /// The path of the original.
        public var path: String
        /// The path in the sanitized tree.
        public var sanitizedPath: String
        /// Whether the original is a program.
        public var isExecutable: Bool
        /// Whether the original holds a secret, so that only its owner may read it.
        public var isPrivate: Bool
        /// The SHA-256 of the original.
        public var digest: Digest
        /// The SHA-256 of the sanitized file.
        public var sanitizedDigest: Digest
        /// Where the original is a link that was written as a copy: what it leads to.
        public var link: String?
        /// What is put where, in the order of the places.
        public var patches: [BytePatch]
    }

    /// A file or link of the original that is not in the sanitized tree.
    public struct Kept: Hashable, Sendable {
        /// What it is.
        public enum Content: Hashable, Sendable {
            /// A file.
            case file(OriginalBytes, isExecutable: Bool)
            /// A symbolic link and what it leads to.
            case link(String)
        }

        /// The path of the original.
        public var path: String
        /// What it is.
        public var content: Content

        /// Whether it is a file, and no link.
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

    /// Something of the original that is in neither, and that restoring cannot give back.
    public struct Absent: Hashable, Sendable {
        /// The path of the original.
        public var path: String
        /// Why it is in neither, in one lower-case phrase.
        public var reason: String
        /// Of a file: how long it is, and its SHA-256, by which a copy from elsewhere can be told.
        public var file: Contents?

        /// How long a file is, and its SHA-256.
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

        /// Makes a note of something that is in neither.
        public init(path: String, reason: String, file: Contents? = nil) {
            self.path = path
            self.reason = reason
            self.file = file
        }
    }

    /// The running number of the map, by which the newest of several is told.
    public var generation: Int
    /// Whom the map is sealed to, as `age1…`; none where a passphrase opens it.
    public var recipients: [String]
    /// The values, in the order of their first parameter's name.
    public var values: [Value]
    /// The files of the sanitized tree, in byte order of their original paths.
    public var files: [File]
    /// What was left out of the sanitized tree, in byte order of the paths.
    public var leftOut: [Kept]
    /// What is in neither, in byte order of the paths.
    public var absent: [Absent]

    /// Who may do what with the files and folders of the original, by their paths: the lower nine bits of their modes.
    ///
    /// The root has the empty path; a map of an earlier version has none.
    public var modes: [String: UInt32]

    /// Makes a map; its lists are put in order.
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
