internal import Rotating
internal import ScrubjayKit

extension ErrorReport {
    /// Puts what a workflow proposes into the words of the command line.
    static func words(for remedy: KitError.Remedy) -> String {
        switch remedy {
        case .lastingFingerprintKey: "give one: --fingerprint-key FILE; it is made where it is missing"
        case .sameFingerprintKey: "give the key that was used then: --fingerprint-key FILE"
        case .earlierBaseline: "to bring a baseline up to date, give it as --baseline, too"
        case .pathOfMap: "give one: --map FILE"
        case .pathOfMapOutside: "keep it outside of the deployment and of every output: --map FILE"
        case .recipientOfMap: "give --recipient age1…, --identity FILE or --passphrase-file FILE"
        case .identity: "give the identity that it is sealed to: --identity FILE"
        case .passphrase: "give it: --passphrase-file FILE, or --passphrase to be asked for it"
        case .ageIdentity: "'scrubjay keygen --age' makes one"
        case .hydratingAnew: "without --update it is made"
        case .acceptingRenamed:
            "hydrate it into a folder of its own; or, if its publisher has renamed it, add --renamed"
        case .stateOfVerification: "'verify --state' writes this file by itself"
        case .followingKey: "where a new key follows: 'scrubjay keygen --follows OLD.key', and put its public key there"
        case .otherVersion: "leave --bundle-version out for the next version, or give a new one"
        case .sanitizing: "run 'scrubjay sanitize' on the tree, and bundle its output"
        case .sanitizingAgain: "run 'scrubjay sanitize' again, and bundle its output"
        case .rotatingDeployment: "rotate the deployment itself, or what 'scrubjay hydrate' makes of the tree"
        case .resumingOrRollingBack: "'scrubjay rotate … --resume' goes on, and '--rollback' goes back"
        case .resumingAfterOverlap: "'scrubjay rotate … --resume' takes it away when its time is over"
        }
    }

    /// Puts what a live rotation proposes into the words of the command line.
    static func words(for remedy: LiveError.Remedy) -> String {
        switch remedy {
        case .pathOfProsodyConfiguration: "say where with --prosody-config"
        case .startingOrFilesAlone: "start the deployment, or rotate without --live"
        case .lookingOrFilesAlone: "look whether the deployment runs, or rotate without --live"
        case .project: "say which with --project"
        case .resuming: "go on with --resume"
        case .resumingOrRollingBack: "go on with --resume, or go back with --rollback"
        case .removingOldSecretOrRollingBack: "take the old one away with --resume, or go back with --rollback"
        case .endingOverlap: "come back then, or end it now with --overlap 0"
        case .identity: "give the key that it is sealed to: --identity FILE"
        case .passphrase: "give it: --passphrase-file FILE, or --passphrase to be asked for it"
        }
    }
}
