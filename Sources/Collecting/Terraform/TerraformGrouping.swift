/// Combines similar resources into one definition, and gives every definition its label.
struct TerraformGrouping {
    private(set) var definitions: [TerraformDefinition] = []
    /// The address of each resource, by its kind and path.
    private(set) var addresses: [String: String] = [:]
    /// The files of the documents in each resource's metadata, by resource and metadata entry.
    private(set) var documentPaths: [String: [String: String]] = [:]
    private var labels: Set<String> = []
    private var folders: Set<String> = []
    private var documents: [CloudDocument: String] = [:]

    init(_ resources: [TerraformResource]) {
        var groups: [Signature: [TerraformResource]] = [:]
        var order: [Signature] = []
        for resource in resources {
            let signature = Signature(resource)
            if groups[signature] == nil { order.append(signature) }
            groups[signature, default: []].append(resource)
        }
        for signature in order {
            let members = groups[signature] ?? []
            let isOneDefinition =
                members.count >= TerraformResource.groupSize(of: members[0].type)
                && Set(members.map(\.name)).count == members.count
                && TerraformResource.individual[members[0].type] != nil
            if isOneDefinition { addGroup(members) } else { for member in members { addSingle(member) } }
        }
    }

    private mutating func addSingle(_ resource: TerraformResource) {
        let label = unique(TerraformResource.label(resource.name), type: resource.type)
        addresses[resource.target] = resource.type + "." + label
        var definition = TerraformDefinition(
            type: resource.type,
            label: label,
            file: resource.file,
            body: resource.body
        )
        var folder: String?
        if case .map(var entries)? = definition.body["metadata"] {
            for index in entries.indices {
                guard case .document(let document) = entries[index].value else { continue }
                let path = place(document, in: &folder, label: label, of: &definition)
                entries[index].value = Self.file(path)
                documentPaths[resource.target, default: [:]][entries[index].name] = path
            }
            definition.body["metadata"] = .map(entries)
        }
        definitions.append(definition)
    }

    private mutating func addGroup(_ members: [TerraformResource]) {
        let type = members[0].type
        let label = unique(Self.groupLabel(members), type: type)
        var definition = TerraformDefinition(type: type, label: label, file: members[0].file, body: members[0].body)
        var items = members.map { _ in [HCLEntry]() }
        let slots = members.map { Slots($0.body, individual: TerraformResource.individual[type] ?? []) }
        let names = slots.flatMap(\.values.keys).reduce(into: [Slots.Key]()) { if !$0.contains($1) { $0.append($1) } }
        for key in names.sorted(by: { $0.order < $1.order }) {
            let values = slots.map { $0.values[key] }
            if key.name == "name" && zip(values, members).allSatisfy({ $0 == .text($1.name) }) {
                definition.body.set(.eachKey, at: key)
            } else if Set(values).count > 1 {
                let slot = key.slot
                let isOptional = values.contains(nil)
                definition.body.set(isOptional ? .raw("try(each.value.\(slot), null)") : .each(slot), at: key)
                for (index, value) in values.enumerated() {
                    if let value { items[index].append(HCLEntry(name: slot, value: value)) }
                }
            }
        }
        var folder: String?
        groupDocuments(of: members, in: &definition, folder: &folder)
        definition.items = zip(members, items).map { HCLEntry(name: $0.name, value: .map($1)) }
        for member in members { addresses[member.target] = "\(type).\(label)[\(HCLWriter.quoted(member.name))]" }
        definitions.append(definition)
    }

    // MARK: - Documents

    /// Writes a document of several machines as one file if it is the same for all, otherwise as one file for each
    /// machine.
    private mutating func groupDocuments(
        of members: [TerraformResource],
        in definition: inout TerraformDefinition,
        folder: inout String?
    ) {
        guard case .map(var entries)? = definition.body["metadata"] else { return }
        for index in entries.indices {
            guard case .document(let first) = entries[index].value else { continue }
            let all = members.map { member -> CloudDocument in
                guard case .map(let entries)? = member.body["metadata"],
                    case .document(let document) = entries[index].value
                else { return first }
                return document
            }
            let key = entries[index].name
            if Set(all).count == 1 {
                let path = place(first, in: &folder, label: definition.label, of: &definition)
                entries[index].value = Self.file(path)
                for member in members { documentPaths[member.target, default: [:]][key] = path }
            } else {
                let place = uniqueFolder(definition.label, &folder)
                // The contents do not affect the file's extension, which is the same for all.
                let name = first.fileName
                entries[index].value = .eachDocument("\(place)/${each.key}/\(name)")
                for (member, document) in zip(members, all) {
                    let path = "\(place)/\(member.name)/\(name)"
                    definition.documents.append((path, document.content))
                    documentPaths[member.target, default: [:]][key] = path
                }
            }
        }
        definition.body["metadata"] = .map(entries)
    }

