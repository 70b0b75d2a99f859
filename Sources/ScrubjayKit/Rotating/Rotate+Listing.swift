internal import Collecting
internal import Detecting
public import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// Lists the secrets of the deployment with their age and strength, without values.
    ///
    /// - Throws: as ``plan()`` does.
    public func list() throws -> SecretListing {
        let catalogue = try Catalogue.known()
        let plan = try plan(for: documents(), catalogue: catalogue, options: options)
        return SecretListing(plan, catalogue: catalogue) { path in
            try? Deployment.modificationTime(of: root.appending(path))
        }
    }

    /// Removes the backup copies of earlier states in which a plan found secrets.
    ///
    /// Shell histories and Terraform's state files stay.
    ///
    /// - Returns: the removed paths.
    /// - Throws: ``CollectingError``.
    public func removeStrayCopies(of plan: RotationPlan) throws -> [String] {
        var removed: [String] = []
        for warning in plan.warnings {
            guard case .secretsRemain(let path, .backup, _, _) = warning else { continue }
            try PrivateFile.remove(root.appending(path))
            removed.append(path)
        }
        return removed
    }
}
