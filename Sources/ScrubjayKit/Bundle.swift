internal import Archive
public import Bundling
internal import Collecting
internal import Detecting
internal import Documents
public import Sanitizing
public import Sodium
public import SystemPackage

/// Packs a sanitized tree into a signed bundle: the archive, its signature beside it, and their checksums.
public struct Bundle: Sendable {
    /// The version of a bundle where none is given.
    public static let firstVersion = "1.0.0"

    /// The sanitized tree.
    public var tree: FilePath
    /// The archive that is made; its name decides the form, and the signature signs the name.
    public var output: FilePath
    /// What is deployed.
    public var name: String
    /// Which version of it.
    public var version: String
    /// When it was released, in seconds since 1970.
    public var released: Int
    /// Whether files that exist may be replaced.
    public var replacesOutput: Bool
    /// Who may open a private bundle of a deployment that was not sanitized; none for a public one.
    public var recipients: [AgeRecipient] = []
    private let scan: ScanAhead

    /// Makes the workflow, whose `scan` looks through the tree while it is packed; nothing is read yet.
    ///
    /// The scan is made when it is wanted, on a thread of its own.
    public init(
        tree: FilePath,
        output: FilePath,
        name: String,
        version: String,
        released: Int,
        replacesOutput: Bool = false,
        scan: @autoclosure @escaping @Sendable () throws -> Scan
    ) {
        self.tree = tree
        self.output = output
        self.name = name
        self.version = version
        self.released = released
        self.replacesOutput = replacesOutput
        self.scan = ScanAhead(scan)
    }

    /// Looks at the tree, and hashes its files; nothing is written yet, and nobody has looked for what is sensitive.
    ///
    /// - Throws: ``KitError`` `unsuitable` where the tree was not sanitized, or holds a link or something that is no file;
    ///   ``BundleError`` `misplacedStandIn` where it was edited so that stand-ins cannot be found again; ``CollectingError``.
    public func prepare() throws -> PackedBundle {
        let deployment = try Deployment(root: tree)
        guard !recipients.isEmpty || deployment.entries.contains(where: { $0.path == ParameterFile.name }) else {
            throw KitError(
                .unsuitable,
                "\(tree) has no \(ParameterFile.name), so it was not sanitized",
                hint: "run 'scrubjay sanitize' first, and bundle its output"
            )
        }
        if recipients.isEmpty { scan.start() }
        let files = try recipients.isEmpty ? Self.sanitizedFiles(of: deployment) : Self.files(of: deployment)
        var writer = BundleWriter(bundleName: name, version: version, released: Int64(released))
        writer.isPrivate = !recipients.isEmpty
        return try writer.prepare(files)
    }

    /// Looks for every value of a sealed map in what is packed.
    ///
    /// - Parameters:
    ///   - packed: what ``prepare()`` gave.
    ///   - map: the map of the deployment that the tree was sanitized from.
    /// - Returns: what was proved.
    /// - Throws: ``KitError`` `sensitive` where a value is left; as ``SealedMapFile/read()`` does; ``CollectingError`` `missing`
    ///   where there is no map.
    public func checkResidue(of packed: PackedBundle, with map: SealedMapFile) throws -> ResidueCheck.Proof {
        guard let contents = try map.read() else {
            throw CollectingError(.missing, at: map.path.string, "there is no such map")
        }
        return try BundleResidue(contents, parameters: parameters()).check(packed)
    }

    /// Refuses a place at which nothing can be written, before the work is done.
    ///
    /// - Throws: ``CollectingError``: `noFolder` or `outputExists`.
    public func checkOutput() throws {
        try PlaceOfFile.folder(for: output)
        guard !replacesOutput, let fileName = output.lastComponent?.string else { return }
        let folder = output.removingLastComponent()
        // What the first signatures are called is known before; all are refused before the first is written.
        for name in [fileName, fileName + ".minisig", fileName + ".sig"] {
            try PrivateFile.checkFree(folder.appending(name))
        }
    }

    /// How many rules the tree is scanned with.
    var ruleCount: Int { get throws { try scan.scan().ruleIDs.count } }

    /// What stands for a value in the tree.
    func parameters() throws -> ParameterFile {
        try ParameterFile(
            parsing: Deployment.contents(ofFile: tree.appending(ParameterFile.name), atMost: Manifest.parametersLimit)
        )
    }

