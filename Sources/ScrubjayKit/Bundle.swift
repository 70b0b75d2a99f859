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
    /// The version of a bundle if none is given.
    public static let firstVersion = "1.0.0"

    /// The sanitized tree.
    public var tree: FilePath
    /// The path of the archive.
    ///
    /// Its extension selects the format, and its name is signed.
    public var output: FilePath
    /// The name of what is deployed.
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
    /// - Throws: ``KitError`` `unsuitable` if the tree was not sanitized, or holds a link or something other than a
    ///   file; ``BundleError`` `misplacedStandIn` if edits keep stand-ins from being found again; ``CollectingError``.
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

    /// Searches the packed files for every value of a sealed map.
    ///
    /// - Parameters:
    ///   - packed: the result of ``prepare()``.
    ///   - map: the map of the deployment that the tree was sanitized from.
    /// - Returns: what was proved.
    /// - Throws: ``KitError`` `sensitive` if a value is left; as ``SealedMapFile/read()`` does; ``CollectingError``
    ///   `missing` if there is no map.
    public func checkResidue(of packed: PackedBundle, with map: SealedMapFile) throws -> ResidueCheck.Proof {
        guard let contents = try map.read() else {
            throw CollectingError(.missing, at: map.path.string, "there is no such map")
        }
        return try BundleResidue(contents, parameters: parameters()).check(packed)
    }

    /// Refuses an output path that cannot be written, before any work is done.
    ///
    /// - Throws: ``CollectingError``: `noFolder` or `outputExists`.
    public func checkOutput() throws {
        try PlaceOfFile.folder(for: output)
        guard !replacesOutput, let fileName = output.lastComponent?.string else { return }
        let folder = output.removingLastComponent()
        // The names of the first signatures are known in advance, so all are checked before the first is written.
        for name in [fileName, fileName + ".minisig", fileName + ".sig"] {
            try PrivateFile.checkFree(folder.appending(name))
        }
    }

    /// The number of rules that the tree is scanned with.
    var ruleCount: Int { get throws { try scan.scan().ruleIDs.count } }

    /// The tree's list of parameters.
    func parameters() throws -> ParameterFile {
        try ParameterFile(parsing: Deployment.contents(ofFile: tree.appending(ParameterFile.name)))
    }

    /// The empty folders of the tree, which a bundle does not include.
    ///
    /// - Throws: ``CollectingError``.
    public func emptyFolders() throws -> [String] { try Deployment(root: tree).emptyFolders }

    /// Scans the packed files as ``apply(_:signers:notes:)`` does itself.
    ///
    /// A private bundle is not scanned.
    ///
    /// - Throws: ``KitError`` `sensitive` if the scan finds something; what reading a file throws.
    public func checkCleanliness(of packed: PackedBundle) throws {
        guard let check = try cleanlinessCheck(of: packed) else { return }
        check.start()
        try check.finish()
    }

    private func cleanlinessCheck(of packed: PackedBundle) throws -> CleanlinessCheck? {
        packed.manifest.isPrivate ? nil : try CleanlinessCheck(packed, scan: scan)
    }

    /// Writes the archive, its signatures and their checksums, unless a scan finds something in the packed files.
    ///
    /// - Parameters:
    ///   - packed: the result of ``prepare()``.
    ///   - signers: the signers.
    ///   - notes: attestations and component lists, made when the archive is written.
    /// - Returns: the names of the written files, and the archive.
    /// - Throws: ``KitError`` `sensitive` if a scan finds something, in which case nothing remains of the output;
    ///   ``BundleError``; ``CollectingError``; ``KitError``.
    public func apply(
        _ packed: PackedBundle,
        signers: [any BundleSigner],
        notes: BundleNotes? = nil
    ) throws -> Written {
        guard let fileName = output.lastComponent?.string else {
            throw KitError(.unsuitable, "a bundle needs a file name, such as jitsi-1.0.tar.gz")
        }
        try checkOutput()
        let folder = output.removingLastComponent()
        let archive = try write(packed, as: fileName, hashing: [.sha256] + signers.flatMap(\.algorithms))
        guard let sha256 = archive.digests[.sha256] else { preconditionFailure("the SHA-256 was asked for") }
        var isComplete = false
        // An unsigned archive would block the next attempt and could be mistaken for a bundle.
        defer { if !isComplete { try? PrivateFile.remove(output) } }
        var signatures: [BundleSignature] = []
        var files: [(name: String, bytes: [UInt8])] = []
        for signer in signers {
            let signature = try signer.sign(archive, in: output)
            files.append((SignatureNames.name(for: signature, of: fileName, after: signatures), signature.serialized()))
            signatures.append(signature)
        }
        files += try notes?.files(about: packed, archive, signers: signers) ?? []
        for (name, bytes) in files {
            try PrivateFile.write(bytes, to: folder.appending(name), mode: 0o644, replacing: replacesOutput)
        }
        let list = SignedBundle.checksums([(fileName, sha256)] + files.map { ($0.name, SHA256.hash($0.bytes)) })
        let checksums = folder.appending(SignedBundle.checksumsFileName)
        try PrivateFile.write(try Self.merge(list, into: checksums), to: checksums, mode: 0o644, replacing: true)
        isComplete = true
        return Written(
            archive: archive,
            signatures: signatures,
            fileNames: [fileName] + files.map(\.name) + [SignedBundle.checksumsFileName]
        )
    }

    /// Writes the archive while it is scanned.
    ///
    /// The file appears when both are done.
    private func write(
        _ packed: PackedBundle,
        as fileName: String,
        hashing algorithms: [Digest.Algorithm]
    ) throws -> ShippedArchive {
        let check = try cleanlinessCheck(of: packed)
        check?.start()
        defer { check?.stop() }
        var shipped: ShippedArchive?
        try PrivateFile.write(to: output, mode: 0o644, replacing: replacesOutput) { descriptor in
            var (written, flushed) = (0, 0)
            shipped = try packed.write(as: fileName, hashing: algorithms, sealedTo: recipients) { bytes in
                try check?.checkSoFar()
                written += try descriptor.writeAll(bytes)
                guard written - flushed >= Self.flushedSize else { return }
                descriptor.beginFlushToDisk(flushed..<written)
                flushed = written
            }
            try check?.finish()
        }
        guard let shipped else { preconditionFailure("the archive was written") }
        return shipped
    }

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

    /// Returns checksum lines together with the lines for other files in the existing list at `path`.
    private static func merge(_ lines: [UInt8], into path: FilePath) throws -> [UInt8] {
        var checksums: [String: String] = [:]
        for text in [try existing(path), lines] {
            for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
                guard let separator = line.firstRange(of: "  ") else {
                    throw KitError(.unsuitable, "\(path) is no list of checksums", hint: "move it away")
                }
                checksums[String(line[separator.upperBound...])] = String(line)
            }
        }
        let sorted = checksums.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return sorted.flatMap { Array("\($0.value)\n".utf8) }
    }

    private static func existing(_ path: FilePath) throws -> [UInt8] {
        do throws(CollectingError) {
            return try Deployment.contents(ofFile: path)
        } catch {
            guard error.code == .missing else { throw error }
            return []
        }
    }
}
