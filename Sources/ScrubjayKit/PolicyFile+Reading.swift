internal import Collecting
public import Detecting
public import SystemPackage

extension PolicyFile {
    /// Reads the policy of what is scanned: the `.scrubjay.yml` at the root of a folder, or beside a file; that of an owner who
    /// has decided nothing where there is none.
    ///
    /// What lies in folders above is not looked at: its paths are relative to another root.
    ///
    /// - Throws: ``PolicyError`` where it is malformed; ``CollectingError`` where it cannot be read, or `root` is missing.
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

    /// The most bytes that a policy has.
    public static let longest = 1 << 24

    /// Whether the policy names a secret to be kept and does not say why.
    func lacksReason(toKeep finding: Finding) -> Bool {
        finding.severity == .secret
            && keep.values.contains { $0.fingerprint == finding.fingerprint && $0.reason == nil }
    }

    /// What is said about that.
    static func noReason(toKeep finding: Finding) -> String {
        "the value \(finding.fingerprint) is a secret, which is kept only with a reason"
    }
}
