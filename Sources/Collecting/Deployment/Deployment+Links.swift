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
    ///
    /// An absolute target is looked for in the deployment as in a copy of the machine's root folder, of `/etc`, or of a
    /// folder further down; nothing outside the deployment is read.
    public func file(behind link: Entry) -> Entry? {
        var entry = link
        for _ in 0..<ForeignArchive.linkLimit {
            guard let next = entry.resolvedTarget().flatMap(self.entry(at:)) ?? copy(ofTargetOf: entry) else {
                return nil
            }
            guard next.isLink else { return next }
            entry = next
        }
        return nil
    }

    /// Returns the entry that is a copy of a link's absolute target: the one whose path has the most components of the
    /// target's end in common with it, at least a folder and a name.
    private func copy(ofTargetOf link: Entry) -> Entry? {
        guard case .link(let target) = link.content, target.hasPrefix("/") else { return nil }
        let components = target.split(separator: "/")
        guard !components.contains(".."), !components.contains(".") else { return nil }
        for first in components.indices.dropLast() {
            if let entry = entry(at: components[first...].joined(separator: "/")), entry.path != link.path {
                return entry
            }
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
