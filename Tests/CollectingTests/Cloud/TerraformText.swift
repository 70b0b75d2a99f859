import Foundation

/// The arguments of the resources in a Terraform file that is laid out as `terraform fmt` does.
struct TerraformText {
    /// An argument, by the resource's type and the names of the blocks that it stands in.
    struct Argument: Hashable {
        var type: String
        var path: String
        var value: String
    }

    private(set) var arguments: [Argument] = []
    /// The blocks, by type and path.
    private(set) var blocks: [Argument] = []

    init(_ text: String) {
        var type: String?
        var path: [String] = []
        var mapDepth = 0
        for line in text.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if mapDepth > 0 {
                if line.hasSuffix("{") || line.hasSuffix("[") { mapDepth += 1 }
                if line == "}" || line == "]" { mapDepth -= 1 }
            } else if line.hasPrefix("resource \"") {
                type = line.split(separator: "\"")[1].description
                path = []
                if line.hasSuffix("{}") { type = nil }
            } else if line.hasSuffix(" {"), !line.contains("=") {
                if let type {
                    path.append(String(line.dropLast(2)))
                    blocks.append(Argument(type: type, path: path.joined(separator: "."), value: ""))
                } else {
                    path.append("")
                }
            } else if line == "}" {
                if path.isEmpty { type = nil } else { path.removeLast() }
            } else if line.hasSuffix(" {}"), let type {
                blocks.append(
                    Argument(type: type, path: (path + [String(line.dropLast(3))]).joined(separator: "."), value: "")
                )
            } else if let equals = line.firstRange(of: "=") {
                let name = line[..<equals.lowerBound].trimmingCharacters(in: .whitespaces)
                let value = line[equals.upperBound...].trimmingCharacters(in: .whitespaces)
                if value == "{" || value == "[" { mapDepth = 1 }
                if let type {
                    arguments.append(Argument(type: type, path: (path + [name]).joined(separator: "."), value: value))
                }
            }
        }
    }
}

/// The arguments that the provider `google` documents, from `Provider/google.txt`.
struct ProviderSchema {
    private var types: [String: String] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            types[words[0] + " " + words[1]] = words[2]
        }
    }

    /// Why an argument is none of the provider's; nil where it is one.
    func complaint(_ argument: TerraformText.Argument) -> String? {
        let metaArguments: Set = ["for_each"]
        if metaArguments.contains(argument.path) { return nil }
        guard let type = types[argument.type + " " + argument.path] else {
            return "\(argument.type) has no argument \(argument.path)"
        }
        let value = argument.value
        let isList = value.hasPrefix("[")
        let isText = value.hasPrefix("\"")
        let isNumber = Double(value) != nil
        let isFlag = value == "true" || value == "false"
        let isMap = value.hasPrefix("{")
        guard isList || isText || isNumber || isFlag || isMap else { return nil }
        let fits =
            switch type {
            case "string": isText
            case "int", "float": isNumber
            case "bool": isFlag
            case "list", "set": isList
            case "map": isMap
            default: false
            }
        return fits ? nil : "\(argument.type) \(argument.path) is a \(type), and is given \(value.prefix(40))"
    }

    /// Whether a block is the provider's.
    func knows(block: TerraformText.Argument) -> Bool { types[block.type + " " + block.path] == "block" }
}
