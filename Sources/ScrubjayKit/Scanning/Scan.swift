public import Collecting
public import Detecting
internal import Documents
internal import Sanitizing

/// Finds secrets and personal data in files, and says why.
public struct Scan: Sendable {
    /// The result of scanning documents in memory.
    public struct Report: Sendable {
        /// The findings.
        public var result: ScanResult
        /// The number of files read.
        public var fileCount: Int
        /// The total size of the files in bytes.
        public var byteCount: Int
        /// The parts that could not be read in their file's format and were read as plain text.
        public var notes: [Note]
        /// The skipped entries: links are not followed, and sockets and pipes are not opened.
        public var skipped: [Deployment.Skipped]
        /// The files that could not be read.
        public var failures: [CollectingError]

        /// The findings by file, without line and column numbers.
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

    /// A problem that a document's reader reports.
    public struct Note: Hashable, Sendable {
        /// The path of the file.
        public var path: String
        /// The 1-based line; nil if the note is about the whole file.
        public var line: Int?
        /// The problem, in one lower-case sentence.
        public var message: String
    }

    /// The owner's decisions.
    public let policy: PolicyFile
    /// The key of the fingerprints.
    let fingerprintKey: FingerprintKey
    private var scanner: Scanner

    /// Makes a scan with the built-in rules, those of the Jitsi catalogue, and the owner's.
    ///
    /// - Parameters:
    ///   - fingerprintKey: the key of the fingerprints.
    ///   - policy: the owner's decisions.
    ///   - cache: the cache of compiled rules; nil to compile them.
    /// - Throws: ``PolicyError`` if a rule of the owner has the id of another; ``KitError`` `unsuitable` if the
    ///   policy's fingerprints were made with another key; ``RotationError`` if Scrubjay's catalogue cannot be read.
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
                "the fingerprints in \(PolicyFile.name) were made with key \(keyID), but the current key is \(fingerprintKey.id)",
                remedy: .sameFingerprintKey
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

    /// Delivers the findings in the files of `source`, one file at a time.
    func scan(_ source: some ScanSource, consume: (Scanner.ScannedText) throws -> Void) rethrows {
        try scanner.scan(source, containers: ArchiveReader(), consume: consume)
    }

    /// Returns what the rules find in the files of `source`: the first half of a scan.
    ///
    /// - Parameters:
    ///   - source: the files.
    ///   - earlier: the findings of the rules in other files, some of which may be the same.
    /// - Returns: the findings of the rules in each file.
    func firstReading(
        of source: some ScanSource,
        knowing earlier: Scanner.FirstReading? = nil
    ) -> Scanner.FirstReading {
        scanner.firstReading(of: source, containers: ArchiveReader(), knowing: earlier)
    }

    /// Delivers the findings in the files of `source`, given what the rules found in them.
    func scan(
        _ source: some ScanSource,
        after reading: Scanner.FirstReading,
        consume: (Scanner.ScannedText) throws -> Void
    ) rethrows -> Scanner.Values {
        try scanner.scan(source, containers: ArchiveReader(), after: reading, consume: consume)
    }

    /// Scans documents in memory, none of which is opened as an archive.
    func scan(unopened documents: [Document]) -> ScanResult { scanner.scan(documents) }

    /// Returns the same scan for renamed files: the policy applies to their former paths.
    func following(_ sourcePaths: [String: String]) -> Scan {
        var scan = self
        scan.scanner.decisions.sourcePaths = sourcePaths
        return scan
    }

    /// Returns the same scan, which also searches for given values everywhere.
    func seeking(_ values: [KnownValue]) -> Scan {
        var scan = self
        scan.scanner.decisions = scanner.decisions.seeking(values)
        return scan
    }

    /// Returns the same scan, which also searches for the values of a sealed map.
    func remembering(_ map: SealedMap?) -> Scan {
        alsoDeciding { $0.remembering(map?.rememberedValues ?? []) }
    }

    /// Returns the same scan with changed decisions.
    func alsoDeciding(_ change: (Decisions) -> Decisions) -> Scan {
        var scan = self
        scan.scanner.decisions = change(scanner.decisions)
        return scan
    }

    /// Returns a scan with the same rules for a tree that declares which values its owner keeps.
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
