internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// The options for scanning a deployment with its own policy.
struct DeploymentScanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The key of the policy's fingerprints.",
            discussion: "Default: ~/.config/scrubjay/fingerprint.key.",
            valueName: "file"
        )
    )
    var fingerprintKey: String?

    /// Makes a scan with the current policy.
    ///
    /// - Parameters:
    ///   - deployment: the deployment's folder.
    ///   - asksForKey: whether fingerprints are written that must be reproducible.
    ///   - console: provides the path of the user's own key.
    /// - Returns: the scan.
    /// - Throws: ``PolicyError``; ``CollectingError``.
    func scan(of deployment: FilePath, asksForKey: Bool = false, console: Console) throws -> Scan {
        let policy = try PolicyFile(of: deployment)
        let asksForKey = asksForKey || fingerprintKey != nil || policy.hasFingerprints
        return try Scan(
            fingerprintKey: asksForKey
                ? FingerprintKeyFile.key(fingerprintKey, mustExist: policy.hasFingerprints, console: console)
                : FingerprintKey(),
            policy: policy,
            cache: UserFolder.compiledRules(console.environment)
        )
    }

    /// Reads the key of the fingerprints, by default the user's own.
    func key(_ console: Console) throws -> FingerprintKey {
        try FingerprintKeyFile.key(fingerprintKey, mustExist: false, console: console)
    }
}
