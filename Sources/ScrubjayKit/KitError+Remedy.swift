extension KitError {
    /// What the caller of a workflow can do about an error, so that a program can suggest it in its own words.
    public enum Remedy: Hashable, Sendable, CaseIterable {
        /// Scan with a lasting fingerprint key; one can be created.
        case lastingFingerprintKey
        /// Scan with the fingerprint key that was used before.
        case sameFingerprintKey
        /// Read the existing baseline, and write the new one in its place.
        case earlierBaseline
        /// Choose a path for the sealed map.
        case pathOfMap
        /// Choose a path for the sealed map outside the deployment and all outputs.
        case pathOfMapOutside
        /// Name the recipients of the sealed map.
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
        /// Give a state file that a verification has written, or no state file.
        case stateOfVerification
        /// Create a key that succeeds the earlier one, and put its public key in that place.
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
