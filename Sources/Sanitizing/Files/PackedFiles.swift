/// Which files of a deployment are archives, and which are in one.
///
/// A file in an archive has a path of its own, as scans report it: `etc/x` in `a.tgz` has `a.tgz!/etc/x`.
public struct PackedFiles: Sendable {
    /// What stands between the path of an archive and the name of a file in it.
    public static let separator = "!/"

    private var opened: Set<String> = []
    private var refusals: [String: String] = [:]
    private var containers: [String: String] = [:]

    /// Knows of none.
    public init() {}

    /// Takes down an archive that can be packed again, and the paths of the files in it.
    public mutating func open(_ archive: String, members: [String]) {
        opened.insert(archive)
        for member in members { containers[member] = archive }
    }

    /// Takes down an archive that cannot, and why, in words that fit behind `an archive that`.
    public mutating func refuse(_ archive: String, _ reason: String) { refusals[archive] = reason }

    /// Takes over what others know.
    public mutating func merge(_ others: PackedFiles) {
        opened.formUnion(others.opened)
        refusals.merge(others.refusals) { first, _ in first }
        containers.merge(others.containers) { first, _ in first }
    }

    /// Whether the file is an archive, whether it can be packed again or not.
    public func isKnown(_ path: String) -> Bool { opened.contains(path) || refusals[path] != nil }

    /// Whether the file is an archive that is packed again.
    public func isOpened(_ path: String) -> Bool { opened.contains(path) }

    /// The archive that a file is in; nil for a file of the deployment itself.
    public func container(of path: String) -> String? { containers[path] }

    /// The file of the deployment itself that a file is, or is in.
    public func outermost(of path: String) -> String {
        var outermost = path
        while let container = containers[outermost] { outermost = container }
        return outermost
    }

    /// What is to be said of the file as an archive; nil where it is none.
    func archiveContents(at path: String) -> OmissionRules.Contents? {
        opened.contains(path) ? .archive : refusals[path].map { .closedArchive($0) }
    }
}
