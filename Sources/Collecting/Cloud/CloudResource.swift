package import Documents

/// One resource of Google Cloud, as the API answers with it.
package struct CloudResource: Sendable {
    /// What it is.
    package let kind: CloudKind
    /// Its name; of a record set its name and type.
    package let name: String
    /// Its project, region or zone and name, which no other resource of its kind has.
    package let path: String
    /// The file or the command that it was read from.
    package let origin: String
    /// All that the API says.
    package let value: JSONValue

    /// Reads a resource; nil where the value is none that is known.
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

    /// The same resource with another value.
    init(_ resource: CloudResource, value: JSONValue) {
        kind = resource.kind
        name = resource.name
        path = resource.path
        origin = resource.origin
        self.value = value
    }

    /// The zone that it lies in; nil where it lies in none.
    var zone: String? { value["zone"]?.scalar.map(Self.lastComponent(of:)) }

    /// The region that it lies in; nil where it lies in none.
    var region: String? {
        if let region = value["region"]?.scalar { return Self.lastComponent(of: region) }
        return zone.map { String($0.prefix(upTo: $0.lastIndex(of: "-") ?? $0.endIndex)) }
    }

    /// The project that it belongs to.
    var project: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 1, parts[0] == "projects" else { return kind == .project ? name : nil }
        return String(parts[1])
    }

    /// A URL from `projects/` on, whatever server and version of the API it names.
    static func path(of link: String) -> String {
        guard let start = link.firstRange(of: "projects/") else { return link }
        return String(link[start.lowerBound...])
    }

    /// The last part of a URL.
    static func lastComponent(of link: String) -> String {
        String(link.split(separator: "/").last ?? "")
    }
}
