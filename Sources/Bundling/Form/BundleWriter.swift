public import Archive
internal import Sanitizing

/// Packs files into a bundle: the same bytes for the same files, anywhere and at any time.
public struct BundleWriter: Sendable {
    /// The name of the bundle, without its version.
    public var bundleName: String
    /// The version.
    public var version: String
    /// The release time, in seconds since 1970: the time of every member, and of the signature.
    public var released: Int64
    /// Whether the files are not sanitized and are sealed to recipients.
    public var isPrivate = false
    /// The limits of a bundle.
    public var limits: ArchiveLimits

    /// Makes a writer.
    public init(bundleName: String, version: String, released: Int64, limits: ArchiveLimits = ArchiveLimits()) {
        self.bundleName = bundleName
        self.version = version
        self.released = released
        self.limits = limits
    }

    /// Hashes files, in any order, and makes their manifest; the archive is not written yet.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`, with the path of the file if it is about one; what a
    ///   source throws.
    public func prepare(_ files: [FileToPack]) throws -> PreparedBundle {
        guard !files.isEmpty else { throw BundleError(.invalidContents, "there is nothing to pack") }
        do throws(ArchiveError) {
            try MemberPath.checkCollisions(among: files.map(\.path) + [Manifest.name])
            for file in files { try MemberPath.check(file.path, limits: limits) }
        } catch {
            throw BundleError(.invalidContents, error)
        }
        if let list = files.first(where: { $0.path == ParameterFile.name }),
            list.source.count > Manifest.parametersLimit
        {
            throw BundleError(.invalidContents, at: list.path, Manifest.parametersTooLarge)
        }
        let manifest = try Manifest(
            bundleName: bundleName,
            version: version,
            released: released,
            isPrivate: isPrivate,
            files: FileHashing.describe(files)
        )
        let list = FileToPack(Member(path: Manifest.name, bytes: manifest.serialized()))
        return PreparedBundle(manifest: manifest, files: [list] + files, limits: limits)
    }

    /// Packs files in memory.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`, with the path of the member if it is about one.
    public func pack(_ members: [Member]) throws(BundleError) -> PreparedBundle {
        do {
            let bundle = try prepare(members.map { FileToPack($0) })
            _ = try bundle.tar()
            return bundle
        } catch {
            throw BundleError(.invalidContents, wrapping: error)
        }
    }
}
