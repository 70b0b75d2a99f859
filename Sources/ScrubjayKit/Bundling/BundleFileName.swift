internal import Archive
internal import Bundling

/// The parts of a bundle's file name: `jitsi-1.1.tar.gz` is version 1.1 of jitsi.
public struct BundleFileName: Hashable, Sendable {
    /// The name of the bundle, without its version.
    public var name: String
    /// The version; nil if the name does not end in one.
    public var version: String?

    /// Parses a file name.
    ///
    /// A version has at least two numbers or a leading `v`, so that `eu-west-1` stays a name. The `v` is dropped.
    public init(_ fileName: String) {
        var name = fileName
        if name.hasSuffix(PrivateForm.ending) { name = String(name.dropLast(PrivateForm.ending.utf8.count)) }
        if let ending = ArchiveFormat.endings.first(where: { name.hasSuffix($0.ending) })?.ending {
            name = String(name.dropLast(ending.count))
        }
        self.name = name
        // The first hyphen with nothing but a version after it: `1.0-rc.1` contains one itself.
        for hyphen in name.indices.dropFirst() where name[hyphen] == "-" || name[hyphen] == "_" {
            guard let version = Self.version(name[name.index(after: hyphen)...]) else { continue }
            self.name = String(name[..<hyphen])
            self.version = version
            return
        }
    }

    /// Returns the version in a text; nil if the text is not a version.
    private static func version(_ text: Substring) -> String? {
        let isMarked = text.first == "v"
        let version = isMarked ? text.dropFirst() : text
        let parts = version.split(omittingEmptySubsequences: false) { ".-+_".contains($0) }
        let isWhole = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
        guard isWhole, let first = parts.first, first.allSatisfy(\.isNumber) else { return nil }
        // `1.0rc1` also has two numbers.
        let hasMore = parts.count > 1 && parts[1].first?.isNumber == true
        return isMarked || hasMore ? String(version) : nil
    }
}
