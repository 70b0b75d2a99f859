internal import Documents

/// Which files stay and which are left out, those in archives among them.
struct FileChoice {
    /// What stays, each archive before the files in it.
    private(set) var kept: [Document] = []
    /// What is left out, and why.
    ///
    /// What is in an archive that is left out is not listed.
    private(set) var left: [(path: String, reason: String)] = []

    /// Decides.
    ///
    /// - Parameters:
    ///   - documents: the files, each archive before the files in it.
    ///   - packed: which of them are archives.
    ///   - reason: why a file is left out; nil where it stays.
    init(_ documents: [Document], packed: PackedFiles, reason: (Document) -> String?) {
        var gone: Set<String> = []
        var memberCounts: [String: Int] = [:]
        for document in documents where document.path != ParameterFile.name {
            let container = packed.container(of: document.path)
            if let container, gone.contains(container) {
                gone.insert(document.path)
            } else if let reason = reason(document) {
                gone.insert(document.path)
                left.append((document.path, reason))
            } else {
                kept.append(document)
                if let container { memberCounts[container, default: 0] += 1 }
            }
        }
        // From the innermost outwards, so that one that holds nothing but an empty one goes, too.
        for document in kept.reversed() where packed.isOpened(document.path) && memberCounts[document.path] == nil {
            gone.insert(document.path)
            left.append((document.path, "an archive of which nothing would stay"))
            if let container = packed.container(of: document.path), let count = memberCounts[container] {
                memberCounts[container] = count > 1 ? count - 1 : nil
            }
        }
        kept.removeAll { gone.contains($0.path) }
        left.removeAll { file in packed.container(of: file.path).map(gone.contains) ?? false }
    }
}
