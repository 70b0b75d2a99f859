public import Sanitizing

extension Sanitize {
    /// The result of a sanitizing run.
    public struct Outcome: Sendable {
        /// The parameters of the sanitized tree, and what was left out of it.
        public var parameters: ParameterFile
        /// The proof of the residue check.
        public var proof: ResidueCheck.Proof
        /// The number of files that a second scan read without findings.
        public var rescannedFiles: Int
        /// The number of values that only a scan of the sanitized tree revealed, and that were then replaced as well.
        public var lateValues: Int
        /// The plan that was carried out: the given one, or the one made again with such values.
        public var preparation: Preparation
        /// What the sealed map cannot restore; nil if there is no map.
        public var absent: [SealedMap.Absent]?

        /// The files left out because they could not be proved clean, with reasons.
        public var unproved: [SanitizePlan.Omission] {
            preparation.plan.omissions.filter { preparation.unproved[$0.source] != nil }
        }
    }
}
