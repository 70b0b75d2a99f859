internal import Archive
internal import Bundling
internal import Collecting
internal import Documents
internal import Sanitizing
internal import SystemPackage

extension BundlePacking {
    /// Returns the files to pack.
    ///
    /// Links to files in the tree become copies. Git's folder is left out, and anything else that is not a file is
    /// refused.
    static func files(of deployment: Deployment) throws -> [FileToPack] {
        if let skipped = deployment.skipped.first(where: { $0.reason != .gitFolder }) {
            throw KitError(.unsuitable, "\(skipped.path) is \(skipped.reason), which a bundle cannot contain")
        }
        return try deployment.entries.map { entry in
            guard let target = entry.isLink ? deployment.file(behind: entry) : entry else {
                throw KitError(
                    .unsuitable,
                    "\(entry.path) is a link whose target is not a file in the tree; a bundle contains only files",
                    hint: "replace the link with a copy of its target, or remove it"
                )
            }
            let file = try StableFile(deployment.root.appending(target.path))
            guard !file.changesIdentity else {
                throw KitError(
                    .unsuitable,
                    "\(entry.path) is setuid or setgid, which a bundle cannot contain",
                    hint: "remove these bits with chmod ug-s FILE"
                )
            }
            return FileToPack(path: entry.path, isExecutable: file.isExecutable, source: ByteSource(file))
        }
    }

    /// Returns the files of a sanitized tree to pack, with a parameter list updated to the stand-ins' current places:
    /// the tree may have been edited since.
    ///
    /// - Throws: as ``files(of:)`` does; ``BundleError`` `misplacedStandIn` if the stand-ins cannot be found again;
    ///   ``DocumentError`` if the list is malformed.
    static func sanitizedFiles(of deployment: Deployment) throws -> [FileToPack] {
        var files = try files(of: deployment)
        guard let index = files.firstIndex(where: { $0.path == ParameterFile.name }) else { return files }
        let list = try ParameterFile(parsing: files[index].source.all())
        let sources = Dictionary(files.map { ($0.path, $0.source) }, uniquingKeysWith: { first, _ in first })
        var contents = FilesInArchives { try sources[$0]?.all() }
        let moved: ParameterFile
        do {
            moved = try MovedPlaces.following(list) { try contents.contents(of: $0) }
        } catch var error as BundleError where error.code == .misplacedStandIn {
            error.hint = "sanitize the deployment again, and bundle the new output"
            throw error
        }
        if moved != list { files[index].source = ByteSource(moved.serialized()) }
        return files
    }
}
