internal import Archive
internal import Sanitizing

extension Hydration {
    /// Returns the values of a deployment that was made from this bundle or an older version of it.
    ///
    /// A stand-in that is still in place is not a value.
    ///
    /// - Parameter contents: returns the bytes of a file of the deployment; nil if it does not exist.
    /// - Returns: the values by parameter name.
    /// - Throws: ``BundleError`` with code `invalidValue` if two places have different values for one parameter, or
    ///   ``BundleProblems`` if this applies to several parameters; what `contents` throws.
    public func values(ofDeployment contents: @escaping (_ path: String) throws -> [UInt8]?) throws -> [String: [UInt8]]
    {
        let recovery = ValueRecovery(self)
        var known = OwnerValues(of: parameters)
        var paths: [String: String] = [:]
        var disagreements: [String: BundleError] = [:]
        var files = FilesInArchives(of: contents)
        // Lines with several values are read once the values that occur alone are known.
        for readsAll in [false, true] {
            for member in templates {
                guard let file = try files.contents(of: member.path) else { continue }
                for finding in recovery.findings(in: file, template: member, known: readsAll ? known : nil) {
                    guard let parameter = self.parameter(named: finding.parameter), parameter.origin == nil,
                        !finding.value.elementsEqual(parameter.standIn.utf8),
                        ValueGrammar.complaint(about: finding.value, for: parameter.kind, standIn: parameter.standIn)
                            == nil
                    else { continue }
                    if let other = paths[finding.parameter], !known.allows(finding.value, for: finding.parameter) {
                        disagreements[finding.parameter] =
                            disagreements[finding.parameter]
                            ?? BundleError(
                                .ambiguousValue,
                                at: finding.parameter,
                                "the deployment has one value in \(escaped(other.utf8)) and another in "
                                    + "\(escaped(finding.path.utf8))"
                            )
                        continue
                    }
                    known[finding.parameter] = known[finding.parameter] ?? finding.value
                    paths[finding.parameter] = paths[finding.parameter] ?? finding.path
                }
            }
        }
        try BundleProblems.check(disagreements.sorted { $0.key < $1.key }.map(\.value))
        return known.values
    }
}
