public import Collecting
public import Detecting
internal import Documents
internal import Sanitizing

/// Says where the secrets and personal data of files are, and why.
public struct Scan: Sendable {
    /// What a scan of documents at hand says.
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

        /// What was found, file by file, without the places in lines and columns of the text.
        public var files: [ScannedFile] {
            var files: [ScannedFile] = []
            for finding in result.findings {
                let item = ScannedFile.Item(finding: finding, region: nil, isRepeated: false)
                if files.last?.path == finding.path {
                    files[files.count - 1].items.append(item)
                } else {
                    files.append(ScannedFile(path: finding.path, items: [item]))
                }
            }
            return files
        }
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
    /// The key of the fingerprints.
    let fingerprintKey: FingerprintKey
    private var scanner: Scanner

    /// Makes a scan with the built-in rules, those of the Jitsi catalogue, and those of the owner.
    ///
    /// - Parameters:
    ///   - fingerprintKey: the key of the fingerprints.
    ///   - policy: the owner's decisions.
    ///   - cache: where compiled rules are kept between runs; nil compiles them anew.
    /// - Throws: ``PolicyError`` where a rule of the owner has the id of another; ``KitError`` `unsuitable` where the
    ///   fingerprints of the policy are of another key; ``RotationError`` where the catalogue that comes with Scrubjay
    ///   cannot be read.
    public init(
        fingerprintKey: FingerprintKey,
        policy: PolicyFile = PolicyFile(),
        cache: CompiledCache? = nil
    ) throws {
        self.policy = policy
        self.fingerprintKey = fingerprintKey
        if policy.hasFingerprints, let keyID = policy.fingerprintKeyID, keyID != fingerprintKey.id {
            throw KitError(
                .unsuitable,
                "the fingerprints in \(PolicyFile.name) are made with the key \(keyID), and this is \(fingerprintKey.id)",
                hint: "give the key that they were made with: --fingerprint-key FILE"
            )
        }
        scanner = Scanner(
            rules: try Rules.standard(with: policy, store: cache),
            fingerprintKey: fingerprintKey.bytes,
            decisions: Decisions(policy),
            store: cache
        )
    }

    /// The ids of all rules, in the order in which they are tried.
    public var ruleIDs: [String] { scanner.ruleIDs }

    /// Hands out what is found in the files of `source`, one after another.
    func scan(_ source: some ScanSource, consume: (Scanner.ScannedText) throws -> Void) rethrows {
        try scanner.scan(source, containers: ArchiveReader(), consume: consume)
    }

    /// What the rules say about the files of `source`: the first half of a scan.
    ///
    /// - Parameters:
    ///   - source: the files.
    ///   - earlier: what the rules say about other files, some of which may be the same.
    /// - Returns: what the rules find in each file.
    func firstReading(
        of source: some ScanSource,
        knowing earlier: Scanner.FirstReading? = nil
    ) -> Scanner.FirstReading {
        scanner.firstReading(of: source, containers: ArchiveReader(), knowing: earlier)
    }

    /// Hands out what is found in the files of `source`, of which `reading` says what the rules find in them.
    func scan(
        _ source: some ScanSource,
        after reading: Scanner.FirstReading,
        consume: (Scanner.ScannedText) throws -> Void
    ) rethrows -> Scanner.Values {
        try scanner.scan(source, containers: ArchiveReader(), after: reading, consume: consume)
    }

    /// Scans documents that are at hand.
    func scan(_ documents: [Document]) -> ScanResult { scanner.scan(documents) }

    /// The same scan of files that were given other paths: what the policy says of a path is said of the one before.
    func following(_ sourcePaths: [String: String]) -> Scan {
        var scan = self
        scan.scanner.decisions.sourcePaths = sourcePaths
        return scan
    }

    /// The same scan, which also looks for some values everywhere.
    func seeking(_ values: [KnownValue]) -> Scan {
        var scan = self
        scan.scanner.decisions = scanner.decisions.seeking(values)
        return scan
    }

    /// The same scan with other decisions.
    func alsoDeciding(_ change: (Decisions) -> Decisions) -> Scan {
        var scan = self
        scan.scanner.decisions = change(scanner.decisions)
        return scan
    }

    /// The same rules, of a tree that says itself what its owner kept.
    func accepting(_ kept: [ParameterFile.Kept]) -> Scan {
        var scan = self
        scan.scanner.decisions = Decisions(domains: kept.compactMap(\.domain), digests: Set(kept.compactMap(\.digest)))
        return scan
    }

    static func notes(of documents: [Document]) -> [Note] {
        documents.flatMap { document in
            document.notes.map { Note(path: document.path, line: $0.line, message: $0.message) }
        }
    }
}
