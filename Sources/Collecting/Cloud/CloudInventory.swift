internal import Documents
package import SystemPackage

/// The resources of a Google Cloud project, each once.
package struct CloudInventory: Sendable {
    /// The resources, by kind, then in byte order of their paths.
    package private(set) var resources: [CloudResource] = []
    /// The contents that are not a known resource: the file or command, and the reason.
    package private(set) var unknown: [(origin: String, reason: String)] = []
    /// The failures to read something, one sentence each.
    package private(set) var failures: [String] = []
    private var known: Set<String> = []
    /// The listed members of groups, until all groups are known.
    private var members: [CloudGroupMembers] = []

    /// Makes an empty inventory.
    package init() {}

    /// Adds the output of `gcloud … --format=json`: one resource, a list of resources, or a page or an aggregated list
    /// of the API.
    ///
    /// - Parameters:
    ///   - bytes: the JSON text.
    ///   - origin: the file or the command that the text comes from.
    ///   - group: the path of the group whose members were requested; nil if the text may be anything.
    package mutating func add(_ bytes: [UInt8], from origin: String, membersOf group: String? = nil) {
        do throws(DocumentError) {
            let value = try JSONValue(parsingForeign: bytes)
            if var members = CloudGroupMembers(value, from: origin) {
                members.group = group ?? members.group
                self.members.append(members)
                return
            }
            let before = resources.count
            let isEmpty = add(value, from: origin, depth: 0)
            if resources.count == before && !isEmpty {
                unknown.append((origin, "it contains no known resource"))
            }
        } catch {
            failures.append("\(origin): it is not JSON: \(error.message)")
        }
    }

    /// Assigns members to groups and sorts the resources; to be called after everything is added.
    package mutating func sort() {
        giveMembers()
        let order = Dictionary(uniqueKeysWithValues: CloudKind.allCases.enumerated().map { ($1, $0) })
        resources.sort { left, right in
            let kinds = (order[left.kind, default: 0], order[right.kind, default: 0])
            return kinds.0 == kinds.1 ? left.path.precedes(right.path) : kinds.0 < kinds.1
        }
    }

    private mutating func giveMembers() {
        let managed = managedGroups
        var groups = all(.instanceGroup).filter { $0.isUnmanagedGroup(besides: managed) && $0.groupMembers == nil }
        // Lists that name their group come first, which leaves fewer candidates for the others.
        for list in members.filter({ $0.group != nil }) + members.filter({ $0.group == nil }) {
            guard let owner = list.owner(among: groups),
                let index = resources.firstIndex(where: { $0.kind == .instanceGroup && $0.path == owner.path })
            else {
                let isManaged = list.group.map(managed.contains) ?? false
                if !isManaged { unknown.append((list.origin, "it lists members of a group without naming the group")) }
                continue
            }
            resources[index] = owner.with(list)
            groups.removeAll { $0.path == owner.path }
        }
        members = []
    }

    /// Returns the resources of a kind.
    package func all(_ kind: CloudKind) -> [CloudResource] { resources.filter { $0.kind == kind } }

    /// Reads every file in a folder whose name ends in `.json`; its contents decide what it describes, not its name.
    ///
    /// - Throws: ``CollectingError`` if the folder or a file cannot be read.
    package mutating func add(folder: FilePath) throws(CollectingError) {
        let deployment = try Deployment(root: folder)
        for entry in deployment.entries where entry.path.hasSuffix(".json") && !entry.isLink {
            add(try deployment.contents(of: entry.path), from: entry.path)
        }
        sort()
    }

    /// The maximum nesting depth of lists: an aggregated list has zones, with lists by kind.
    private static let depthLimit = 4

    /// Adds all resources in a value; returns whether all of its contents are known.
    ///
    /// Empty lists and repeated resources count as known.
    private mutating func add(_ value: JSONValue, from origin: String, depth: Int) -> Bool {
        if let resource = CloudResource(value, from: origin) {
            if known.insert("\(resource.kind) \(resource.path)").inserted { resources.append(resource) }
            return true
        }
        guard depth < Self.depthLimit else { return false }
        switch value {
        case .array(let elements):
            return elements.map { add($0, from: origin, depth: depth + 1) }.allSatisfy(\.self)
        case .object(let members):
            if let items = value["items"] { return add(items, from: origin, depth: depth + 1) }
            let lists = members.filter { !$0.value.elements.isEmpty || !$0.value.members.isEmpty }
            guard !lists.isEmpty else { return false }
            return lists.map { add($0.value, from: origin, depth: depth + 1) }.allSatisfy(\.self)
        default: return false
        }
    }
}
