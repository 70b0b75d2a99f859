internal import Collecting
public import Detecting
public import SystemPackage

extension PolicyFile {
    /// Reads the policy of a scan target: the `.scrubjay.yml` at the root of a folder, or beside a file.
    ///
    /// The policy is empty if there is none.
    ///
    /// Parent folders are not searched, because their paths are relative to another root.
    ///
    /// - Throws: ``PolicyError`` if it is malformed; ``CollectingError`` if it cannot be read or `root` is missing.
    public init(of root: FilePath) throws {
        let folder = try Deployment.isFolder(root) ? root : root.removingLastComponent()
        let path = folder.appending(Self.name)
        guard let bytes = try Deployment.contents(ofFileIfThere: path, atMost: Self.longest) else {
            self.init()
            return
        }
        try self.init(reading: bytes, path: path.string)
    }

    /// Reads a policy from a file.
    ///
    /// - Throws: ``PolicyError``; ``CollectingError``.
    public init(file: FilePath) throws {
        try self.init(reading: try Deployment.contents(ofFile: file, atMost: Self.longest), path: file.string)
    }

    /// The maximum size of a policy in bytes.
    public static let longest = 1 << 24

    /// Whether the policy keeps a secret without giving a reason.
    func lacksReason(toKeep finding: Finding) -> Bool {
        finding.severity == .secret
            && keep.values.contains { $0.fingerprint == finding.fingerprint && $0.reason == nil }
    }

    /// Returns the message for a secret that is kept without a reason.
    static func noReason(toKeep finding: Finding) -> String {
        "the value \(finding.fingerprint) is a secret; to keep it, give a reason"
    }
}
