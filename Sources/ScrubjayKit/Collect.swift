public import Collecting
public import SystemPackage

/// Collects a deployment: copies its parts into one folder that says where each came from.
public struct Collect: Sendable {
    /// Where the deployment is.
    public var source: Source
    /// The folder that is made of it.
    public var output: FilePath
    /// Whether an output that exists may be replaced.
    public var replacesOutput: Bool

    /// Makes the workflow; nothing is read yet.
    public init(source: Source, output: FilePath, replacesOutput: Bool = false) {
        self.source = source
        self.output = output
        self.replacesOutput = replacesOutput
    }

    /// Reads what there is to copy.
    ///
    /// - Throws: ``KitError`` `notHereYet` for a source that cannot be collected yet; ``CollectingError``.
    public func plan() throws -> Collecting.Collection {
        switch source {
        case .folder(let path): return try Collection(of: Deployment(root: path))
        case .docker:
            throw KitError(.notHereYet, "collecting from running containers is not here yet; give a folder")
        case .googleCloud:
            throw KitError(.notHereYet, "collecting from Google Cloud is not here yet; give a folder")
        }
    }

    /// Copies what was planned.
    ///
    /// - Parameters:
    ///   - plan: what ``plan()`` gave.
    ///   - isInterrupted: asked before each file.
    /// - Throws: ``CollectingError``; ``KitError`` `interrupted`. No output remains then.
    public func apply(_ plan: Collecting.Collection, isInterrupted: () -> Bool = { false }) throws {
        let folder = try OutputFolder(at: output, outside: [plan.deployment.root], replacing: replacesOutput)
        for entry in plan.entries {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            try plan.copy(entry, to: folder)
        }
        try plan.writeRecord(to: folder)
        try folder.commit()
    }
}
