internal import Archive
public import Bundling
internal import Collecting
public import Detecting
internal import Documents
public import Sanitizing
public import Sodium
public import SystemPackage

/// Checks that a bundle is what its signers made and that it is clean; nothing is written.
public struct Verify: Sendable {
    /// An accepted bundle.
    public struct Report: Sendable {
        /// The signers, the time and the contents.
        public var bundle: VerifiedBundle
        /// Its parameters, and the files left out of it.
        public var parameters: ParameterFile
        /// The findings of a scan of its files, by file.
        public var files: [ScannedFile]
        /// The findings that the signer keeps on purpose.
        public var kept: [KeptFinding] = []
        /// Whether these lists are complete; long ones are cut.
        public var namesAll = true
        /// What could not be read in the archives among its files.
        public var notes: [Scan.Note] = []
        /// The attestations that accepted keys have signed.
        public var statements: [BundleStatement] = []
        /// The comparison with a tree; nil if none was given.
        public var comparison: BundleComparison?

        /// The verdict on a bundle whose signatures are valid.
        public enum Verdict: String, Hashable, Sendable {
            /// It is clean, and matches the tree if one was given.
            case good
            /// A scan found something in it.
            case notClean = "not clean"
            /// Packing the tree gives a different bundle.
            case different
        }

        /// The verdict on the bundle; findings take precedence over differences.
        public var verdict: Verdict {
            guard files.isEmpty else { return .notClean }
            if case .different = comparison { return .different }
            return .good
        }

        /// The differences between the bundle and the tree; empty if no tree was given.
        public var differences: [String] {
            guard case .different(let found) = comparison else { return [] }
            return found
        }

        /// The number of findings.
        public var findingCount: Int { files.reduce(0) { $0 + $1.items.count } }
    }

    /// The signatures that are required.
    public struct Acceptance: Sendable {
        /// The accepted keys.
        public var keyring: Keyring
        /// The minimum number of these keys that must have signed.
        public var threshold: Int
        /// Whether minisign's legacy signature form is accepted.
        public var acceptsLegacy: Bool
        /// The time at which the keys must be valid, in seconds since 1970.
        public var time: Int

        /// Makes the requirements.
        public init(keyring: Keyring, threshold: Int = 1, acceptsLegacy: Bool = false, time: Int) {
            self.keyring = keyring
            self.threshold = threshold
            self.acceptsLegacy = acceptsLegacy
            self.time = time
        }
    }

    /// The bundle.
    public var file: FilePath
    /// Its signatures; if empty, those beside it.
    public var signatures: [FilePath]
    /// The required signatures; nil to accept an unsigned bundle.
    public var acceptance: Acceptance?
    /// Attestation files with one envelope per line; if empty, the one beside the bundle, if it exists.
    public var attestations: [FilePath] = []
    /// Whether accepted keys must have attested the build and the cleanliness of the bundle.
    public var wantsAttestations = false
    /// The tree to compare with.
    public var tree: FilePath?
    /// The identities that open a private bundle.
    public var identities: [AgeIdentity] = []
    private let scan: ScanAhead

    /// Configures the check; nothing is read yet.
    ///
    /// The scan is prepared on its own thread when it is first needed.
    public init(
        file: FilePath,
        signatures: [FilePath] = [],
        acceptance: Acceptance?,
        tree: FilePath? = nil,
        scan: @autoclosure @escaping @Sendable () throws -> Scan
    ) {
        self.file = file
        self.signatures = signatures
        self.acceptance = acceptance
        self.tree = tree
        self.scan = ScanAhead(scan)
    }

    /// Checks the signatures over all bytes, then the archive and the manifest, and scans the files meanwhile.
    ///
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError`` if it cannot be read;
    ///   ``DocumentError`` for malformed parameters.
    public func run() throws -> Report {
        scan.start()
        var held = HeldFiles()
        let (bundle, scanned) = try BundleScan(scan).run { take in
            try open { part in
                held.take(part)
                take(part)
            }
        }
        if bundle.isPrivate {
            // A private bundle holds secrets on purpose.
            return Report(bundle: bundle, parameters: ParameterFile(parameters: [], omissions: []), files: [])
        }
        guard let list = bundle.parameters else {
            throw KitError(.sensitive, "the bundle has no \(ParameterFile.name)")
        }
        let parameters = try ParameterFile(parsing: list)
        // A bundle that cannot be filled in is useless, no matter who has signed it.
        _ = try Hydration(of: bundle, held: held.files)
        let found = try scanned.isEmpty ? scanned : accepting(parameters.kept, scanned, in: bundle)
        return Report(
            bundle: bundle,
            parameters: parameters,
            files: found.files,
            kept: found.kept,
            namesAll: found.isComplete,
            notes: found.notes,
            statements: try statements(about: bundle),
            comparison: try tree.map { try BundleComparison(of: bundle, with: $0) }
        )
    }

