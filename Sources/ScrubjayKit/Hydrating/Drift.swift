internal import Archive
public import Bundling
public import Collecting
internal import Detecting
internal import Documents
public import SystemPackage

/// Compares a running deployment with a bundle.
///
/// The bundle is verified first; nothing is written.
public struct Drift: Sendable {
    /// The result of a comparison.
    public struct Outcome: Sendable {
        /// The differences.
        public var difference: DeploymentDifference
        /// The lines that the bundle does not have, by path and line number: setting names and masked values.
        public var masked: [String: [Int: String]]
    }

    /// The verification that the bundle must pass.
    public var verify: Verify

    /// Configures the workflow; nothing is read yet.
    public init(verify: Verify) { self.verify = verify }

    /// Verifies the bundle.
    ///
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError``; ``KitError`` `unsuitable` for
    ///   a private bundle, which has no templates.
    public func open() throws -> VerifiedBundle {
        let bundle = try verify.open()
        guard !bundle.isPrivate else {
            throw KitError(
                .unsuitable,
                "a private bundle is a deployment with its values, not a template to compare with"
            )
        }
        return bundle
    }

    /// Compares a bundle with what was collected from containers or from a cloud.
    ///
    /// - Throws: ``BundleError`` if the bundle's parameters are malformed.
    public func compare(_ bundle: VerifiedBundle, with parts: [CollectedPart]) throws -> Outcome {
        let contents = Dictionary(parts.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        return try compare(bundle, DeploymentDifference.Files(paths: parts.map(\.path)) { contents[$0] ?? [] })
    }

    /// Compares a bundle with a deployment in a folder.
    ///
    /// - Throws: ``BundleError`` if the bundle's parameters are malformed; ``CollectingError``.
    public func compare(_ bundle: VerifiedBundle, withFolder root: FilePath) throws -> Outcome {
        let deployment = try Deployment(root: root)
        var places: [String: String] = [:]
        for entry in deployment.entries {
            // A sanitized tree holds a copy of a link's target.
            let file = entry.isLink ? deployment.file(behind: entry) : entry
            if let file { places[entry.path] = file.path }
        }
        return try compare(
            bundle,
            DeploymentDifference.Files(paths: places.keys.sorted { $0.precedes($1) }) {
                try deployment.contents(of: places[$0] ?? $0)
            }
        )
    }

    private func compare(_ bundle: VerifiedBundle, _ files: DeploymentDifference.Files) throws -> Outcome {
        let hydration = try Hydration(of: bundle)
        let difference = try DeploymentDifference(from: hydration, bundle.manifest, to: files)
        let lines = MaskedLines(among: hydration.templates.map(\.bytes))
        let paths = Set(files.paths)
        var contents = FilesInArchives { paths.contains($0) ? try files.contents($0) : nil }
        var masked: [String: [Int: String]] = [:]
        for file in difference.files where !file.addedLines.isEmpty {
            guard let bytes = try contents.contents(of: file.path) else { continue }
            masked[file.path] = lines.masked(file.addedLines, of: file.path, bytes)
        }
        return Outcome(difference: difference, masked: masked)
    }
}
