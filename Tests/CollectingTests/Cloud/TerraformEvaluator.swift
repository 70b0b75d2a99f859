@testable import Collecting
import Documents

/// What Terraform makes of files: every resource with its arguments, as `terraform plan` would show it.
struct TerraformEvaluator {
    /// One resource.
    struct Resource {
        var type: String
        var name: String
        /// The arguments, and a list for the blocks of each name.
        var body: JSONValue
    }

    struct Failure: Error { var message: String }

    /// The contents of the folder's files, by their paths in it.
    private let files: [String: String]
    /// The addresses that Google would give, by the names of the reserved addresses.
    private let given: [String: String]
    private var variables: [String: JSONValue] = [:]
    private var locals: [String: JSONValue] = [:]
    private var blocks: [(type: String, label: String, body: TerraformParser.Body)] = []

    private struct Scope {
        var key: String?
        var value: JSONValue = .null
    }

    init(files: [String: String], addresses: [String: String]) throws {
        self.files = files
        given = addresses
        var declared: Set<String> = []
        var localArguments: [(name: String, value: TerraformParser.Expression)] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".tf") {
            for block in try TerraformParser.parse(text).blocks {
                switch block.type {
                case "resource": blocks.append((block.labels[0], block.labels[1], block.body))
                case "locals": localArguments += block.body.arguments
                case "variable": declared.insert(block.labels[0])
                default: break
                }
            }
        }
        for argument in try TerraformParser.parse(files["terraform.tfvars"] ?? "").arguments {
            guard declared.contains(argument.name) else {
                throw Failure(message: "the variable \(argument.name) is not declared")
            }
            variables[argument.name] = try value(argument.value, Scope())
        }
        guard declared == Set(variables.keys) else { throw Failure(message: "a variable has no value") }
        for argument in localArguments { locals[argument.name] = try value(argument.value, Scope()) }
    }

    /// All resources, in the order in which they are declared.
    func resources() throws -> [Resource] {
        var result: [Resource] = []
        for block in blocks {
            for scope in try scopes(of: block.body) {
                let body = try evaluated(block.body, scope)
                result.append(Resource(type: block.type, name: body["name"]?.scalar ?? "", body: body))
            }
        }
        return result
    }

    private func scopes(of body: TerraformParser.Body) throws -> [Scope] {
        guard let each = body.arguments.first(where: { $0.name == "for_each" }) else { return [Scope()] }
        switch try value(each.value, Scope()) {
        case .array(let names): return names.map { Scope(key: $0.scalar, value: $0) }
        case .object(let members): return members.map { Scope(key: $0.name, value: $0.value) }
        default: throw Failure(message: "for_each wants a set or a map")
        }
    }

    private func evaluated(_ body: TerraformParser.Body, _ scope: Scope) throws -> JSONValue {
        var members: [JSONValue.Member] = []
        for argument in body.arguments where argument.name != "for_each" {
            let value = try value(argument.value, scope)
            if value != .null { members.append(JSONValue.Member(argument.name, value)) }
        }
        for block in body.blocks {
            let inner = try evaluated(block.body, scope)
            if let index = members.firstIndex(where: { $0.name == block.type }) {
                members[index].value = .array(members[index].value.elements + [inner])
            } else {
                members.append(JSONValue.Member(block.type, .array([inner])))
            }
        }
        return .object(members)
    }

    // MARK: - Expressions

    private func value(_ expression: TerraformParser.Expression, _ scope: Scope) throws -> JSONValue {
        switch expression {
        case .literal(let text): return .string(text)
        case .number(let number): return .integer(number)
        case .flag(let flag): return .bool(flag)
        case .null: return .null
        case .list(let elements): return .array(try elements.map { try value($0, scope) })
        case .map(let entries):
            return .object(try entries.map { JSONValue.Member($0.name, try value($0.value, scope)) })
        case .text(let parts): return .string(try parts.map { try value($0, scope).scalar ?? "" }.joined())
        case .call(let name, let arguments): return try called(name, arguments, scope)
        case .path(let names): return try found(names, scope)
        case .splat(.call("values", let arguments), let attribute):
            guard arguments.count == 1, case .path(let names) = arguments[0], names.count == 2,
                let block = blocks.first(where: { $0.type == names[0] && $0.label == names[1] })
            else { throw Failure(message: "a splat wants the values of a resource") }
            let keys = try scopes(of: block.body).compactMap(\.key)
            return .array(try keys.map { try self.attribute(names + [$0, attribute]) })
        case .splat: throw Failure(message: "a splat wants values")
        }
    }

    private func called(
        _ name: String,
        _ arguments: [TerraformParser.Expression],
        _ scope: Scope
    ) throws -> JSONValue {
        switch (name, arguments.count) {
        case ("toset", 1): return try value(arguments[0], scope)
        case ("join", 2):
            let separator = try value(arguments[0], scope).scalar ?? ""
            return .string(try value(arguments[1], scope).elements.compactMap(\.scalar).joined(separator: separator))
        case ("file", 1):
            let path = try value(arguments[0], scope).scalar ?? ""
            guard path.hasPrefix("./"), let text = files[String(path.dropFirst(2))] else {
                throw Failure(message: "there is no file \(path)")
            }
            return .string(text)
        case ("try", 2):
            if let found = try? value(arguments[0], scope) { return found }
            return try value(arguments[1], scope)
        default: throw Failure(message: "\(name) is no function that is used")
        }
    }

    private func found(_ names: [String], _ scope: Scope) throws -> JSONValue {
        switch names[0] {
        case "var": return try member(variables[names[1]], names, after: 2)
        case "local": return try member(locals[names[1]], names, after: 2)
        case "path": return "."
        case "each" where names[1] == "key":
            guard let key = scope.key else { throw Failure(message: "each.key stands where there is none") }
            return .string(key)
        case "each": return try member(scope.value, names, after: 2)
        default: return try attribute(names)
        }
    }

    private func member(_ start: JSONValue?, _ names: [String], after count: Int) throws -> JSONValue {
        var value = start
        for name in names.dropFirst(count) { value = value?[name] }
        guard let value else { throw Failure(message: "there is no \(names.joined(separator: "."))") }
        return value
    }

    /// An attribute of a resource that is declared.
    private func attribute(_ names: [String]) throws -> JSONValue {
        guard names.count >= 3, let block = blocks.first(where: { $0.type == names[0] && $0.label == names[1] }),
            let scope = try scopes(of: block.body).first(where: { names.count == 3 || $0.key == names[2] }),
            let attribute = names.last
        else { throw Failure(message: "there is no resource \(names.joined(separator: "."))") }
        func argument(_ name: String) throws -> JSONValue {
            guard let argument = block.body.arguments.first(where: { $0.name == name }) else {
                throw Failure(message: "\(names.joined(separator: ".")) has no \(name)")
            }
            return try value(argument.value, scope)
        }
        switch attribute {
        case "id", "self_link": return try argument("name")
        case "address":
            let name = try argument("name").scalar ?? ""
            guard let address = given[name] else { throw Failure(message: "no address is named \(name)") }
            return .string(address)
        default: return try argument(attribute)
        }
    }
}
