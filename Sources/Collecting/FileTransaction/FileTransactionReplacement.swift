extension FileTransaction {
    /// The new contents of one file.
    ///
    /// It holds contents but never shows them: its descriptions are the path and two sizes.
    public struct Replacement: Sendable {
        /// The permissions of the new file.
        public enum Permissions: Hashable, Sendable {
            /// The permissions of the old file.
            case kept
            /// The permissions of the old file without those of group and others: `0644` becomes `0600`.
            case ownerOnly
        }

        /// The path relative to the root, with `/` between its components.
        public var path: String
        /// The bytes that were read; the file must still have them.
        public var original: [UInt8]
        /// The new bytes of the file.
        public var contents: [UInt8]
        /// The permissions of the new file.
        public var permissions: Permissions

        /// Makes the replacement of `original` by `contents` at `path`.
        public init(path: String, original: [UInt8], contents: [UInt8], permissions: Permissions = .kept) {
            self.path = path
            self.original = original
            self.contents = contents
            self.permissions = permissions
        }
    }
}

extension FileTransaction.Replacement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The path and the sizes.
    public var description: String { "\(path): \(original.count) bytes become \(contents.count)" }

    /// The path and the sizes.
    public var debugDescription: String { description }

    /// The path and the sizes.
    public var customMirror: Mirror {
        Mirror(self, children: ["path": path, "original": original.count, "contents": contents.count])
    }
}
