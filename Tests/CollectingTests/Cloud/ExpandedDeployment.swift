@testable import Collecting
import Documents
import Foundation
import TestKit

/// What Deployment Manager makes of files: every resource with its properties, by an expander of our own.
struct ExpandedDeployment {
    struct Resource {
        /// The name in the deployment.
        var name: String
        /// The type, or the call.
        var type: String
        var properties: JSONValue
    }

    struct Failure: Error { var message: String }

    private(set) var resources: [Resource] = []

    /// A Python that has what templates need; nil where there is none.
    static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3", "/root/.pyenv/shims/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
            && (try? run($0, ["-c", "import yaml, jinja2"]))?.status == 0
    }

    /// Expands a configuration.
    ///
    /// - Parameters:
    ///   - files: the files, by their paths.
    ///   - configuration: the path of the one that is deployed.
    ///   - project: the project that it is deployed to.
    /// - Throws: ``Failure`` with what the expander says.
    init(files: [String: String], configuration: String, project: String) throws {
        let folder = try TemporaryFolder()
        for (path, text) in files { try folder.write(text, to: path) }
        let script = Repository.root + "/Tests/CollectingTests/Cloud/expand.py"
        let arguments = [script, "\(folder.path)/\(configuration)", project, "jitsi"]
        let (status, output, errors) = try Self.run(Self.python ?? "", arguments)
        guard status == 0 else { throw Failure(message: errors) }
        for value in try JSONValue(parsingForeign: output).elements {
            resources.append(
                Resource(
                    name: value["name"]?.scalar ?? "",
                    type: (value["type"] ?? value["action"])?.scalar ?? "",
                    properties: value["properties"] ?? .null
                )
            )
        }
    }

    private static func run(
        _ program: String,
        _ arguments: [String]
    ) throws -> (status: Int32, output: [UInt8], errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let folder = try TemporaryFolder()
        try folder.write("", to: "out")
        try folder.write("", to: "err")
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/out"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/err"))
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, try folder.read("out"), String(decoding: try folder.read("err"), as: UTF8.self)
        )
    }

    /// The resource of a type and a name of its own.
    func resource(_ type: String, named name: String) -> Resource? {
        resources.first { $0.type == type && ($0.properties["name"]?.scalar ?? $0.name) == name }
    }

    /// The resource's properties with what its references lead to, which `attribute` knows by type, name and attribute.
    func properties(
        of resource: Resource,
        attribute: (_ type: String, _ name: String, _ attribute: String) -> String?
    ) throws -> JSONValue {
        let properties = try resolved(resource.properties, attribute)
        // A resource is named as in the deployment where its properties do not say otherwise.
        guard properties["name"] == nil else { return properties }
        return .object([JSONValue.Member("name", .string(resource.name))] + properties.members)
    }

    private func resolved(
        _ value: JSONValue,
        _ attribute: (String, String, String) -> String?
    ) throws -> JSONValue {
        switch value {
        case .array(let elements): return .array(try elements.map { try resolved($0, attribute) })
        case .object(let members):
            return .object(try members.map { JSONValue.Member($0.name, try resolved($0.value, attribute)) })
        case .string(let text) where text.hasPrefix("$(ref."):
            let parts = text.dropFirst("$(ref.".count).dropLast().split(separator: ".").map(String.init)
            guard parts.count == 2, let target = resources.first(where: { $0.name == parts[0] }),
                let found = attribute(target.type, target.properties["name"]?.scalar ?? target.name, parts[1])
            else { throw Failure(message: "\(text) leads nowhere") }
            return .string(found)
        default: return value
        }
    }
}
