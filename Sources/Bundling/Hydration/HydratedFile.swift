internal import Archive

/// One file of a hydrated deployment, to be written.
///
/// It may hold secrets and shows none.
public struct HydratedFile: Sendable {
    /// The path relative to the deployment's root.
    public let path: String
    /// The file's mode: `0o600` or `0o700` if the file holds a secret, `0o644` or `0o755` otherwise.
    public let mode: Int
    /// The contents.
    public let bytes: [UInt8]

    /// Whether the file is an archive, so that comparing its lines is meaningless.
    package var isArchive: Bool { ForeignArchive.begins(bytes) }
    /// Whether a secret was filled in.
    public var holdsSecret: Bool { mode & 0o077 == 0 }

    /// Returns the same file under another path.
    package func moved(to path: String) -> HydratedFile { HydratedFile(path: path, mode: mode, bytes: bytes) }
}

extension HydratedFile: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The path, the mode and the size.
    public var description: String { "\(path) (\(String(mode, radix: 8)), \(bytes.count) bytes)" }
    /// The path, the mode and the size.
    public var debugDescription: String { description }
    /// Shows the path, the mode and the size, and hides the contents.
    public var customMirror: Mirror {
        Mirror(self, children: ["path": path, "mode": mode, "count": bytes.count])
    }
}
