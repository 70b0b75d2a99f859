internal import Archive

extension Deployment.Entry {
    /// Returns the relative path of a link's target inside its deployment; nil if the target is absolute or outside.
    public func resolvedTarget() -> String? {
        guard let components = componentsOfTarget(), !components.isEmpty else { return nil }
        return components.joined(separator: "/")
    }

    /// Whether this is a link to the deployment's root.
    var leadsToRoot: Bool { componentsOfTarget()?.isEmpty == true }

    private func componentsOfTarget() -> [String]? {
        guard case .link(let target) = content else { return nil }
        return MemberPath.components(ofTarget: target, ofLinkAt: path)
    }
}

extension Deployment.Entry {
    /// Whether this is a symbolic link.
    public var isLink: Bool {
        guard case .link = content else { return false }
        return true
    }
}

extension Deployment {
    /// Returns the file of this deployment that a link leads to, directly or through other links; nil if there is none.
    public func file(behind link: Entry) -> Entry? {
        var entry = link
        for _ in 0..<ForeignArchive.linkLimit {
            guard let target = entry.resolvedTarget() else { return nil }
            guard let next = self.entry(at: target) else { return nil }
            guard next.isLink else { return next }
            entry = next
        }
        return nil
    }

    /// The paths of executable files, and of links to such files.
    public var executables: Set<String> {
        let programs = entries.filter { entry in
            let file = entry.isLink ? self.file(behind: entry) : entry
            guard case .file(_, isExecutable: true)? = file?.content else { return false }
            return true
        }
        return Set(programs.map(\.path))
    }
}
