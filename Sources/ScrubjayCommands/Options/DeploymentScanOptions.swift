internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// How a deployment is scanned that has a policy of its own.
struct DeploymentScanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The key of the fingerprints in the policy.",
            discussion: "Without it, the key of yours in ~/.config/scrubjay is used.",
            valueName: "file"
        )
    )
    var fingerprintKey: String?

    /// A scan with the policy as it is now.
    ///
    /// - Parameters:
    ///   - deployment: the deployment's folder.
    ///   - asksForKey: whether fingerprints are written that must be the same later.
    ///   - console: where the user's own key is.
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

    /// The key of the fingerprints, which is the user's own.
    func key(_ console: Console) throws -> FingerprintKey {
        try FingerprintKeyFile.key(fingerprintKey, mustExist: false, console: console)
    }
}
