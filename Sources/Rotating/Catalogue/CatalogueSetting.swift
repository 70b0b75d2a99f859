public import Detecting
internal import Documents

extension Catalogue {
    /// One setting that holds a secret or says whose deployment it is.
    public struct Setting: Hashable, Sendable {
        /// What sort of thing a setting is.
        public enum Sort: String, Hashable, Sendable, CaseIterable {
            /// A value that opens something.
            case secret
            /// A file of secrets.
            case secretFile
            /// A private key, or files of them.
            case keyMaterial
            /// The path of a private key.
            case keyFilePath
            /// An id at somebody else's service.
            case identifier
            /// An address of somebody's service.
            case url
            /// Text that may hold anything.
            case freeText
            /// A value that says whose deployment it is.
            case personal
        }

        /// How a secret gets a fresh value.
        public enum Change: String, Hashable, Sendable, CaseIterable {
            /// By a rotation.
            case fresh
            /// By a rotation only where it is named, since the other side knows it too.
            case elsewhere
            /// Never by a rotation, since somebody else hands it out.
            case issued
        }

        /// The name in `.env`; for a file, what it is.
        public var name: String
        /// What sort of thing it is.
        public var sort: Sort
        /// What its value is; nil for free text and for what says nothing about anybody.
        public var holds: Kind?
        /// What it is for, in a few words.
        public var summary: String
        /// Who reads it.
        public var components: [String]
        /// The first release that reads it; nil where that is not known.
        public var since: Release?
        /// The last release that reads it; nil where the newest does.
        public var until: Release?
        /// Where it ends up: component, file, setting, releases.
        public var lands: [String]
        /// Values that are known to everybody.
        public var weakValues: [String]
        /// How it gets a fresh value; nil for what is no secret, and for what makes itself anew.
        public var change: Change?
        /// What a fresh value looks like.
        public var shape: SecretShape
        /// For a private key, what a fresh one is; ``shape`` does not count then.
        public var key: KeyForm?
        /// For a private key, the names of files that hold it, `*` for anything.
        public var files: [String]
        /// Whose side must learn of the change, or hands the value out.
        public var owner: String?
        /// What a person does there.
        public var step: String?
        /// Which components take the new value, in which order.
        public var order: [String]
        /// Whose password it is at Prosody, with other settings as `${NAME:-default}`.
        public var account: String?
        /// How a fresh value is proved where it is no account's password: `component ADDRESS`, `turn` for a secret that TURN
        /// shares, `turn USER` for a password of TURN; other settings stand in it as `${NAME:-default}`.
        public var proof: String?
        /// The same setting in other formats, as the last keys of its path.
        public var aliases: [String]

        /// Whether a TURN server knows the value, so that an allocation proves it.
        package var isOfTURN: Bool { proof?.split(separator: " ").first == "turn" }

        /// Whether the name is that of a variable, and not of a file.
        package var isVariable: Bool {
            name.utf8.allSatisfy(\.isCapitalVariableByte)
        }
    }
}
