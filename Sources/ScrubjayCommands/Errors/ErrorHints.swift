internal import Bundling
internal import Collecting
internal import Errors
internal import Rotating
internal import Sanitizing
internal import ScrubjayKit

extension ErrorReport {
    /// Returns what the user of the command line can do about an error; nil if the sentence says it, or nothing is known.
    static func hint(for error: any CodedError) -> String? {
        switch error {
        case let error as KitError: error.remedy.map(words)
        case let error as LiveError: error.remedy.map(words)
        case let error as CollectingError: hint(for: error.code)
        case let error as GitError: hint(for: error.code)
        case let error as BundleError: hint(for: error.code)
        case let error as SanitizingError: hint(for: error.code)
        case let error as RotationError: hint(for: error.code, name: error.place ?? "")
        default: nil
        }
    }

    private static func hint(for code: CollectingError.Code) -> String? {
        switch code {
        case .outputExists: "give another place, or --force to replace it"
        case .noFolder: "make it first, or give another place"
        case .foreignFolder: "give another place, or move away what is there"
        case .outputInsideSource: "give a place beside it"
        case .leftBehind: "what was written is complete; look at what is left, and remove it by hand"
        case .insideWorkTree: "give a place outside, or name it in .gitignore"
        default: nil
        }
    }

    private static func hint(for code: GitError.Code) -> String? {
        switch code {
        case .notTrusted: "if you trust it: git config --global --add safe.directory FOLDER"
        case .noIdentity:
            "git config --global user.name NAME and user.email ADDRESS; or --no-commit, and commit yourself"
        case .bare: "--history scans what is committed"
        case .notInstalled, .notARepository, .unknownRevision, .failed: nil
        }
    }

    private static func hint(for code: BundleError.Code) -> String? {
        switch code {
        case .identityRequired:
            "give the file with your age identity: --identity FILE; whoever has none can check the signature of the sealed "
                + "file with minisign -V"
        case .missingSignature: "get the signature from where the bundle is, or name it: --signature FILE"
        case .badSignature: "it was changed after it was signed, or the signature is another bundle's: get both again"
        case .unknownSigner: "make sure of who made the bundle before you accept another key"
        case .unknownParameter: "'scrubjay hydrate … --list' shows the parameters"
        case .misplacedStandIn: "whoever packs the bundle runs 'scrubjay sanitize' again, and packs its output"
        case .ambiguousValue: "give the right one by --set or --values"
        default: nil
        }
    }

    private static func hint(for code: SanitizingError.Code) -> String? {
        switch code {
        case .residue, .found, .malformed:
            "this is a defect of Scrubjay; please report the rule and the format of the file, not the value. Until it "
                + "is repaired, name the value under 'sensitive' in .scrubjay.yml, leave the file out under 'actions', or all "
                + "such files with --leave-out-unproved"
        case .irreplaceable:
            "put the value into a setting or a file of its own, or leave the file out: "
                + "'- {do: omit, paths: [FILE]}' under 'actions' in .scrubjay.yml, or all such files with --leave-out-unproved"
        case .exhausted:
            "a list of strangers is better left out, '- {do: omit, paths: [FILE]}' under 'actions' in .scrubjay.yml, or "
                + "stays as it is, '- {do: keep, kinds: [ipv4], paths: [FILE], reason: …}'"
        case .pathCollision, .ambiguousName, .malformedParameters: nil
        }
    }

    private static func hint(for code: RotationError.Code, name: String) -> String? {
        switch code {
        case .unknownName:
            NearestNames.question(about: name, among: (try? Catalogue.known())?.settings.map(\.name) ?? [])
                ?? "--list shows the settings that are here"
        case .sharedValue: "--only names each setting that changes, --except each that stays, and both may be repeated"
        case .notASecret, .notFound: "--list shows the secrets that are here"
        case .noProgram: "see to it that openssl works here, or leave this key out with --except"
        default: nil
        }
    }
}