    /// The empty folders of the tree, which a bundle does not carry.
    ///
    /// - Throws: ``CollectingError``.
    public func emptyFolders() throws -> [String] { try Deployment(root: tree).emptyFolders }

    /// Looks for what is sensitive in what is packed, as ``apply(_:signers:notes:)`` does by itself; there is none of that in a
    /// private bundle.
    ///
    /// - Throws: ``KitError`` `sensitive` where a scan finds something; what reading a file throws.
    public func checkCleanliness(of packed: PackedBundle) throws {
        guard let check = try cleanlinessCheck(of: packed) else { return }
        check.start()
        try check.finish()
    }

    private func cleanlinessCheck(of packed: PackedBundle) throws -> CleanlinessCheck? {
        packed.manifest.isPrivate ? nil : try CleanlinessCheck(packed, scan: scan)
    }

    /// Writes the archive, its signatures and their checksums, where a scan finds nothing in what is packed.
    ///
    /// - Parameters:
    ///   - packed: what is packed.
    ///   - signers: who signs.
    ///   - notes: what else is said about the bundle, made when the archive is there.
    ///   - isInterrupted: asked before each piece of the archive, and before its files take their places.
    /// - Returns: the names of the files that were written, and what the archive is.
    /// - Throws: ``KitError`` `sensitive` where a scan finds something, and nothing remains of what was written; ``BundleError``;
    ///   ``CollectingError``; ``KitError``.
    public func apply(
        _ packed: PackedBundle,
        signers: [any BundleSigner],
        notes: BundleNotes? = nil,
        isInterrupted: () -> Bool = { false }
    ) throws -> Written {
        guard let fileName = output.lastComponent?.string else {
            throw KitError(.unsuitable, "a bundle needs a file name, such as jitsi-1.0.tar.gz")
        }
        try checkOutput()
        // Everything is made before anything takes its place: where a signer refuses, a bundle of before is still whole.
        let file = try StagedFile(for: output, mode: 0o644)
        let archive = try write(
            packed,
            as: fileName,
            hashing: [.sha256] + signers.flatMap(\.algorithms),
            to: file.descriptor,
            isInterrupted
        )
        guard let sha256 = archive.digests[.sha256] else { preconditionFailure("the SHA-256 was asked for") }
        var signatures: [BundleSignature] = []
        var files: [(name: String, bytes: [UInt8])] = []
        for signer in signers {
            let signature = try signer.sign(archive, in: file.staged)
            files.append((SignatureNames.name(for: signature, of: fileName, after: signatures), signature.serialized()))
            signatures.append(signature)
        }
        files += try notes?.files(about: packed, archive, signers: signers) ?? []
        let list = SignedBundle.checksums([(fileName, sha256)] + files.map { ($0.name, SHA256.hash($0.bytes)) })
        guard !isInterrupted() else { throw Self.interruption }
        try place(file, with: files, checksums: list)
        return Written(
            archive: archive,
            signatures: signatures,
            fileNames: [fileName] + files.map(\.name) + [SignedBundle.checksumsFileName]
        )
    }

    /// Writes the archive, and looks for what is sensitive meanwhile.
    private func write(
        _ packed: PackedBundle,
        as fileName: String,
        hashing algorithms: [Digest.Algorithm],
        to descriptor: FileDescriptor,
        _ isInterrupted: () -> Bool
    ) throws -> ShippedArchive {
        let check = try cleanlinessCheck(of: packed)
        check?.start()
        defer { check?.stop() }
        var (written, flushed) = (0, 0)
        do {
            let shipped = try packed.write(as: fileName, hashing: algorithms, sealedTo: recipients) { bytes in
                guard !isInterrupted() else { throw Self.interruption }
                try check?.checkSoFar()
                written += try descriptor.writeAll(bytes)
                guard written - flushed >= Self.flushedSize else { return }
                descriptor.beginFlushToDisk(flushed..<written)
                flushed = written
            }
            try check?.finish()
            return shipped
        } catch let error as Errno {
            throw StagedFile.unwritable(output, error)
        }
    }

    private static let interruption = KitError(.interrupted, "interrupted; nothing was written")

    /// The bytes that are brought to the disk while further ones are made.
    private static let flushedSize = 1 << 23

    /// What came of a bundle.
    public struct Written: Sendable {
        /// The archive.
        public var archive: ShippedArchive
        /// Its signatures, in the order of the signers.
        public var signatures: [BundleSignature]
        /// The names of all files that were written.
        public var fileNames: [String]
    }
}
