extension KitError {
    /// What the caller of a workflow can do about an error, by which a program can offer it in its own words.
    public enum Remedy: Hashable, Sendable, CaseIterable {
        /// Scan with a fingerprint key that lasts; it can be made.
        case lastingFingerprintKey
        /// Scan with the fingerprint key that was used before.
        case sameFingerprintKey
        /// Read the existing baseline, and write the new one in its place.
        case earlierBaseline
        /// Choose the path of the sealed map.
        case pathOfMap
        /// Choose a path of the sealed map outside of the deployment and of every output.
        case pathOfMapOutside
        /// Name whom the sealed map is sealed to.
        case recipientOfMap
        /// Give the identity that the file is sealed to.
        case identity
        /// Give the passphrase that the file is sealed with.
        case passphrase
        /// Give a file that ``AgeKeygen`` has written.
        case ageIdentity
        /// Hydrate the bundle instead of updating a deployment.
        case hydratingAnew
        /// Accept the bundle's new name, or hydrate it into a folder of its own.
        case acceptingRenamed
        /// Give a file that a verification has written, or none.
        case stateOfVerification
        /// Make a key that follows the earlier one, and put its public key in the place.
        case followingKey
        /// Publish another version, or the next.
        case otherVersion
        /// Sanitize the tree, and pack the output.
        case sanitizing
        /// Sanitize the deployment again, and pack the output.
        case sanitizingAgain
        /// Rotate the deployment itself, or hydrate the tree.
        case rotatingDeployment
        /// Resume the rotation, or roll it back.
        case resumingOrRollingBack
        /// Resume the rotation when the overlap is over.
        case resumingAfterOverlap
    }
}