    /// Returns the findings except those that the signer keeps on purpose.
    ///
    /// The list of kept findings is in the middle of the archive, so what was found before it is scanned again.
    private func accepting(
        _ kept: [ParameterFile.Kept],
        _ found: BundleScan.Found,
        in bundle: VerifiedBundle
    ) throws -> BundleScan.Found {
        if kept.isEmpty { return found }
        return try BundleScan(scan.scan().accepting(kept)).run { take in try bundle.read(take) }.found
    }

    /// Returns the attestations by accepted keys; others are ignored.
    private func statements(about bundle: VerifiedBundle) throws -> [BundleStatement] {
        guard let acceptance else { return [] }
        var paths = attestations
        let beside = FilePath(file.string + BundleNotes.attestationEnding)
        if paths.isEmpty, try PlaceOfFile.exists(beside) { paths = [beside] }
        let lines = try paths.flatMap { path in
            try Deployment.contents(ofFile: path, atMost: Attestation.limit).split(separator: UInt8(ascii: "\n"))
        }
        let sha256 = lines.isEmpty ? SHA256.hash([]) : try bundle.digest(.sha256)
        let statements = try lines.compactMap { line in
            try statement(Array(line), about: bundle, sha256: sha256, acceptance)
        }
        let types = Set(statements.map(\.predicateType))
        guard !wantsAttestations || types.isSuperset(of: [Provenance.buildPredicate, Provenance.cleanlinessPredicate])
        else {
            throw BundleError(
                .unknownSigner,
                "no given key has signed attestations of how the bundle was built and how clean it is"
            )
        }
        return statements
    }

    /// Returns one statement; nil if others signed it.
    private func statement(
        _ line: [UInt8],
        about bundle: VerifiedBundle,
        sha256: Digest,
        _ acceptance: Acceptance
    ) throws(BundleError) -> BundleStatement? {
        let attestation = try Attestation(parsing: line)
        do throws(BundleError) {
            return try BundleStatement(
                attestation,
                about: bundle,
                sha256: sha256,
                keyring: acceptance.keyring,
                time: Int64(acceptance.time)
            )
        } catch {
            guard error.code == .unknownSigner else { throw error }
            return nil
        }
    }

    /// Checks the signatures, the archive and the manifest.
    ///
    /// - Parameter consume: receives the files of a public bundle while they are checked; results are valid only after
    ///   the function has returned.
    /// - Returns: the contents of the bundle.
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError``; ``KitError`` `unsuitable`.
    func open(consume: (CanonicalArchive.Part) -> Void = { _ in }) throws -> VerifiedBundle {
        guard let fileName = file.lastComponent?.string else {
            throw KitError(.unsuitable, "\(file) is not a file")
        }
        let source = ByteSource(try OpenFile(file))
        guard let acceptance else {
            var verifier = BundleVerifier(keyring: Keyring([Keyring.Entry]()))
            verifier.identities = identities
            return try verifier.inspect(source, fileName: fileName, consume: consume)
        }
        var verifier = BundleVerifier(keyring: acceptance.keyring)
        verifier.threshold = acceptance.threshold
        verifier.identities = identities
        verifier.acceptsLegacy = acceptance.acceptsLegacy
        verifier.time = Int64(acceptance.time)
        let paths = signatures.isEmpty ? try SignatureNames.beside(file) : signatures
        do {
            return try verifier.verify(
                source,
                signatures: try paths.map { try Deployment.contents(ofFile: $0, atMost: BundleSignature.limit) },
                fileName: fileName,
                consume: consume
            )
        } catch let error as BundleError where error.place == nil {
            var error = error
            error.place = Self.isAboutSignature(error.code) && paths.count == 1 ? paths[0].string : file.string
            throw error
        }
    }

    /// Whether an error concerns a signature's text rather than the bundle.
    private static func isAboutSignature(_ code: BundleError.Code) -> Bool {
        code == .malformedSignature || code == .unsupportedSignature
    }
}
