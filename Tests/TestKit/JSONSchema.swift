import Foundation

/// As much of JSON Schema as the schemas of the formats use: references, alternatives, types, constants, choices,
/// patterns, members and items.
///
/// A keyword that it does not know is a failure, so that no part of a schema goes unused.
public struct JSONSchema {
    private let root: [String: Any]

    /// Reads the schema at a path below the root of the repository.
    public init(ofFile path: String) throws {
        let data = try Data(contentsOf: URL(filePath: Repository.root + "/" + path))
        root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// Where in `bytes`, which are JSON, something is not as the schema says, and what; empty where all is.
    public func complaints(about bytes: [UInt8]) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        return complaints(about: value, root, at: "$")
    }

    private static let annotations: Set<String> = ["$schema", "$defs", "title", "description", "contentEncoding"]

    private func complaints(about value: Any, _ schema: [String: Any], at place: String) -> [String] {
        var complaints: [String] = []
        for (keyword, argument) in schema where !Self.annotations.contains(keyword) {
            complaints += self.complaints(about: value, keyword, argument, schema, at: place)
        }
        return complaints
    }

    private func complaints(
        about value: Any,
        _ keyword: String,
        _ argument: Any,
        _ schema: [String: Any],
        at place: String
    ) -> [String] {
        func complain(unless holds: Bool) -> [String] { holds ? [] : ["\(place): \(keyword)"] }
        switch (keyword, argument) {
        case ("$ref", let path as String):
            let names = path.dropFirst(2).split(separator: "/")
            let definition = names.reduce(root as Any?) { ($0 as? [String: Any])?[String($1)] }
            guard let definition = definition as? [String: Any] else { return ["\(place): no \(path)"] }
            return complaints(about: value, definition, at: place)
        case ("oneOf", let choices as [[String: Any]]):
            return complain(unless: choices.count { complaints(about: value, $0, at: place).isEmpty } == 1)
        case ("const", _): return complain(unless: Self.areSame(argument, value))
        case ("enum", let choices as [Any]): return complain(unless: choices.contains { Self.areSame($0, value) })
        case ("type", let type as String): return complain(unless: Self.isOne(value, type))
        case ("type", let types as [String]): return complain(unless: types.contains { Self.isOne(value, $0) })
        case ("minimum", let least as Int): return complain(unless: (value as? Int).map { $0 >= least } ?? true)
        case ("maximum", let most as Int): return complain(unless: (value as? Int).map { $0 <= most } ?? true)
        case ("exclusiveMaximum", let end as Int): return complain(unless: (value as? Int).map { $0 < end } ?? true)
        case ("maxLength", let most as Int):
            return complain(unless: (value as? String).map { $0.count <= most } ?? true)
        case ("minLength", let least as Int):
            return complain(unless: (value as? String).map { $0.count >= least } ?? true)
        case ("minItems", let least as Int):
            return complain(unless: (value as? [Any]).map { $0.count >= least } ?? true)
        case ("uniqueItems", _):
            let items = (value as? [Any] ?? []).map { "\($0)" }
            return complain(unless: Set(items).count == items.count)
        case ("pattern", let pattern as String):
            guard let text = value as? String else { return [] }
            return complain(unless: text.range(of: pattern, options: .regularExpression) != nil)
        case ("items", let items as [String: Any]):
            return (value as? [Any] ?? []).enumerated().flatMap {
                complaints(about: $0.element, items, at: "\(place)[\($0.offset)]")
            }
        case ("required", let names as [String]):
            return complain(unless: (value as? [String: Any]).map { Set(names).isSubset(of: $0.keys) } ?? true)
        case ("properties", let properties as [String: [String: Any]]):
            return (value as? [String: Any] ?? [:]).flatMap { name, member in
                properties[name].map { complaints(about: member, $0, at: "\(place).\(name)") } ?? []
            }
        case ("additionalProperties", let isAllowed as Bool):
            let known = (schema["properties"] as? [String: Any])?.keys.map { $0 } ?? []
            let members = (value as? [String: Any])?.keys.map { $0 } ?? []
            return complain(unless: isAllowed || Set(members).isSubset(of: known))
        default: return ["\(place): this check does not know '\(keyword)'"]
        }
    }

    private static func areSame(_ left: Any, _ right: Any) -> Bool {
        if left is NSNull { return right is NSNull }
        if let left = left as? String { return left == right as? String }
        return isBoolean(left) == isBoolean(right) && (left as? Int).map { $0 == right as? Int } ?? false
    }

    private static func isOne(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "null": value is NSNull
        case "string": value is String
        case "boolean": isBoolean(value)
        case "integer": value is Int && !isBoolean(value)
        case "array": value is [Any]
        case "object": value is [String: Any]
        default: false
        }
    }

    /// Tells the truth values of JSON from its numbers, which Foundation has in one class.
    private static func isBoolean(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
    }
}
