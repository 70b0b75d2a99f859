public import Collecting
internal import Documents
public import Rotating
internal import Sodium
public import SystemPackage

/// Gives the secrets of a deployment's files fresh values, wherever they stand, and says what is still to be done.
public struct Rotate: Sendable {
    /// The folder of the deployment; its files are changed.
    public var root: FilePath
    /// What is to change.
    public var options: RotationOptions

    /// Makes the workflow; nothing is read yet.
    public init(root: FilePath, options: RotationOptions) {
        self.root = root
        self.options = options
    }

    /// Finishes or rolls back what a killed rotation left.
    ///
    /// - Returns: what there was to do.
    /// - Throws: ``FileTransactionError``.
    public func recover() throws -> FileTransaction.Recovery {
        guard try Deployment.isFolder(root) else {
            throw CollectingError(.notAFolder, at: root.string, "this is not a folder")
        }
        return try FileTransaction(root: root).recover()
    }

    /// Reads the deployment and plans fresh values.
    ///
    /// - Throws: ``CollectingError`` for the first file that cannot be read; ``RotationError``.
    public func plan() throws -> RotationPlan {
        let (documents, failures) = DocumentReader.read(try Deployment(root: root))
        if let failure = failures.first { throw failure }
        return try RotationPlan(
            for: documents.filter { $0.path != RotationRecord.name },
            catalogue: try Catalogue.jitsi(),
            options: options,
            random: .system
        )
    }

    /// Writes the fresh values, all or none.
    ///
    /// - Parameters:
    ///   - plan: what ``plan()`` gave.
    ///   - time: when it is, for the receipt, as `2026-01-31 23:59:58 UTC`.
    /// - Throws: ``FileTransactionError``; ``RotationError``; ``CollectingError``.
    public func apply(_ plan: RotationPlan, time: String) throws -> Receipt {
        var generator = SystemRandomNumberGenerator()
        let generation = try RotationRecord.generation(in: root) + 1
        let receipt = try plan.apply(at: root, generation: generation, time: time, using: &generator)
        try RotationRecord.write(generation: generation, time: time, to: root)
        return receipt
    }
}
