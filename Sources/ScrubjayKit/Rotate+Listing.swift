internal import Collecting
public import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// Says which secrets the deployment holds, how old and how strong each is; no value is part of it.
    ///
    /// - Throws: as ``plan()`` does.
    public func list() throws -> SecretListing {
        let catalogue = try Catalogue.known()
        let plan = try plan(for: documents(), catalogue: catalogue, options: options)
        return SecretListing(plan, catalogue: catalogue) { path in
            try? Deployment.modificationTime(of: root.appending(path))
        }
    }

    /// Removes the copies of an earlier state that a plan found to hold secrets; what somebody typed stays.
    ///
    /// - Returns: the paths of what was removed.
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