    private mutating func place(
        _ document: CloudDocument,
        in folder: inout String?,
        label: String,
        of definition: inout TerraformDefinition
    ) -> String {
        let path: String
        if let known = documents[document] {
            path = known
        } else {
            path = uniqueFolder(label, &folder) + "/" + document.fileName
            documents[document] = path
            definition.documents.append((path, document.content))
        }
        return path
    }

    private static func file(_ path: String) -> HCLExpression { .raw("file(\"${path.module}/\(path)\")") }

    private mutating func uniqueFolder(_ label: String, _ folder: inout String?) -> String {
        if let folder { return folder }
        var name = "metadata/" + label
        var number = 1
        while !folders.insert(name).inserted {
            number += 1
            name = "metadata/\(label)_\(number)"
        }
        folder = name
        return name
    }

    // MARK: - Labels

    private mutating func unique(_ label: String, type: String) -> String {
        var result = label
        var number = 1
        while !labels.insert(type + "." + result).inserted {
            number += 1
            result = "\(label)_\(number)"
        }
        return result
    }

    /// Returns the common prefix of the resources' names, or a noun for their type if the prefix is too short.
    private static func groupLabel(_ members: [TerraformResource]) -> String {
        let names = members.map(\.name)
        var prefix = names[0]
        for name in names.dropFirst() {
            prefix = String(zip(prefix, name).prefix { $0 == $1 }.map(\.0))
        }
        while let last = prefix.last, !last.isLetter { prefix.removeLast() }
        if prefix.count >= 3 { return TerraformResource.label(prefix) }
        switch members[0].type {
        case "google_compute_instance": return "machines"
        case "google_compute_firewall": return "rules"
        case "google_compute_disk": return "disks"
        case "google_dns_record_set": return "records"
        default: return "addresses"
        }
    }
}

/// The key by which similar resources are grouped: everything except for what may differ between them.
private struct Signature: Hashable {
    var type: String
    var body: HCLBody

    init(_ resource: TerraformResource) {
        type = resource.type
        body = resource.body.common(without: TerraformResource.individual[resource.type] ?? [])
    }
}

extension HCLBody {
    fileprivate func common(without names: Set<String>) -> HCLBody {
        var result = self
        result.arguments = arguments.filter { !names.contains($0.name) }.map { argument in
            guard argument.name == "metadata", case .map(let entries) = argument.value else { return argument }
            let common = entries.map { entry in
                guard case .document(let document) = entry.value else { return entry }
                return HCLEntry(name: entry.name, value: .raw(document.key))
            }
            return Argument(name: argument.name, value: .map(common))
        }
        result.blocks = blocks.map { Block(name: $0.name, body: $0.body.common(without: names)) }
        return result
    }

    /// Sets an argument of the body, or of a block in it.
    fileprivate mutating func set(_ value: HCLExpression, at key: Slots.Key) {
        guard let first = key.blocks.first else {
            self[key.name] = value
            return
        }
        var inner = key
        inner.blocks.removeFirst()
        blocks[first].body.set(value, at: inner)
    }
}

/// The arguments of a body that may differ between similar resources.
private struct Slots {
    struct Key: Hashable {
        /// The indexes of the blocks that contain the argument.
        var blocks: [Int]
        var name: String
        /// The number of each of these blocks among the blocks with the same name.
        var numbers: [Int]

        /// The name of each resource's individual value.
        var slot: String { name + numbers.filter { $0 > 0 }.map { "_\($0 + 1)" }.joined() }
        /// The sort key: arguments of the body itself first, then by block.
        var order: String { blocks.map { "\($0 + 100)." }.joined() + name }
    }

    private(set) var values: [Key: HCLExpression] = [:]

    init(_ body: HCLBody, individual: Set<String>) { add(body, [], [], individual) }

    private mutating func add(_ body: HCLBody, _ blocks: [Int], _ numbers: [Int], _ individual: Set<String>) {
        for argument in body.arguments where individual.contains(argument.name) {
            values[Key(blocks: blocks, name: argument.name, numbers: numbers)] = argument.value
        }
        var seen: [String: Int] = [:]
        for (index, block) in body.blocks.enumerated() {
            add(block.body, blocks + [index], numbers + [seen[block.name, default: 0]], individual)
            seen[block.name, default: 0] += 1
        }
    }
}
