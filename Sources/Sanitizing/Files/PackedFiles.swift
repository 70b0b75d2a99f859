/// The archives of a deployment, and the files in them.
///
/// A file in an archive has its own path, as in scans: `etc/x` in `a.tgz` has `a.tgz!/etc/x`.
public struct PackedFiles: Sendable {
    /// The separator between the path of an archive and the name of a member.
    public static let separator = "!/"

    private var opened: Set<String> = []
    private var refusals: [String: String] = [:]
    private var containers: [String: String] = [:]

    /// Makes an empty list.
    public init() {}

    /// Adds an archive that can be repacked, with the paths of its members.
    public mutating func open(_ archive: String, members: [String]) {
        opened.insert(archive)
        for member in members { containers[member] = archive }
    }

    /// Adds an archive that cannot be repacked, with the reason as a phrase after `an archive that`.
    public mutating func refuse(_ archive: String, _ reason: String) { refusals[archive] = reason }

    /// Adds the archives of another list.
    public mutating func merge(_ others: PackedFiles) {
        opened.formUnion(others.opened)
        refusals.merge(others.refusals) { first, _ in first }
        containers.merge(others.containers) { first, _ in first }
    }

    /// Whether the file is an archive, repackable or not.
    public func isKnown(_ path: String) -> Bool { opened.contains(path) || refusals[path] != nil }

    /// Whether the file is an archive that is repacked.
    public func isOpened(_ path: String) -> Bool { opened.contains(path) }

    /// The archive that a file is in; nil for a file of the deployment itself.
    public func container(of path: String) -> String? { containers[path] }

    /// The outermost archive that a file is in, or the file itself.
    public func outermost(of path: String) -> String {
        var outermost = path
        while let container = containers[outermost] { outermost = container }
        return outermost
    }

    /// The classification of the file as an archive; nil if it is not one.
    func archiveContents(at path: String) -> OmissionRules.Contents? {
        opened.contains(path) ? .archive : refusals[path].map { .closedArchive($0) }
    }
}
