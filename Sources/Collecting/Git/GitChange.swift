/// A file that differs between a tree or the index and its predecessor: an entry of git's raw format.
///
/// Source: git-diff-tree(1), "RAW OUTPUT FORMAT" and "DIFF FORMAT FOR MERGES".
struct GitChange {
    /// The kind of change: `A`, `M`, `T`, `D`, `U`.
    var status: String
    /// The new mode: `100644`, `120000` for a link, `160000` for a submodule.
    var mode: String
    /// The id of the new contents.
    var blob: String
    /// The id of the previous contents; nil if there was no file at the path, or for a merge.
    var blobBefore: String?
    /// The bytes of the path.
    var path: [UInt8]

    /// The mode of a symbolic link.
    static let linkMode = "120000"
    /// The mode of a submodule.
    static let submoduleMode = "160000"

    /// Reads an entry: one colon for each parent, a mode and an id for each parent, and then the new ones.
    ///
    /// Returns nil if it is malformed.
    init?(_ entry: ArraySlice<UInt8>, path: [UInt8]) {
        let parents = entry.prefix { $0 == UInt8(ascii: ":") }.count
        let words = entry.dropFirst(parents).split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard parents > 0, words.count == 2 * parents + 3 else { return nil }
        mode = words[parents]
        blob = words[2 * parents + 1]
        // A merge has one letter for each parent; in the entries read here, they are all equal.
        status = String(words[2 * parents + 2].prefix(1))
        let wasFile = parents == 1 && ["M", "T"].contains(status) && words[0] != Self.submoduleMode
        blobBefore = wasFile ? words[2] : nil
        self.path = path
    }
}
