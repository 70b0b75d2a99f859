internal import Bundling
internal import Collecting
public import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// What the publisher of a tree lets stand in it, as the tree's own `parameters.json` says.
///
/// Whoever writes into a tree can write that file. So a scan believes it about names, addresses and the like, which it counts
/// and tells, and about no secret.
public struct PublishedDecisions: Sendable {
    /// The path of the file, relative to the folder that is scanned.
    public let path: String
    /// How many secrets it lets stand, which a scan reports all the same.
    public let secretCount: Int
    let domains: [String]
    let digests: Set<String>

    /// Reads what is let stand in a folder: a sanitized tree, or a repository that one was published into; nil where that is
    /// nothing.
    ///
    /// A `parameters.json` of another program is none, and lets nothing stand.
    ///
    /// - Parameter folder: what is scanned; a file lets nothing stand.
    /// - Throws: ``CollectingError`` where the folder or the file is there and cannot be read.
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
            // Many a program has settings under this name.
            return nil
        }
    }

    /// Whether a value stays for a reason of this file.
    public func explains(_ reason: Decisions.Reason) -> Bool {
        switch reason {
        case .digest(let digest): digests.contains(digest)
        case .domain(let domain): domains.contains(domain)
        case .fingerprint, .kind: false
        }
    }
}

extension Scan {
    /// The same scan, which lets stand what was published with the tree, apart from secrets.
    public func lettingStand(_ published: PublishedDecisions) -> Scan {
        alsoDeciding { $0.alsoKeeping(domains: published.domains, digestsOfNoSecrets: published.digests) }
    }
}
