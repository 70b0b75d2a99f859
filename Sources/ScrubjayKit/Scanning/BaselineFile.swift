internal import Collecting
public import Detecting
internal import Documents
public import SystemPackage

/// Reads and writes baseline files.
public enum BaselineFile {
    /// The maximum size of a baseline in bytes: room for a million findings.
    private static let longest = 1 << 28

    /// Reads a baseline that was made with `key`.
    ///
    /// - Throws: ``KitError`` `unsuitable` if the file is not a baseline or was made with another key;
    ///   ``CollectingError``.
    public static func read(_ path: FilePath, key: FingerprintKey) throws -> Baseline {
        let bytes = try Deployment.contents(ofFile: path, atMost: longest)
        let baseline: Baseline
        do throws(DocumentError) {
            baseline = try Baseline(parsing: bytes)
        } catch {
            throw KitError(.unsuitable, "\(path): this is not a baseline: \(error.message)")
        }
        guard baseline.keyID == key.id else {
            throw KitError(
                .unsuitable,
                "\(path): the baseline was made with fingerprint key \(baseline.keyID), but the current key is \(key.id)",
                remedy: .sameFingerprintKey
            )
        }
        return baseline
    }

    /// Returns the path of a baseline file relative to the scanned root, so that the scan can skip it; nil if it is
    /// outside.
    public static func place(of file: FilePath, in target: Scan.Target) -> String? {
        switch target {
        case .bytes: nil
        case .path(let root): Deployment.path(of: file, in: root)
        case .staged(let repository), .history(let repository, _):
            repository.workTree.flatMap { Deployment.path(of: file, in: $0) }
        }
    }

    /// Refuses a baseline file that could not be written, before anything is scanned.
    ///
    /// - Parameters:
    ///   - path: the path of the baseline.
    ///   - key: the key of its fingerprints.
    ///   - isKnown: whether the baseline in the file was read and is to be updated.
    /// - Throws: ``KitError`` `outputExists` if another file exists there, or `unsuitable` if no later run has the key;
    ///   ``CollectingError`` if there is no folder to write into.
    public static func check(_ path: FilePath, key: FingerprintKey, isKnown: Bool) throws {
        guard key.isKept else {
            throw KitError(
                .unsuitable,
                "a baseline needs a lasting fingerprint key",
                remedy: .lastingFingerprintKey
            )
        }
        guard !isKnown else { return }
        guard try Deployment.isFolder(path.folder) else {
            throw KitError(.unsuitable, "\(path): there is no such folder")
        }
        do {
            try PrivateFile.checkFree(path)
        } catch {
            throw KitError(
                .outputExists,
                "\(path): \(error.message)",
                remedy: .earlierBaseline
            )
        }
    }

    /// Writes a baseline atomically.
    ///
    /// - Throws: ``CollectingError``.
    public static func write(_ accepted: Set<Baseline.Entry>, to path: FilePath, key: FingerprintKey) throws {
        let baseline = Baseline(keyID: key.id, accepted: accepted)
        try PrivateFile.write(baseline.serialized(), to: path, mode: 0o644, replacing: true)
    }
}
