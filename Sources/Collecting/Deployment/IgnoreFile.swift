/// A file that lists what another program ignores: a `.gitignore` or a `.dockerignore`.
struct IgnoreFile: Sendable {
    private let folder: String
    private let rules: [(pattern: PathPattern, takesBack: Bool)]

    /// Reads an ignore file; nil for any other file.
    ///
    /// Source: gitignore(5), and https://docs.docker.com/build/concepts/context/#dockerignore-files, whose patterns are
    /// relative to the folder of the file.
    init?(_ path: String, _ bytes: [UInt8]) {
        let components = path.split(separator: "/").map(String.init)
        guard let name = components.last, name == ".gitignore" || name.hasSuffix(".dockerignore") else { return nil }
        folder = components.dropLast().map { $0 + "/" }.joined()
        rules = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            var text = line.trimmingSuffix { $0 == " " || $0 == "\t" }
            guard !text.isEmpty, text.first != "#" else { return nil }
            let takesBack = text.first == "!"
            if takesBack { text.removeFirst() }
            let isRooted = name != ".gitignore" && !text.hasPrefix("/")
            // An invalid pattern matches nothing.
            guard let pattern = try? PathPattern((isRooted ? "/" : "") + text) else { return nil }
            return (pattern, takesBack)
        }
    }

    /// Whether the file lists a path: the last rule that matches decides.
    func names(_ path: String) -> Bool {
        guard path.hasPrefix(folder) else { return false }
        let own = String(path.dropFirst(folder.count))
        return rules.last { $0.pattern.matches(own) }.map { !$0.takesBack } ?? false
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isWanted: (Character) -> Bool) -> Substring {
        var result = self
        while let last = result.last, isWanted(last) { result.removeLast() }
        return result
    }
}
