public import Collecting
public import Detecting
internal import Documents
public import SystemPackage

/// Says where the secrets and personal data of files are, and why.
public struct Scan: Sendable {
    /// What is scanned.
    public enum Target: Sendable {
        /// A folder with all that is in it, or one file.
        case path(FilePath)
        /// Bytes that came in some other way, under a name.
        case bytes([UInt8], name: String)
    }

    /// What a scan says.
    public struct Report: Sendable {
        /// What was found.
        public var result: ScanResult
        /// How many files were read.
        public var fileCount: Int
        /// How many bytes they have.
        public var byteCount: Int
        /// What could not be read as its format, and is read as plain text.
        public var notes: [Note]
        /// What was passed over: links are not followed, sockets and pipes not opened.
        public var skipped: [Deployment.Skipped]
        /// The files that could not be read at all.
        public var failures: [CollectingError]
    }

    /// What a document's reader could not do.
    public struct Note: Hashable, Sendable {
        /// The file.
        public var path: String
        /// The 1-based line; nil where the whole file is meant.
        public var line: Int?
        /// What happened, in one lower-case sentence.
        public var message: String
    }

    /// The owner's decisions that hold in this scan.
    public let policy: PolicyFile
    private let scanner: Scanner

    /// Makes a scan with the built-in rules, those of the Jitsi catalogue, and those of the owner.
    ///
    /// - Parameters:
    ///   - fingerprintKey: the key of the fingerprints.
    ///   - policy: the owner's decisions.
    ///   - cache: where compiled rules are kept between runs; nil compiles them anew.
    /// - Throws: ``PolicyError`` where a rule of the owner has the id of another; ``RotationError`` where the catalogue
    ///   that comes with Scrubjay cannot be read.
    public init(
        fingerprintKey: FingerprintKey,
        policy: PolicyFile = PolicyFile(),
        cache: CompiledCache? = nil
    ) throws {
        self.policy = policy
        scanner = Scanner(
            rules: try Rules.standard(with: policy, store: cache),
            fingerprintKey: fingerprintKey.bytes,
            store: cache
        )
    }

    /// Scans `target`.
    ///
    /// - Throws: ``CollectingError`` where there is nothing to scan, or a folder cannot be listed.
    public func run(_ target: Target) throws -> Report {
        switch target {
        case .bytes(let bytes, let name):
            return report(documents: [Document(path: name, bytes: bytes)], skipped: [], failures: [])
        case .path(let path):
            guard try Deployment.isFolder(path) else {
                let name = path.lastComponent?.string ?? path.string
                let bytes = try Deployment.contents(ofFile: path)
                return report(documents: [Document(path: name, bytes: bytes)], skipped: [], failures: [])
            }
            let deployment = try Deployment(root: path)
            let source = DeploymentSource(deployment)
            var findings: [Finding] = []
            var notes: [Note] = []
            scanner.scan(source) { text in
                findings += text.findings
                notes += text.notes.map {
                    Note(path: source.path(of: text.file), line: $0.line, message: $0.message)
                }
            }
            let links = deployment.entries.filter(\.isLink).map {
                Deployment.Skipped(path: $0.path, reason: "a link, which is not followed")
            }
            return Report(
                result: ScanResult(findings: findings, values: [], valueIndices: []),
                fileCount: source.count,
                byteCount: source.byteCount,
                notes: notes,
                skipped: deployment.skipped + links,
                failures: source.failures
            )
        }
    }

    /// Scans documents that are at hand.
    func scan(_ documents: [Document]) -> ScanResult { scanner.scan(documents) }

    private func report(
        documents: [Document],
        skipped: [Deployment.Skipped],
        failures: [CollectingError]
    ) -> Report {
        Report(
            result: scanner.scan(documents),
            fileCount: documents.count,
            byteCount: documents.reduce(0) { $0 + $1.bytes.count },
            notes: Self.notes(of: documents),
            skipped: skipped,
            failures: failures
        )
    }

    static func notes(of documents: [Document]) -> [Note] {
        documents.flatMap { document in
            document.notes.map { Note(path: document.path, line: $0.line, message: $0.message) }
        }
    }
}
