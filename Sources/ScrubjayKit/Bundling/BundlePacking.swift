internal import Archive
public import Bundling
public import Collecting
internal import Detecting
internal import Documents
public import Sanitizing
public import Sodium
public import SystemPackage

/// Packs a sanitized tree into a signed bundle: the archive, its signature beside it, and their checksums.
public struct BundlePacking: Sendable {
    /// The version of a bundle if none is given.
    public static let firstVersion = "1.0.0"

    /// The sanitized tree.
    public var tree: FilePath
    /// The path of the archive.
    ///
    /// Its extension selects the format, and its name is signed.
    public var output: FilePath
    /// The name of the bundle, without its version.
    public var name: String
    /// The version of the bundle.
    public var version: String
    /// The release time, in seconds since 1970.
    public var released: Int
    /// Whether existing files may be replaced.
    public var replacesOutput: Bool
    /// The recipients of a private bundle, whose deployment was not sanitized; empty for a public bundle.
    public var recipients: [AgeRecipient] = []
    private let scan: ScanAhead

    /// Configures the workflow; nothing is read yet.
    ///
    /// `scan` examines the tree while it is packed. It is prepared on its own thread when it is first needed.
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

    /// Reads the tree and hashes its files.
    ///
    /// Nothing is written or scanned yet.
    ///
    /// - Throws: ``KitError`` `unsuitable` if the tree was not sanitized, or holds something other than files and links
    ///   to its files; ``BundleError`` `misplacedStandIn` if edits keep stand-ins from being found again;
    ///   ``CollectingError``.
    public func prepare() throws -> PreparedBundle {
        let deployment = try Deployment(root: tree)
        guard !recipients.isEmpty || deployment.entries.contains(where: { $0.path == ParameterFile.name }) else {
            throw KitError(
                .unsuitable,
                "\(tree) has no \(ParameterFile.name), so it was not sanitized",
                remedy: .sanitizing
            )
        }
        if recipients.isEmpty { scan.start() }
        let files = try recipients.isEmpty ? Self.sanitizedFiles(of: deployment) : privateFiles(of: deployment)
        var writer = BundleWriter(bundleName: name, version: version, released: Int64(released))
        writer.isPrivate = !recipients.isEmpty
        return try writer.prepare(files)
    }

    /// Searches the packed files for every value of a sealed map.
    ///
    /// - Parameters:
    ///   - packed: the result of ``prepare()``.
    ///   - map: the map of the deployment that the tree was sanitized from.
    /// - Returns: the proof.
    /// - Throws: ``KitError`` `sensitive` if a value is left; as ``SealedMapFile/read()`` does; ``CollectingError``
    ///   `missing` if there is no map.
    public func checkResidue(of packed: PreparedBundle, with map: SealedMapFile) throws -> ResidueCheck.Proof {
        guard let contents = try map.read() else {
            throw CollectingError(.missing, at: map.path.string, "there is no such map")
        }
        return try BundleResidue(contents, parameters: parameters()).check(packed)
    }

    /// Refuses an output path that cannot be written, before any work is done.
    ///
    /// - Throws: ``CollectingError`` `noFolder` or `outputExists`; ``KitError`` `unsuitable` if the file of checksums
    ///   beside the bundle is not a list of checksums.
    public func checkOutput() throws {
        try PlaceOfFile.folder(for: output)
        _ = try Self.merge([], into: output.removingLastComponent().appending(SignedBundle.checksumsFileName))
        guard !replacesOutput, let fileName = output.lastComponent?.string else { return }
        let folder = output.removingLastComponent()
        // The names of the first signatures are known in advance, so all are checked before the first is written.
        for name in [fileName, fileName + ".minisig", fileName + ".sig"] {
            try PrivateFile.checkFree(folder.appending(name))
        }
    }

    /// The number of rules that the tree is scanned with.
    var ruleCount: Int { get throws { try scan.scan().ruleIDs.count } }

    /// Returns the tree's list of parameters.
    func parameters() throws -> ParameterFile {
        try ParameterFile(
            parsing: Deployment.contents(ofFile: tree.appending(ParameterFile.name), atMost: Manifest.parametersLimit)
        )
    }

    /// Returns the empty folders of the tree, which a bundle does not include.
    ///
    /// - Throws: ``CollectingError``.
    public func emptyFolders() throws -> [String] { try Deployment(root: tree).emptyFolders }

    /// Returns what is in the tree but left out of the bundle: git's folder, whose history keeps what was removed, and,
    /// for a private bundle, the old values and the record of the last rotation, which only a rollback in this tree
    /// needs.
    ///
    /// - Throws: ``CollectingError``.
    public func leftOut() throws -> [Deployment.Skipped] {
        let deployment = try Deployment(root: tree)
        let states = recipients.isEmpty ? [] : deployment.entries.filter { Rotate.ownFiles.contains($0.path) }
        return deployment.skipped.filter { $0.reason == .gitFolder }
            + states.map { Deployment.Skipped(path: $0.path, reason: .rotationState) }
    }

    private func privateFiles(of deployment: Deployment) throws -> [FileToPack] {
        try Self.files(of: deployment.leavingOut(Rotate.ownFiles))
    }

    /// Scans the packed files, as ``apply(_:signers:notes:)`` does itself.
    ///
    /// A private bundle is not scanned.
    ///
    /// - Throws: ``KitError`` `sensitive` if the scan finds something; what reading a file throws.
    public func checkCleanliness(of packed: PreparedBundle) throws {
        guard let check = try cleanlinessCheck(of: packed) else { return }
        check.start()
        try check.finish()
    }

    private func cleanlinessCheck(of packed: PreparedBundle) throws -> CleanlinessCheck? {
        packed.manifest.isPrivate ? nil : try CleanlinessCheck(packed, scan: scan)
    }

    /// Writes the archive, its signatures and their checksums, unless a scan finds something in the packed files.
    ///
    /// - Parameters:
    ///   - packed: the files to pack.
    ///   - signers: the signers.
    ///   - notes: the documents about the bundle, made once the archive is written.
    ///   - isInterrupted: asked before each piece of the archive, and before its files are moved to their final paths.
    /// - Returns: the names of the written files, and the description of the archive.
    /// - Throws: ``KitError`` `sensitive` if a scan finds something; ``BundleError``; ``CollectingError``;
    ///   ``KitError``. Nothing of what was written remains then.
    public func apply(
        _ packed: PreparedBundle,
        signers: [any BundleSigner],
        notes: BundleNotes? = nil,
        isInterrupted: () -> Bool = { false }
    ) throws -> Written {
        guard let fileName = output.lastComponent?.string else {
            throw KitError(.unsuitable, "a bundle needs a file name, such as jitsi-1.0.tar.gz")
        }
        try checkOutput()
        // Everything is made before anything is moved into place: if a signer refuses, an earlier bundle is still
        // whole.
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

    /// Writes the archive, and scans the packed files for sensitive data meanwhile.
    private func write(
        _ packed: PreparedBundle,
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

    /// The number of bytes after which a flush to disk starts while more are produced.
    private static let flushedSize = 1 << 23

    /// The files of a written bundle.
    public struct Written: Sendable {
        /// The archive.
        public var archive: ShippedArchive
        /// Its signatures, in the order of the signers.
        public var signatures: [BundleSignature]
        /// The names of all written files.
        public var fileNames: [String]
    }
}
