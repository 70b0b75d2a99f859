public import Detecting
internal import Documents

extension Catalogue {
    /// A setting that holds a secret or identifies the owner.
    public struct Setting: Hashable, Sendable {
        /// The category of a setting.
        public enum Sort: String, Hashable, Sendable, CaseIterable {
            /// A value that gives access to something.
            case secret
            /// A file of secrets.
            case secretFile
            /// A private key, or files of them.
            case keyMaterial
            /// The path of a private key.
            case keyFilePath
            /// An id at a third-party service.
            case identifier
            /// The address of a service.
            case url
            /// Text that may hold anything.
            case freeText
            /// A value that identifies the owner.
            case personal
        }

        /// The way in which a secret gets a fresh value.
        public enum Change: String, Hashable, Sendable, CaseIterable {
            /// A rotation changes it.
            case fresh
            /// A rotation changes it only if it is named explicitly, because another party must change it, too.
            case elsewhere
            /// A rotation never changes it, because another party issues it.
            case issued
        }

        /// The name in `.env`; for a file, a description.
        public var name: String
        /// The category of the setting.
        public var sort: Sort
        /// The kind of its value; nil for free text and for values that identify no person.
        public var holds: Kind?
        /// The purpose in a few words.
        public var summary: String
        /// The components that read it.
        public var components: [String]
        /// The first release that reads it; nil if unknown.
        public var since: Release?
        /// The last release that reads it; nil if the newest does.
        public var until: Release?
        /// The places where it ends up: component, file, setting, releases.
        public var lands: [String]
        /// Publicly known values.
        public var weakValues: [String]
        /// The way in which it gets a fresh value; nil if it is not a secret, or regenerates itself.
        public var change: Change?
        /// The shape of a fresh value.
        public var shape: SecretShape
        /// The form of a fresh private key; ``shape`` does not apply then.
        public var key: KeyForm?
        /// The names of files that hold a private key, with `*` for anything.
        public var files: [String]
        /// The other party, which must learn of the change or issues the value.
        public var owner: String?
        /// The manual step for the other party.
        public var step: String?
        /// The components that take the new value, in order.
        public var order: [String]
        /// The Prosody account whose password it is, with other settings as `${NAME:-default}`.
        public var account: String?
        /// The proof of a fresh value that is not an account's password: `component ADDRESS`, `turn` for a TURN shared
        /// secret, `turn USER` for a TURN user's password.
        ///
        /// Other settings are written `${NAME:-default}`.
        public var proof: String?
        /// The same setting in other formats, as the last keys of its path.
        public var aliases: [String]

        /// Whether a TURN server knows the value, so that an allocation proves it.
        package var isOfTURN: Bool { proof?.split(separator: " ").first == "turn" }

        /// Whether the name is that of a variable rather than of a file.
        package var isVariable: Bool {
            name.utf8.allSatisfy(\.isCapitalVariableByte)
        }
    }
}
