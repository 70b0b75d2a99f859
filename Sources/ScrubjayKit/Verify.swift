internal import Archive
public import Bundling
internal import Collecting
internal import Documents
public import Sanitizing
public import SystemPackage

/// Checks that a bundle is what its signer made, and that it is clean; nothing is written.
public struct Verify: Sendable {
    /// What a bundle that was accepted is.
    public struct Report: Sendable {
        /// Who signed it, when, and what is in it.
        public var bundle: VerifiedBundle
        /// Its parameters and what was left out of it.
        public var parameters: ParameterFile
        /// What a scan of its files found.
        public var scan: Scan.Report
    }

    /// The bundle.
    public var file: FilePath
    /// Its signature; beside it where none is named.
    public var signature: FilePath
    /// The keys that may have signed it.
    public var keys: [PublicKey]
    private let scan: Scan

    /// Makes the check; nothing is read yet.
    public init(file: FilePath, signature: FilePath? = nil, keys: [PublicKey], scan: Scan) {
        self.file = file
        self.signature = signature ?? FilePath(file.string + ".minisig")
        self.keys = keys
        self.scan = scan
    }

    /// Reads a public key file.
    ///
    /// - Throws: ``CollectingError``; ``BundleError`` `malformedPublicKey`.
    public static func publicKey(at path: FilePath) throws -> PublicKey {
        try PublicKey(parsing: try Deployment.contents(ofFile: path))
    }

    /// Checks the signature over all bytes, then the archive, then the manifest, then scans the files.
    ///
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError`` where it cannot be read;
    ///   ``DocumentError`` for malformed parameters.
    public func run() throws -> Report {
        let bundle = try open()
        let documents = bundle.members.map { Document(path: $0.path, bytes: $0.bytes) }
        guard let list = bundle.members.first(where: { $0.path == ParameterFile.name }) else {
            throw KitError(.sensitive, "the bundle has no \(ParameterFile.name)")
        }
        let parameters = try ParameterFile(parsing: list.bytes)
        let report = Scan.Report(
            result: scan.accepting(parameters.kept).scan(documents),
            fileCount: documents.count,
            byteCount: documents.reduce(0) { $0 + $1.bytes.count },
            notes: [],
            skipped: [],
            failures: []
        )
        return Report(bundle: bundle, parameters: parameters, scan: report)
    }

    /// Checks the signature, the archive and the manifest.
    func open() throws -> VerifiedBundle {
        guard let fileName = file.lastComponent?.string else {
            throw KitError(.unsuitable, "\(file) is no file")
        }
        return try BundleVerifier(keys: keys).verify(
            Deployment.contents(ofFile: file),
            signature: Deployment.contents(ofFile: signature),
            fileName: fileName
        )
    }
}
