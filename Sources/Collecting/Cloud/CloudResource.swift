package import Documents

/// A Google Cloud resource in an API answer.
package struct CloudResource: Sendable {
    /// The kind of the resource.
    package let kind: CloudKind
    /// Its name; for a record set, its name and type.
    package let name: String
    /// Its project, its region or zone, and its name, which together are unique within its kind.
    package let path: String
    /// The file or the command that the answer comes from.
    package let origin: String
    /// The API's answer.
    package let value: JSONValue

    /// Reads a resource; nil if the value is not a resource of a known kind.
    init?(_ value: JSONValue, from origin: String) {
        guard let kind = CloudKind(of: value), let name = value["name"]?.scalar else { return nil }
        self.kind = kind
        self.origin = origin
        self.value = value
        if kind == .recordSet {
            self.name = name + " " + (value["type"]?.scalar ?? "")
            path = (value["zone"]?.scalar ?? "") + "/" + self.name
        } else {
            self.name = name
            path = value["selfLink"]?.scalar.map(Self.path(of:)) ?? name
        }
    }

    /// Makes the same resource with another value.
    init(_ resource: CloudResource, value: JSONValue) {
        kind = resource.kind
        name = resource.name
        path = resource.path
        origin = resource.origin
        self.value = value
    }

    /// Its zone; nil if it has none.
    var zone: String? { value["zone"]?.scalar.map(Self.lastComponent(of:)) }

    /// Its region; nil if it has none.
    var region: String? {
        if let region = value["region"]?.scalar { return Self.lastComponent(of: region) }
        return zone.map { String($0.prefix(upTo: $0.lastIndex(of: "-") ?? $0.endIndex)) }
    }

    /// Its project.
    var project: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 1, parts[0] == "projects" else { return kind == .project ? name : nil }
        return String(parts[1])
    }

    /// Returns a URL from `projects/` on, whichever server and API version it names.
    static func path(of link: String) -> String {
        guard let start = link.firstRange(of: "projects/") else { return link }
        return String(link[start.lowerBound...])
    }

    /// Returns the last component of a URL.
    static func lastComponent(of link: String) -> String {
        String(link.split(separator: "/").last ?? "")
    }
}
