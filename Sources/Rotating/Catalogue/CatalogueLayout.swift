extension Catalogue {
    /// The places of files in the images, over a range of releases.
    public struct Layout: Hashable, Sendable {
        /// A short name.
        public var name: String
        /// The releases with this layout.
        public var releases: ReleaseRange
        /// The path of Prosody's configuration in its container.
        public var configuration: String
        /// The folder of a host's accounts, in the folder named by `CONFIG`; `*` is the host.
        var accounts: String
        /// The paths, in the folder named by `CONFIG`, that only these releases have.
        var marks: [String]

        /// Returns the folder of a host's accounts, in Prosody's spelling, in the folder named by `CONFIG`.
        public func accountFolder(of host: String) -> String {
            let spelled = ProsodyAccount.encoded(host)
            return accounts.split(separator: "/").map { $0 == "*" ? spelled : String($0) }.joined(separator: "/")
        }
    }

    /// Returns the layout of a release; nil if it is unknown.
    public func layout(of release: Release) -> Layout? { layouts.last { $0.releases.contains(release) } }

    /// Returns the layouts with Prosody's configuration at the given path in its container.
    func layouts(withConfigurationAt path: String) -> [Layout] { layouts.filter { $0.configuration == path } }

    /// Returns the layouts that a deployment's paths match, wherever the folder named by `CONFIG` is: those whose
    /// folder of accounts exists, or else those with a mark.
    func layouts(shownBy paths: [String]) -> [Layout] {
        let paths = paths.map { $0.split(separator: "/") }
        // The end of one account folder's path may also match another layout completely.
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
