internal import Rotating
internal import ScrubjayKit

extension ErrorReport {
    /// Returns the remedy that a workflow suggests, in terms of the command line.
    static func words(for remedy: KitError.Remedy) -> String {
        switch remedy {
        case .lastingFingerprintKey: "give one with --fingerprint-key FILE; it is created if it is missing"
        case .sameFingerprintKey: "give the key that was used then, with --fingerprint-key FILE"
        case .earlierBaseline: "to update a baseline, give it as --baseline too"
        case .pathOfMap: "name one with --map FILE"
        case .pathOfMapOutside: "put it outside the deployment and every output, with --map FILE"
        case .recipientOfMap: "give --recipient age1…, --identity FILE or --passphrase-file FILE"
        case .identity: "give the identity it is sealed to, with --identity FILE"
        case .passphrase: "give it with --passphrase-file FILE, or --passphrase to be asked for it"
        case .ageIdentity: "'scrubjay keygen --age' makes one"
        case .hydratingAnew: "omit --update to create it"
        case .acceptingRenamed:
            "hydrate it into a folder of its own, or add --renamed if its publisher has renamed it"
        case .stateOfVerification: "'verify --state' creates this file itself"
        case .followingKey:
            "if a new key follows the old one: 'scrubjay keygen --follows OLD.key', and put its public key there"
        case .otherVersion: "omit --bundle-version for the next version, or give a new one"
        case .sanitizing: "run 'scrubjay sanitize' on it, and bundle the output"
        case .sanitizingAgain:
            "run 'scrubjay sanitize' again, and bundle the new output; if the value is still in it, list it under 'sensitive' in .scrubjay.yml"
        case .rotatingDeployment: "rotate the original deployment, or what 'scrubjay hydrate' makes from the tree"
        case .resumingOrRollingBack: "continue with 'scrubjay rotate … --resume', or go back with '--rollback'"
        case .resumingAfterOverlap: "'scrubjay rotate … --resume' removes it when the overlap is over"
        }
    }

    /// Returns the remedy that a live rotation suggests, in terms of the command line.
    static func words(for remedy: LiveError.Remedy) -> String {
        switch remedy {
        case .pathOfProsodyConfiguration: "give its path with --prosody-config"
        case .startingOrFilesAlone: "start the deployment, or rotate without --live"
        case .lookingOrFilesAlone: "check that the deployment is running, or rotate without --live"
        case .project: "name it with --project"
        case .resuming: "continue with --resume"
        case .resumingOrRollingBack: "continue with --resume, or go back with --rollback"
        case .removingOldSecretOrRollingBack: "remove the old one with --resume, or go back with --rollback"
        case .endingOverlap: "run --resume then, or end it now with --overlap 0"
        case .identity: "give the key it is sealed to, with --identity FILE"
        case .passphrase: "give it with --passphrase-file FILE, or --passphrase to be asked for it"
        }
    }
}
