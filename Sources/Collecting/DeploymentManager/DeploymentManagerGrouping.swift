/// Finds similar resources, which differ only in properties that usually vary between machines, rules and addresses.
struct DeploymentManagerGrouping {
    private(set) var statements: [DeploymentManagerStatement] = []

    /// The properties that may differ between resources of one statement.
    private static let individual: Set = [
        "name", "zone", "hostname", "description", "networkIP", "natIP", "publicPtrDomainName", "labels", "ports",
        "sourceRanges", "destinationRanges", "sourceTags", "targetTags", "priority", "address", "region", "sizeGb",
    ]

    init(_ resources: [DeploymentManagerResource]) {
        var groups: [DeploymentManagerResource: [DeploymentManagerResource]] = [:]
        var order: [DeploymentManagerResource] = []
        for resource in resources {
            var signature = resource
            signature.name = ""
            signature.target = ""
            signature.properties = Self.blank(resource.properties, named: nil)
            if groups[signature] == nil { order.append(signature) }
            groups[signature, default: []].append(resource)
        }
        for signature in order {
            let members = groups[signature] ?? []
            let size = signature.kind == .instance ? 2 : TerraformResource.groupSize(of: "")
            if members.count >= size, case .type = signature.making {
                statements.append(Self.group(members))
            } else {
                statements += members.map { .single($0) }
            }
        }
    }

    /// Returns an expression without the parts that may differ.
    private static func blank(_ expression: PythonExpression, named name: String?) -> PythonExpression {
        if let name, individual.contains(name) { return .anything }
        switch expression {
        case .document: return .anything
        case .list(let elements): return .list(elements.map { blank($0, named: nil) })
        case .dictionary(let entries):
            return .dictionary(entries.map { PythonEntry($0.name, blank($0.value, named: $0.name)) })
        default: return expression
        }
    }

    private static func group(_ members: [DeploymentManagerResource]) -> DeploymentManagerStatement {
        var slots = Slots(names: members.map(\.name))
        var resource = members[0]
        resource.properties = slots.common(members.map(\.properties), named: nil)
        return .group(resource, items: slots.items)
    }
}

/// The individual values of several resources.
private struct Slots {
    let names: [String]
    /// The values by name, in the order in which they were found.
    private var columns: [(name: String, values: [PythonExpression])] = []

    init(names: [String]) { self.names = names }

    /// The name of each resource if there are no other individual values; otherwise a dictionary for each resource.
    var items: [PythonExpression] {
        names.enumerated().map { index, name in
            if columns.isEmpty { return .text(name) }
            let own = columns.map { PythonEntry($0.name, $0.values[index]) }
            return .dictionary([PythonEntry("name", .text(name))] + own)
        }
    }

    /// Returns the part that all values share, with slots for the rest.
    mutating func common(_ values: [PythonExpression], named name: String?) -> PythonExpression {
        let first = values[0]
        if values.allSatisfy({ $0 == first }) { return first }
        if zip(values, names).allSatisfy({ $0 == .text($1) }) { return .own("name") }
        switch first {
        case .list(let elements) where name.map { !DeploymentManagerGrouping.isIndividual($0) } ?? true:
            let lists = values.map { value -> [PythonExpression] in
                if case .list(let elements) = value { elements } else { [] }
            }
            return .list(elements.indices.map { index in common(lists.map { $0[index] }, named: nil) })
        case .dictionary(let entries) where name.map { !DeploymentManagerGrouping.isIndividual($0) } ?? true:
            // A metadata entry is identified by its key.
            let key = first["key"].flatMap { if case .text(let key) = $0 { key } else { nil } }
            return .dictionary(
                entries.map { entry in
                    let own = values.map { $0[entry.name] ?? .anything }
                    return PythonEntry(entry.name, common(own, named: entry.name == "value" ? key : entry.name))
                }
            )
        default: return slot(values, named: name ?? "value")
        }
    }

    private mutating func slot(_ values: [PythonExpression], named name: String) -> PythonExpression {
        var unique = name
        var number = 1
        while unique == "name" || columns.contains(where: { $0.name == unique }) {
            number += 1
            unique = "\(name)_\(number)"
        }
        columns.append((unique, values))
        return .own(unique)
    }
}

extension DeploymentManagerGrouping {
    fileprivate static func isIndividual(_ name: String) -> Bool { individual.contains(name) }
}
