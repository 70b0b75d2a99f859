extension DeploymentUpdate {
    /// The change to one file.
    public struct Change: Sendable {
        /// The kind of change.
        public enum Kind: Hashable, Sendable {
            /// The file did not exist.
            case new
            /// The file gets the bundle's contents.
            case changed
            /// The file gets the bundle's changes and keeps the owner's.
            case merged
            /// The bundle no longer has the file.
            case removed
            /// The owner and the bundle changed the same lines: the file stays, and the bundle's version is put beside
            /// it.
            case conflict
        }

        /// The path relative to the deployment's root.
        public var path: String
        /// The kind of change.
        public var kind: Kind
        /// The removed lines, with their current line numbers: setting names and masked values.
        public var removedLines: [(number: Int, text: String)] = []
        /// The added lines, with their numbers in the bundle's file: stand-ins take the place of values.
        public var addedLines: [(number: Int, text: String)] = []
    }
}
