public import Bundling
internal import Collecting
internal import Documents
public import SystemPackage

/// Turns a bundle into somebody's own deployment: verified first, their values and fresh secrets filled in.
public struct Hydrate: Sendable {
    /// The check that the bundle must pass.
    public var verify: Verify
    /// The folder that is made.
    public var output: FilePath
    /// Whether an output that exists may be replaced.
    public var replacesOutput: Bool

    /// Makes the workflow; nothing is read yet.
    public init(verify: Verify, output: FilePath, replacesOutput: Bool = false) {
        self.verify = verify
        self.output = output
        self.replacesOutput = replacesOutput
    }

    /// Verifies the bundle and reads what it wants filled in.
    ///
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError``.
    public func open() throws -> Hydration { try Hydration(of: verify.open()) }

    /// Writes a deployment in which every value is filled in.
    ///
    /// - Parameters:
    ///   - plan: which value each parameter has.
    ///   - isInterrupted: asked before each file.
    /// - Returns: the paths that were written.
    /// - Throws: ``BundleError`` `missingValues` or `invalidValue`; ``KitError`` `interrupted`; ``CollectingError``. No
    ///   output remains then.
    public func apply(_ plan: HydrationPlan, isInterrupted: () -> Bool = { false }) throws -> [String] {
        let files = try plan.files()
        let folder = try OutputFolder(at: output, outside: [], replacing: replacesOutput)
        for file in files {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            try folder.write(
                file.bytes,
                to: file.path,
                isPrivate: file.holdsSecret,
                isExecutable: file.mode & 0o100 != 0
            )
        }
        try folder.commit()
        return files.map(\.path)
    }

    /// Reads values from a file: a YAML mapping of names to values, or lines of `NAME=value` in a file that ends in `.env`.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `unsuitable` where it is anything else.
    public static func values(inFile path: FilePath) throws -> [String: [UInt8]] {
        let bytes = try Deployment.contents(ofFile: path)
        let isDotenv = path.string.hasSuffix(".env")
        let document = Document(path: path.lastComponent?.string ?? "", bytes: bytes, format: isDotenv ? .dotenv : .yaml)
        if let note = document.notes.first {
            throw KitError(.unsuitable, "\(path): \(note.line.map { "line \($0): " } ?? "")\(note.message)")
        }
        guard let layer = document.layers.first else { return [:] }
        var values: [String: [UInt8]] = [:]
        for value in layer.values where value.role == .value {
            guard value.keyPath.count == 1, let name = value.keyPath.first else {
                throw KitError(.unsuitable, "\(path): the file holds more than names and values")
            }
            guard values.updateValue(try document.value(at: layer.location(of: value.span)), forKey: name) == nil else {
                throw KitError(.unsuitable, "\(path): '\(name)' stands twice")
            }
        }
        return values
    }
}
