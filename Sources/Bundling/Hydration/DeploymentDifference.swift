internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing
internal import Sodium

/// The differences between a deployment and a bundle, regardless of the parameters' values.
///
/// In place of a stand-in any value is allowed, as long as all places of one parameter agree; everything else must be
/// equal. This value holds no value of the deployment.
public struct DeploymentDifference: Sendable {
    /// A file that differs.
    public struct File: Hashable, Sendable {
        /// The kind of difference.
        public enum Kind: String, Hashable, Sendable { case added, changed, removed }

        /// The path in the deployment, or in the bundle if the deployment does not have it.
        public var path: String
        /// The kind of difference.
        public var kind: Kind
        /// The lines of the bundle's file that the deployment's does not have, with their numbers.
        public var removedLines: [(number: Int, text: String)] = []
        /// The numbers of the lines in the deployment's file that the bundle's file does not have.
        public var addedLines: [Int] = []

        /// Compares path, kind and lines.
        public static func == (left: File, right: File) -> Bool {
            left.path == right.path && left.kind == right.kind && left.addedLines == right.addedLines
                && left.removedLines.map(\.number) == right.removedLines.map(\.number)
        }

        /// Hashes the path and the kind.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(path)
            hasher.combine(kind)
        }
    }

    /// A parameter with two values.
    public struct Disagreement: Hashable, Sendable {
        /// The name of the parameter.
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

        /// Makes a list of files.
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
        let templates = Dictionary(
            hydration.members.map { ($0.path, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let ignored: Set = [ParameterFile.name, Manifest.name]
        let bundled = manifest.files.filter { !ignored.contains($0.path) }.map { file in
            Template(path: file.path, member: templates[file.path], digest: file.sha256)
        }
        let there = Files(paths: deployment.paths.filter { !ignored.contains($0) }, contents: deployment.contents)
        try compare(bundled, with: there, in: &comparison)
        files.sort { MemberPath.precedes($0.path, $1.path) }
        disagreements = comparison.finished()
    }

    /// A file of a bundle, or in one of its archives.
    private struct Template {
        var path: String
        /// The file; nil if it is too large to be kept in memory.
        var member: Member?
        var digest: Digest
    }

    private mutating func compare(
        _ templates: [Template],
        with deployment: Files,
        in comparison: inout DeploymentComparison
    ) throws {
        let there = Set(deployment.paths)
        var rest = there.subtracting(templates.map(\.path))
        var missing: [Template] = []
        for template in templates {
            guard there.contains(template.path) else {
                missing.append(template)
                continue
            }
            comparedCount += 1
            try compare(template, template.path, of: deployment, in: &comparison)
        }
        // The name of this file may contain a value.
        for template in missing {
            let path = comparison.path(of: template.path, among: rest)
            guard let path else {
                files.append(File(path: template.path, kind: .removed))
                continue
            }
            rest.remove(path)
            comparedCount += 1
            try compare(template, path, of: deployment, in: &comparison)
        }
        for path in rest where !comparison.isLeftOut(path) {
            let document = Document(path: path, bytes: try deployment.contents(path))
            if OmissionRules.omission(of: document) == nil { files.append(File(path: path, kind: .added)) }
        }
    }

    private mutating func compare(
        _ template: Template,
        _ path: String,
        of deployment: Files,
        in comparison: inout DeploymentComparison
    ) throws {
        let bytes = try deployment.contents(path)
        if try compareArchives(template, path, bytes, in: &comparison) { return }
        guard let member = template.member else {
            // A large file without a stand-in is compared by its digest.
            if SHA256.hash(bytes) != template.digest { files.append(File(path: path, kind: .changed)) }
            return
        }
        if let change = comparison.change(of: path, bytes, member) { files.append(change) }
    }

    /// Compares the files in two archives: 'sanitize' repacks archives, so the bytes of the archives themselves differ.
    ///
    /// - Returns: whether the files are archives that can be opened.
    private mutating func compareArchives(
        _ template: Template,
        _ path: String,
        _ bytes: [UInt8],
        in comparison: inout DeploymentComparison
    ) throws -> Bool {
        guard let own = try? OpenedArchive(bytes) else { return false }
        guard let member = template.member else {
            // An archive that is too large to be kept in memory contains no stand-in.
            return (try? own.packed()).map { SHA256.hash($0) == template.digest } ?? false
        }
        guard let archive = try? OpenedArchive(member.bytes), archive.isSingleFile == own.isSingleFile else {
            return false
        }
        let templates = archive.members.map { inside in
            var inside = inside
            inside.path = ArchivePath.path(of: inside, of: archive, in: template.path)
            return Template(path: inside.path, member: inside, digest: SHA256.hash(inside.bytes))
        }
        let contents = FilesInArchives.members(of: bytes, at: template.path)
        let (count, first) = (comparedCount, files.count)
        try compare(
            templates,
            with: Files(paths: contents.keys.sorted(by: MemberPath.precedes)) { contents[$0] ?? [] },
            in: &comparison
        )
        // The files in the archive do not count, and are named by their paths in the deployment.
        comparedCount = count
        for index in files.indices[first...] {
            files[index].path = path + files[index].path.dropFirst(template.path.count)
        }
        return true
    }
}
