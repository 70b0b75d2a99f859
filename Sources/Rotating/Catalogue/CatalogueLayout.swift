extension Catalogue {
    /// Where the images keep files, over a range of releases.
    public struct Layout: Hashable, Sendable {
        /// A short name.
        public var name: String
        /// The releases that do so.
        public var releases: ReleaseRange
        /// Where Prosody's configuration lies in its container.
        public var configuration: String
        /// The folder of a host's accounts, in the folder that `CONFIG` names; `*` is the host.
        var accounts: String
        /// The paths, in the folder that `CONFIG` names, that only these releases have.
        var marks: [String]

        /// The folder of a host's accounts, as Prosody spells it, in the folder that `CONFIG` names.
        public func accountFolder(of host: String) -> String {
            let spelled = ProsodyAccount.encoded(host)
            return accounts.split(separator: "/").map { $0 == "*" ? spelled : String($0) }.joined(separator: "/")
        }
    }

    /// The layout of a release.
    public func layout(of release: Release) -> Layout? { layouts.last { $0.releases.contains(release) } }

    /// The layouts with Prosody's configuration at a path of its container.
    func layouts(withConfigurationAt path: String) -> [Layout] { layouts.filter { $0.configuration == path } }

    /// The layouts that the paths of a deployment show, wherever in it the folder is that `CONFIG` names: those whose folder of
    /// accounts is there, or else those with a mark.
    func layouts(shownBy paths: [String]) -> [Layout] {
        let paths = paths.map { $0.split(separator: "/") }
        // The end of one folder of accounts may look like all of another.
        let accounts = paths.compactMap { path in
            layouts.filter { Self.occurs($0.accounts, in: path) }.max { $0.accounts.count < $1.accounts.count }
        }
        guard accounts.isEmpty else { return layouts.filter(accounts.contains) }
        return layouts.filter { layout in
            layout.marks.contains { mark in paths.contains { Self.occurs(mark, in: $0) } }
        }
    }

    private static func occurs(_ pattern: String, in path: [Substring]) -> Bool {
        let names = pattern.split(separator: "/")
        return path.indices.contains { start in
            path.count - start >= names.count && zip(names, path[start...]).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }
}
