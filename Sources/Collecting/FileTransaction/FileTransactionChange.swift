package import Sodium

extension FileTransaction {
    /// The change to one file: it is created, replaced or removed.
    ///
    /// It may hold contents, so it never shows them: its description is the path.
    package struct Change: Sendable {
        /// The contents of a file.
        package enum Contents: Sendable {
            /// There is no file.
            case none
            /// These bytes.
            case bytes([UInt8])
            /// Bytes with this digest, SHA-256 or BLAKE2b-256, which are written by a ``Stager``.
            case digest(Digest)

            /// The digest; nil if there is no file.
            var digest: Digest? {
                switch self {
                case .none: nil
                case .bytes(let bytes): BLAKE2b.hash(bytes)
                case .digest(let digest): digest
                }
            }
        }

        /// The path relative to the root, with `/` between its components.
        package var path: String
        /// The contents that the file must still have.
        package var before: Contents
        /// The contents of the file afterwards.
        package var after: Contents
        /// The permissions of a replaced file.
        package var permissions: Replacement.Permissions = .kept
        /// The permission bits of a created file.
        package var mode: UInt32 = 0o644

        /// Makes a change.
        package init(path: String, before: Contents, after: Contents) {
            self.path = path
            self.before = before
            self.after = after
        }

        /// Makes a change from a replacement.
        package init(_ replacement: Replacement) {
            self.init(
                path: replacement.path,
                before: replacement.original.map(Contents.bytes) ?? .none,
                after: .bytes(replacement.contents)
            )
            permissions = replacement.permissions
            mode = permissions == .ownerOnly ? 0o600 : permissions.bits(after: mode)
        }
    }
}

extension FileTransaction.Change: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The path.
    package var description: String { "change of \(path)" }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// The path.
    package var customMirror: Mirror { Mirror(self, children: ["path": path]) }
}
