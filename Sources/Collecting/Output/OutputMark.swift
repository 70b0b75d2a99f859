internal import SystemPackage

/// Recognises folders written by Scrubjay; only these may be replaced as a whole.
enum OutputMark {
    /// The files that mark a folder as Scrubjay's, each with a member that it must have, because other programs use
    /// these names, too.
    private static let files: [(name: String, member: String)] = [
        ("parameters.json", "\"omitted\""), ("deployment.json", "\"leftOut\""),
    ]
    /// The maximum size of such a file in bytes.
    private static let longest = 1 << 26
    /// The files whose names alone are sufficient.
    private static let names: Set<String> = [".scrubjay-hydrated.tar.gz"]

    /// Returns something in a folder that no run wrote; nil if a run has written the folder, or it is empty.
    ///
    /// - Parameters:
    ///   - folder: the folder.
    ///   - paths: the paths of the files that a run writes into it.
    /// - Returns: the path of a file, or of an empty folder.
    /// - Throws: ``CollectingError`` `unreadable`.
    static func stranger(in folder: FilePath, beside paths: Set<String>) throws(CollectingError) -> String? {
        // Folders with Scrubjay's own prefix always count as its own, whatever a killed run has left in them.
        if folder.lastComponent?.string.hasPrefix(".scrubjay-") ?? false { return nil }
        let entries = try FolderListing.names(in: folder).sorted()
        guard let first = entries.first else { return nil }
        if entries.contains(where: names.contains) { return nil }
        for (name, member) in files where entries.contains(name) {
            guard let bytes = try? Deployment.contents(ofFile: folder.appending(name), atMost: longest) else {
                continue
            }
            if bytes.firstRange(of: Array("\"schema\"".utf8)) != nil, bytes.firstRange(of: Array(member.utf8)) != nil {
                return nil
            }
        }
        return paths.isEmpty ? first : try stranger(in: folder, under: "", beside: paths)
    }

    private static func stranger(
        in folder: FilePath,
        under prefix: String,
        beside paths: Set<String>
    ) throws(CollectingError) -> String? {
        for name in try FolderListing.names(in: folder).sorted() {
            let path = prefix + name
            if try Deployment.stat(of: folder.appending(name), followingLink: false).type == .directory {
                if let found = try stranger(in: folder.appending(name), under: path + "/", beside: paths) {
                    return found
                }
            } else if !paths.contains(path) {
                return path
            }
        }
        return nil
    }
}
