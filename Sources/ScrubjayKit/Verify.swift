internal import Archive
public import Bundling
internal import Collecting
public import Detecting
internal import Documents
public import Sanitizing
public import Sodium
public import SystemPackage

/// Checks that a bundle is what its signers made, and that it is clean; nothing is written.
public struct Verify: Sendable {
    /// What a bundle that was accepted is.
    public struct Report: Sendable {
        /// Who signed it, when, and what is in it.
        public var bundle: VerifiedBundle
        /// Its parameters and what was left out of it.
        public var parameters: ParameterFile
        /// What a scan of its files found, file by file.
        public var files: [ScannedFile]
        /// What the signer lets stand in it.
        public var kept: [KeptFinding] = []
        /// Whether these are all; of very many only the first are named.
        public var namesAll = true
        /// What accepted keys have attested about it.
        public var statements: [BundleStatement] = []
        /// How it compares with a tree; nil where none was given.
        public var comparison: BundleComparison?

        /// How many findings there are.
        public var findingCount: Int { files.reduce(0) { $0 + $1.items.count } }
    }

    /// Which signatures are wanted.
    public struct Acceptance: Sendable {
        /// The keys that may have signed.
        public var keyring: Keyring
        /// How many of them must have.
        public var threshold: Int
        /// Whether minisign's older form of a signature is accepted.
        public var acceptsLegacy: Bool
        /// The time at which the keys must be valid, in seconds since 1970.
        public var time: Int

        /// Makes the wish for signatures.
        public init(keyring: Keyring, threshold: Int = 1, acceptsLegacy: Bool = false, time: Int) {
            self.keyring = keyring
            self.threshold = threshold
            self.acceptsLegacy = acceptsLegacy
            self.time = time
        }
    }

    /// The bundle.
    public var file: FilePath
    /// Its signatures; those beside it where none is named.
    public var signatures: [FilePath]
    /// Which signatures are wanted; nil to take a bundle that nobody has signed.
    public var acceptance: Acceptance?
    /// Files of attestations, an envelope a line; the one beside the bundle where none is named, if there is one.
    public var attestations: [FilePath] = []
    /// Whether accepted keys must have attested how the bundle was built, and how clean it is.
    public var wantsAttestations = false
    /// The tree that it is compared with.
    public var tree: FilePath?
    /// Who opens a private bundle.
    public var identities: [AgeIdentity] = []
    private let scan: ScanAhead

    /// Makes the check; nothing is read yet.
    ///
    /// The scan is made when it is wanted, on a thread of its own.
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
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError`` where it cannot be read;
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
            // It holds secrets on purpose.
            return Report(bundle: bundle, parameters: ParameterFile(parameters: [], omissions: []), files: [])
        }
        guard let list = bundle.parameters else {
            throw KitError(.sensitive, "the bundle has no \(ParameterFile.name)")
        }
        let parameters = try ParameterFile(parsing: list)
        // What nobody can fill in is of no use, whoever has signed it.
        _ = try held.members.map { try Hydration(members: $0) } ?? Hydration(of: bundle)
        let found = try scanned.isEmpty ? scanned : accepting(parameters.kept, scanned, in: bundle)
        return Report(
            bundle: bundle,
            parameters: parameters,
            files: found.files,
            kept: found.kept,
            namesAll: found.isComplete,
            statements: try statements(about: bundle),
            comparison: try tree.map { try BundleComparison(of: bundle, with: $0) }
        )
    }

    /// What is found beside that which the signer lets stand.
    ///
    /// The list of it stands in the middle of the archive, so that what was found before it is looked for again.
    private func accepting(
        _ kept: [ParameterFile.Kept],
        _ found: BundleScan.Found,
        in bundle: VerifiedBundle
    ) throws -> BundleScan.Found {
        if kept.isEmpty { return found }
        return try BundleScan(scan.scan().accepting(kept)).run { take in try bundle.read(take) }.found
    }

    /// What accepted keys have attested; what others have is passed over.
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
                "none of the given keys has attested how the bundle was built and how clean it is"
            )
        }
        return statements
    }

    /// One statement; nil where it was signed by others.
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
    /// - Parameter consume: takes the files of a public bundle while they are checked; what comes of them counts when the
    ///   function has returned.
    /// - Returns: what the bundle holds.
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError``; ``KitError`` `unsuitable`.
    func open(consume: (CanonicalArchive.Part) -> Void = { _ in }) throws -> VerifiedBundle {
        guard let fileName = file.lastComponent?.string else {
            throw KitError(.unsuitable, "\(file) is no file")
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

    /// Whether a reason is about the text of a signature, and not about the bundle.
    private static func isAboutSignature(_ code: BundleError.Code) -> Bool {
        code == .malformedSignature || code == .unsupportedSignature
    }
}
