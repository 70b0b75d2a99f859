internal import Archive
internal import Bundling

/// What the name of a bundle's file says about it: `jitsi-1.1.tar.gz` is version 1.1 of jitsi.
public struct BundleFileName: Hashable, Sendable {
    /// What is deployed.
    public var name: String
    /// Which version of it; nil where the name ends in none.
    public var version: String?

    /// Reads a file's name.
    ///
    /// A version has two numbers at least, or a `v` before it, so that `eu-west-1` is a name; the `v` is no part of it.
    public init(_ fileName: String) {
        var name = fileName
        if name.hasSuffix(PrivateForm.ending) { name = String(name.dropLast(PrivateForm.ending.utf8.count)) }
        if let ending = ArchiveFormat.endings.first(where: { name.hasSuffix($0.ending) })?.ending {
            name = String(name.dropLast(ending.count))
        }
        self.name = name
        // The first hyphen behind which all is a version: `1.0-rc.1` has one itself.
        for hyphen in name.indices.dropFirst() where name[hyphen] == "-" || name[hyphen] == "_" {
            guard let version = Self.version(name[name.index(after: hyphen)...]) else { continue }
            self.name = String(name[..<hyphen])
            self.version = version
            return
        }
    }

    /// The version that a text is; nil where it is none.
    private static func version(_ text: Substring) -> String? {
        let isMarked = text.first == "v"
        let version = isMarked ? text.dropFirst() : text
        let parts = version.split(omittingEmptySubsequences: false) { ".-+_".contains($0) }
        let isWhole = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
        guard isWhole, let first = parts.first, first.allSatisfy(\.isNumber) else { return nil }
        // `1.0rc1` has two numbers, too.
        let hasMore = parts.count > 1 && parts[1].first?.isNumber == true
        return isMarked || hasMore ? String(version) : nil
    }
}
