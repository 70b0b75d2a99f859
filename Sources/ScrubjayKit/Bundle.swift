internal import Archive
public import Bundling
internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// Packs a sanitized tree into a signed bundle: the archive, its signature beside it, and their checksums.
public struct Bundle: Sendable {
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
    private let scan: Scan

    /// Makes the workflow, whose `scan` looks through the tree before it is packed; nothing is read yet.
    public init(
        tree: FilePath,
        output: FilePath,
        name: String,
        version: String,
        released: Int,
        replacesOutput: Bool = false,
        scan: Scan
    ) {
        self.tree = tree
        self.output = output
        self.name = name
        self.version = version
        self.released = released
        self.replacesOutput = replacesOutput
        self.scan = scan
    }

    /// Reads the tree, checks that it is clean, and packs it.
    ///
    /// - Throws: ``KitError`` `unsuitable` where the tree was not sanitized, or holds a link or something that is no file;
    ///   ``KitError`` `sensitive` where a scan finds something in it; ``CollectingError``; ``BundleError``.
    public func prepare() throws -> PackedBundle {
        let deployment = try Deployment(root: tree)
        if let skipped = deployment.skipped.first {
            throw KitError(.unsuitable, "\(skipped.path) is \(skipped.reason), which a bundle cannot hold")
        }
        if let link = deployment.entries.first(where: \.isLink) {
            throw KitError(
                .unsuitable,
                "\(link.path) is a link, and bundles hold files only so far",
                hint: "put a copy of the file in its place, or remove the link"
            )
        }
        let (documents, failures) = DocumentReader.read(deployment)
        if let failure = failures.first { throw failure }
        guard let parameters = documents.first(where: { $0.path == ParameterFile.name }) else {
            throw KitError(
                .unsuitable,
                "\(tree) has no \(ParameterFile.name), so it was not sanitized",
                hint: "run 'scrubjay sanitize' first, and bundle its output"
            )
        }
        let kept = try ParameterFile(parsing: parameters.bytes).kept
        if let finding = scan.accepting(kept).scan(documents).findings.first {
            let place = finding.line == 0 ? finding.path : "\(finding.path):\(finding.line)"
            throw KitError(
                .sensitive,
                "\(place): there is a \(finding.kind.rawValue) here, by the rule \(finding.rule); nothing was packed",
                hint: "run 'scrubjay sanitize' on the tree, and bundle its output"
            )
        }
        let executables = deployment.executables
        let members = documents.map {
            Member(path: $0.path, isExecutable: executables.contains($0.path), bytes: $0.bytes)
        }
        return try BundleWriter(bundleName: name, version: version, released: Int64(released)).pack(members)
    }

    /// Compresses and signs what was packed, and writes the three files.
    ///
    /// - Throws: ``BundleError``; ``CollectingError``.
    public func apply(_ packed: PackedBundle, key: borrowing SecretKey) throws -> SignedBundle {
        guard let fileName = output.lastComponent?.string else {
            throw KitError(.unsuitable, "a bundle needs a file name, such as jitsi-1.0.tar.gz")
        }
        let folder = output.removingLastComponent()
        let signed = try packed.signed(as: fileName, by: key)
        let files = [(fileName, signed.bytes), (signed.signatureFileName, signed.signature.serialized())]
        // Both are refused before the first is written.
        if !replacesOutput { for (name, _) in files { try PrivateFile.checkFree(folder.appending(name)) } }
        for (name, bytes) in files {
            try PrivateFile.write(bytes, to: folder.appending(name), mode: 0o644, replacing: replacesOutput)
        }
        let checksums = folder.appending(SignedBundle.checksumsFileName)
        let list = try Self.merge(signed.checksums(), into: checksums)
        try PrivateFile.write(list, to: checksums, mode: 0o644, replacing: true)
        return signed
    }

    /// The lines of a list of checksums, with those of other files that stand in the list at `path` already.
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
