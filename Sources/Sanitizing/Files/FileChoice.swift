internal import Documents

/// The files that stay and those that are left out, including archived ones.
struct FileChoice {
    /// The files that stay, each archive before its members.
    private(set) var kept: [Document] = []
    /// The files that are left out, with reasons.
    ///
    /// The members of a left-out archive are not listed.
    private(set) var left: [(path: String, reason: OmissionRules.Reason)] = []

    /// Decides on each file.
    ///
    /// - Parameters:
    ///   - documents: the files, each archive before its members.
    ///   - packed: the archives among them.
    ///   - reason: returns why a file is left out; nil if it stays.
    init(_ documents: [Document], packed: PackedFiles, reason: (Document) -> OmissionRules.Reason?) {
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
        // From the innermost outwards, so that an archive holding only an empty one is left out as well.
        for document in kept.reversed() where packed.isOpened(document.path) && memberCounts[document.path] == nil {
            gone.insert(document.path)
            left.append((document.path, .init("an archive of which nothing would be left")))
            if let container = packed.container(of: document.path), let count = memberCounts[container] {
                memberCounts[container] = count > 1 ? count - 1 : nil
            }
        }
        kept.removeAll { gone.contains($0.path) }
        left.removeAll { file in packed.container(of: file.path).map(gone.contains) ?? false }
    }
}
