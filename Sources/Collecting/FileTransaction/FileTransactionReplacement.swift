extension FileTransaction {
    /// The new contents of one file, which need not exist yet.
    ///
    /// It holds contents but never shows them: its descriptions are the path and two sizes.
    public struct Replacement: Sendable {
        /// The permissions of the new file.
        public enum Permissions: Hashable, Sendable {
            /// The permissions of the old file.
            case kept
            /// The permissions of the old file without those of group and others: `0644` becomes `0600`.
            case ownerOnly
            /// These bits, for example those from before an earlier transaction narrowed them.
            case bits(UInt32)

            /// Returns the permission bits of a file that had the bits `old`.
            func bits(after old: UInt32) -> UInt32 {
                switch self {
                case .kept: old
                case .ownerOnly: old & 0o7700
                case .bits(let bits): old & ~0o777 | bits & 0o777
                }
            }
        }

        /// The path relative to the root, with `/` between its components.
        public var path: String
        /// The bytes that were read; the file must still consist of them.
        ///
        /// Nil if there was no file, and still must be none.
        public var original: [UInt8]?
        /// The new bytes of the file.
        public var contents: [UInt8]
        /// The permissions of the new file.
        public var permissions: Permissions

        /// Makes the replacement of `original` by `contents` at `path`.
        ///
        /// A new file gets the permissions `0600` if they are `ownerOnly`, and `0644` if they are `kept`.
        public init(path: String, original: [UInt8]?, contents: [UInt8], permissions: Permissions = .kept) {
            self.path = path
            self.original = original
            self.contents = contents
            self.permissions = permissions
        }
    }
}

extension FileTransaction.Replacement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The path and the sizes.
    public var description: String { "\(path): \(original?.count ?? 0) bytes become \(contents.count)" }

    /// The path and the sizes.
    public var debugDescription: String { description }

    /// The path and the sizes.
    public var customMirror: Mirror {
        Mirror(self, children: ["path": path, "original": original?.count ?? 0, "contents": contents.count])
    }
}
