internal import Archive
internal import Documents
internal import Sanitizing
public import Sodium

/// The bundle that a deployment was made from, as stored in the deployment: its manifest, and the files that may have
/// parameters, with stand-ins.
///
/// It lets the next update distinguish the bundle's changes from the owner's. It holds no value of the owner's.
public struct HydrationRecord: Sendable {
    /// The name of its file at the deployment's root.
    public static let name = ".scrubjay-hydrated.tar.gz"

    /// The list of the bundle's files.
    public let manifest: Manifest
    private let members: [Member]
    private let digests: [String: Digest]

    /// Makes the record of a bundle.
    public init(of bundle: VerifiedBundle, _ plan: HydrationPlan) {
        let list = bundle.parameters.map { [Member(path: ParameterFile.name, bytes: $0)] } ?? []
        self.init(manifest: bundle.manifest, members: list + plan.members)
    }

    private init(manifest: Manifest, members: [Member]) {
        self.manifest = manifest
        self.members = members
        digests = Dictionary(manifest.files.map { ($0.path, $0.sha256) }) { first, _ in first }
    }

    /// Any expansion is accepted, because the file belongs to the deployment's owner.
    private static let limits = {
        var limits = ArchiveLimits()
        limits.expansion = .max
        return limits
    }()

    /// Reads a record.
    ///
    /// - Throws: ``BundleError`` with code `refusedArchive` or `malformedManifest`.
    public init(parsing bytes: [UInt8]) throws(BundleError) {
        var members: [Member] = []
        do {
            _ = try CanonicalArchive.read(
                { take in try take(bytes) },
                count: bytes.count,
                as: .gzippedTar,
                leading: Manifest.name,
                limits: Self.limits
            ) { part in
                switch part {
                case .entry(let entry):
                    members.append(Member(path: entry.path, isExecutable: entry.isExecutable, bytes: []))
                case .bytes(let bytes): members[members.count - 1].bytes += bytes
                }
            }
        } catch {
            throw BundleError(.refusedArchive, wrapping: error)
        }
        let list = members.first.flatMap { $0.path == Manifest.name ? $0.bytes : nil }
        self.init(manifest: try Manifest(parsing: list ?? []), members: Array(members.dropFirst()))
    }

    /// Returns the bytes of its file.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`.
    public func serialized() throws(BundleError) -> [UInt8] {
        let files =
            [FileToPack(Member(path: Manifest.name, bytes: manifest.serialized()))] + members.map { FileToPack($0) }
        var bytes: [UInt8] = []
        do {
            try CanonicalArchive.write(
                files.map { ($0.entry, $0.source) },
                leading: Manifest.name,
                modified: manifest.released,
                as: .gzippedTar,
                limits: Self.limits
            ) { bytes += $0 }
        } catch {
            throw BundleError(.invalidContents, wrapping: error)
        }
        return bytes
    }

    /// Returns the result of hydrating that bundle with the values of a deployment.
    ///
    /// - Parameter contents: returns the bytes of a file of the deployment; nil if it does not exist.
    /// - Returns: the files by path, as they would be if their owner had changed only values.
    /// - Throws: ``BundleError``; what `contents` throws.
    public func files(ofDeployment contents: @escaping (_ path: String) throws -> [UInt8]?) throws -> [String: [UInt8]]
    {
        let held = Set(members.map(\.path))
        let copies = manifest.files.filter { !held.contains($0.path) }.map(\.entry)
        let hydration = try Hydration(members: members, copies: copies)
        let values = try hydration.values(ofDeployment: contents)
        let files = try hydration.planKeepingStandIns(values: values).files()
        return Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the digest of a file of the bundle; nil if it does not exist.
    public func digest(of path: String) -> Digest? { digests[path] }

    /// The paths of the bundle's files that are copied unchanged and are not in memory.
    public var copiedPaths: [String] {
        let held = Set(members.map(\.path))
        return manifest.files.map(\.path).filter { !held.contains($0) }
    }
}

extension Manifest.File {
    /// The archive's entry for the file.
    var entry: ArchiveEntry { ArchiveEntry(path: path, isExecutable: isExecutable, size: size) }
}
