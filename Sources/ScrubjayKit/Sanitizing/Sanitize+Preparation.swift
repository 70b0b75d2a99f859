internal import Collecting
internal import Detecting
internal import Documents
public import Sanitizing

extension Sanitize {
    /// A planned sanitizing run.
    public struct Preparation: Sendable {
        /// The result of scanning the originals.
        public var report: Scan.Report
        /// The plan.
        public var plan: SanitizePlan
        /// The links that are written as copies of their targets.
        public var copiedLinks: [String]
        /// The policy's decisions that do not apply.
        public var policyNotes: [Scan.Note]

        let policy: PolicyFile
        /// The deployment and the findings that the plan was made from.
        let searched: SearchedDeployment
        /// The map of the last run.
        let lastMap: SealedMap?
        /// The values that the plan knew: those of the map, and those of the plan that this one replaces.
        let known: [SealedMap.Value]
        /// The scan, which also searches for the values of the map.
        let scan: Scan
        /// The reasons for leaving out files that could not be proved clean, by the paths of the originals.
        let unproved: [String: String]

        /// The empty folders of the deployment, which the sanitized tree does not have.
        public var emptyFolders: [String] { reading.deployment.emptyFolders }

        var reading: DeploymentReading { searched.reading }
        var deployment: Deployment { reading.deployment }
        /// All files by their paths; files that were not kept have no contents.
        var documents: [String: Document] { searched.byPath }
        /// The archives, and the files in them.
        var packed: PackedFiles { searched.files.packed }
    }
}

extension Sanitize.Preparation {
    /// Returns the original of a planned file.
    ///
    /// - Throws: ``CollectingError`` if it cannot be read again.
    func original(of file: SanitizePlan.File) throws(CollectingError) -> Document {
        guard let document = documents[file.source] else {
            preconditionFailure("a plan names the files that it was made from")
        }
        guard searched.files.unread.contains(file.source) else {
            guard document.isReleased else { return document }
            let bytes = document.bytes
            if let failure = searched.files.rereading.failure { throw failure }
            // The plan holds everything that is needed of the file's structure.
            return Document(unreadAt: file.source, bytes: bytes)
        }
        let outermost = packed.outermost(of: file.source)
        let bytes = try deployment.contents(of: outermost)
        guard outermost != file.source else { return Document(unreadAt: file.source, bytes: bytes) }
        guard let bytes = ArchiveRewriting.contents(of: file.source, in: outermost, bytes) else {
            throw CollectingError(.unreadable, at: file.source, "it is no longer in its archive")
        }
        return Document(unreadAt: file.source, bytes: bytes)
    }

    /// Returns the original of an archived file whose bytes are given.
    func original(of file: SanitizePlan.File, bytes: [UInt8]) -> Document {
        guard !searched.files.unread.contains(file.source), let document = documents[file.source] else {
            return Document(unreadAt: file.source, bytes: bytes)
        }
        return document
    }
}
