internal import Bundling
internal import Collecting
public import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// The publisher's decisions about what stays in a tree, as listed in the tree's own `parameters.json`.
///
/// Anyone who can write to a tree can write that file. A scan therefore trusts it only for names, addresses and other
/// non-secrets, which it counts and mentions, and never for a secret.
public struct PublishedDecisions: Sendable {
    /// The path of the file, relative to the folder that is scanned.
    public let path: String
    /// The number of secrets that the file keeps; a scan reports them nevertheless.
    public let secretCount: Int
    let domains: [String]
    let digests: Set<String>

    /// Reads the decisions in a folder: a sanitized tree, or a repository that one was published into; nil if nothing
    /// is kept.
    ///
    /// A `parameters.json` of another program does not count.
    ///
    /// - Parameter folder: the scanned folder; a file has no such decisions.
    /// - Throws: ``CollectingError`` if the folder or the file exists but cannot be read.
    public init?(in folder: FilePath) throws {
        guard try Deployment.isFolder(folder) else { return nil }
        for path in [ParameterFile.name, "\(Publish.treeName)/\(ParameterFile.name)"] {
            guard let file = try Self.file(at: folder.appending(path)), !file.kept.isEmpty else { continue }
            self.init(path: path, kept: file.kept)
            return
        }
        return nil
    }

    private init(path: String, kept: [ParameterFile.Kept]) {
        self.path = path
        var digests: Set<String> = []
        var secretCount = 0
        for case .value(let kind, let digest) in kept {
            if kind.severity == .secret { secretCount += 1 } else { digests.insert(digest) }
        }
        self.secretCount = secretCount
        self.digests = digests
        domains = kept.compactMap(\.domain)
    }

    private static func file(at path: FilePath) throws -> ParameterFile? {
        guard let bytes = try Deployment.contents(ofFileIfThere: path, atMost: Manifest.parametersLimit) else {
            return nil
        }
        do throws(DocumentError) {
            return try ParameterFile(parsing: bytes)
        } catch {
            // Many programs have settings under this name.
            return nil
        }
    }

    /// Whether this file is the reason why a value stays.
    public func explains(_ reason: Decisions.Reason) -> Bool {
        switch reason {
        case .digest(let digest): digests.contains(digest)
        case .domain(let domain): domains.contains(domain)
        case .fingerprint, .kind: false
        }
    }
}

extension Scan {
    /// Returns the same scan, which also keeps what was published with the tree, except for secrets.
    public func lettingStand(_ published: PublishedDecisions) -> Scan {
        alsoDeciding { $0.alsoKeeping(domains: published.domains, digestsOfNoSecrets: published.digests) }
    }
}
