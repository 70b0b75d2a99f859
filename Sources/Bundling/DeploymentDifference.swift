internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing
internal import Sodium

/// The differences between a deployment and a bundle, whatever values the parameters have.
///
/// In place of a stand-in any value is allowed, as long as all places of one parameter agree; everything else must be
/// equal. It holds no value of the deployment.
public struct DeploymentDifference: Sendable {
    /// A file that differs.
    public struct File: Hashable, Sendable {
        /// The sort of difference.
        public enum Kind: String, Hashable, Sendable { case added, changed, removed }

        /// The path in the deployment, or in the bundle if the deployment does not have it.
        public var path: String
        /// The sort of difference.
        public var kind: Kind
        /// The lines of the bundle's file that the deployment's does not have, with their numbers.
        public var removedLines: [(number: Int, text: String)] = []
        /// The numbers of the lines in the deployment's file that the bundle's does not have.
        public var addedLines: [Int] = []

        /// Compares path, sort and lines.
        public static func == (left: File, right: File) -> Bool {
            left.path == right.path && left.kind == right.kind && left.addedLines == right.addedLines
                && left.removedLines.map(\.number) == right.removedLines.map(\.number)
        }

        /// Hashes the path and the sort.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(path)
            hasher.combine(kind)
        }
    }

    /// A parameter with two values.
    public struct Disagreement: Hashable, Sendable {
        /// Its name.
        public var parameter: String
        /// Two places with different values, as `path:line`.
        public var places: [String]
    }

    /// The files of a deployment to compare.
    public struct Files {
        /// The paths.
        public var paths: [String]
        /// Reads a file.
        public var contents: (_ path: String) throws -> [UInt8]

        /// Describes files.
        public init(paths: [String], contents: @escaping (_ path: String) throws -> [UInt8]) {
            self.paths = paths
            self.contents = contents
        }
    }

    /// The files that differ, in byte order of their paths.
    public private(set) var files: [File] = []
    /// The parameters with two values, ordered by name.
    public private(set) var disagreements: [Disagreement] = []
    /// The number of files compared.
    public private(set) var comparedCount = 0

    /// Whether there is no difference.
    public var isEmpty: Bool { files.isEmpty && disagreements.isEmpty }

    /// Compares a deployment with the possible results of hydrating a bundle.
    ///
    /// A file that the bundle's maker left out on purpose does not count as added.
    ///
    /// - Parameters:
    ///   - hydration: the bundle's templates and parameters.
    ///   - manifest: the list of its files.
    ///   - deployment: the existing files.
    /// - Throws: what reading a file throws.
    public init(from hydration: Hydration, _ manifest: Manifest, to deployment: Files) throws {
        var comparison = DeploymentComparison(hydration)
        let templates = Dictionary(hydration.templates.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let ignored: Set = [ParameterFile.name, Manifest.name]
        let bundled = manifest.files.filter { !ignored.contains($0.path) }
        let there = Set(deployment.paths)
        var rest = there.subtracting(bundled.map(\.path)).subtracting(ignored)
        var missing: [Manifest.File] = []
        for file in bundled {
            guard there.contains(file.path) else {
                missing.append(file)
                continue
            }
            comparedCount += 1
            try compare(file, templates[file.path], file.path, of: deployment, in: &comparison)
        }
        // A file whose name contains a value.
        for file in missing {
            let path = comparison.path(of: file.path, among: rest)
            guard let path else {
                files.append(File(path: file.path, kind: .removed))
                continue
            }
            rest.remove(path)
            comparedCount += 1
            try compare(file, templates[file.path], path, of: deployment, in: &comparison)
        }
        for path in rest where !comparison.isLeftOut(path) {
            let document = Document(path: path, bytes: try deployment.contents(path))
            if OmissionRules.omission(of: document) == nil { files.append(File(path: path, kind: .added)) }
        }
        files.sort { MemberPath.precedes($0.path, $1.path) }
        disagreements = comparison.finished()
    }

    private mutating func compare(
        _ file: Manifest.File,
        _ template: Member?,
        _ path: String,
        of deployment: Files,
        in comparison: inout DeploymentComparison
    ) throws {
        let bytes = try deployment.contents(path)
        guard let template else {
            // A large file without a stand-in is compared by its digest.
            if SHA256.hash(bytes) != file.sha256 { files.append(File(path: path, kind: .changed)) }
            return
        }
        if let change = comparison.change(of: path, bytes, template) { files.append(change) }
    }
}
