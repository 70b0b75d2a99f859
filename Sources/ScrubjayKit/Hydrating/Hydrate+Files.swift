internal import Bundling
internal import Collecting
internal import Documents
public import SystemPackage

// Answers about files beside a bundle, and about hydrated ones.
extension Hydrate {
    /// Whether a written Terraform file creates Google Cloud resources; false if it cannot be read.
    public static func namesGoogle(_ file: FilePath) -> Bool {
        guard let bytes = try? Deployment.contents(ofFile: file, atMost: longestText) else { return false }
        return bytes.firstRange(of: Array("\"google".utf8)) != nil
    }

    /// Whether a YAML file is a configuration of Google's Deployment Manager, with resources of a Google type or from a
    /// template.
    public static func isConfiguration(_ file: FilePath) -> Bool {
        guard let bytes = try? Deployment.contents(ofFile: file, atMost: longestText) else { return false }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.contains(where: { $0.hasPrefix("resources:") }) else { return false }
        return lines.contains { line in
            let words = line.split { $0 == " " || $0 == "\"" || $0 == "'" || $0 == "\r" }.drop { $0 == "-" }
            guard words.count == 2, words.first == "type:", let type = words.last else { return false }
            let parts = type.split(separator: ".")
            let isOfGoogle = parts.count > 2 && ["v1", "v2", "beta", "alpha"].contains { parts[1].hasPrefix($0) }
            return isOfGoogle || [".jinja", ".py"].contains { type.hasSuffix($0) }
        }
    }

    /// Returns the commands that start a deployment.
    ///
    /// - Parameters:
    ///   - paths: its files.
    ///   - folder: the folder of the files.
    ///   - output: the same folder, as the commands name it.
    ///   - name: the name of the bundle.
    /// - Returns: the commands, one per line.
    public static func startCommands(
        for paths: [String],
        in folder: FilePath,
        as output: String,
        named name: String
    ) -> [String] {
        StartCommands.commands(
            for: paths,
            in: output,
            named: name,
            StartCommands.Contents(
                namesGoogle: { namesGoogle(folder.appending($0)) },
                isConfiguration: { isConfiguration(folder.appending($0)) }
            )
        )
    }

    /// Reads values from a file: a YAML mapping of names to values, or `NAME=value` lines in a file whose name ends in
    /// `.env`.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `unsuitable` for anything else.
    public static func values(inFile path: FilePath) throws -> [String: [UInt8]] {
        let bytes = try Deployment.contents(ofFile: path, atMost: longestText)
        let isDotenv = path.string.hasSuffix(".env")
        let document = Document(
            path: path.lastComponent?.string ?? "",
            bytes: bytes,
            format: isDotenv ? .dotenv : .yaml
        )
        if let note = document.notes.first {
            throw KitError(.unsuitable, "\(path): \(note.line.map { "line \($0): " } ?? "")\(note.message)")
        }
        guard let layer = document.layers.first else { return [:] }
        var values: [String: [UInt8]] = [:]
        for value in layer.values where value.role == .value {
            guard value.keyPath.count == 1, let name = value.keyPath.first else {
                throw KitError(.unsuitable, "\(path): the file contains more than names and values")
            }
            guard values.updateValue(try document.value(at: layer.location(of: value.span)), forKey: name) == nil else {
                throw KitError(.unsuitable, "\(path): '\(name)' occurs twice")
            }
        }
        return values
    }
}
