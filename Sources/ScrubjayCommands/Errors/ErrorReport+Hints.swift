internal import Bundling
internal import Collecting
internal import Detecting
internal import Errors
internal import Rotating
internal import Sanitizing
internal import ScrubjayKit

extension ErrorReport {
    /// Returns what the user of the command line can do about an error; nil if its message says so, or nothing is
    /// known.
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
        case .outputExists: "choose another path, or replace it with --force"
        case .noFolder: "create it first, or choose another path"
        case .foreignFolder: "choose another path, or move away what is there"
        case .outputInsideSource: "choose a path outside it"
        case .leftBehind: "the output is complete; check what is left over, and remove it by hand"
        case .insideWorkTree: "choose a path outside, or add it to .gitignore"
        default: nil
        }
    }

    private static func hint(for code: GitError.Code) -> String? {
        switch code {
        case .notTrusted: "if you trust it: git config --global --add safe.directory FOLDER"
        case .noIdentity:
            "set them with git config --global user.name NAME and user.email ADDRESS, or commit yourself after --no-commit"
        case .bare: "use --history to scan what is committed"
        case .notInstalled, .notARepository, .unknownRevision, .failed: nil
        }
    }

    private static func hint(for code: BundleError.Code) -> String? {
        switch code {
        case .identityRequired:
            "give your age identity with --identity FILE; without one, you can still check the signature with minisign -V"
        case .missingSignature: "download it from where the bundle is, or name it with --signature FILE"
        case .badSignature:
            "the file was changed after it was signed, or the signature belongs to another bundle: download both again"
        case .unknownSigner: "find out who made the bundle before you accept another key"
        case .unknownParameter: "'scrubjay hydrate … --list' shows the parameters"
        case .misplacedStandIn: "the publisher must run 'scrubjay sanitize' again and pack its output"
        case .ambiguousValue: "give the right one with --set or --values"
        default: nil
        }
    }

    private static func hint(for code: SanitizingError.Code) -> String? {
        switch code {
        case .residue, .found, .malformed:
            "this is a bug in Scrubjay; please report the rule and the file format, not the value. Until it is fixed, list "
                + "the value under 'sensitive' in .scrubjay.yml, leave out the file under 'actions', or leave out all such "
                + "files with --leave-out-unproved"
        case .irreplaceable:
            "move the value to a setting or file of its own, or leave out the file: "
                + "'- {do: omit, paths: [FILE]}' under 'actions' in .scrubjay.yml, or all such files with --leave-out-unproved"
        case .exhausted:
            "leave out lists of other people's addresses: '- {do: omit, paths: [FILE]}' under 'actions' in .scrubjay.yml; "
                + "or keep them: '- {do: keep, kinds: [ipv4], paths: [FILE], reason: …}'"
        case .pathCollision, .ambiguousName, .malformedParameters: nil
        }
    }

    private static func hint(for code: RotationError.Code, name: String) -> String? {
        switch code {
        case .unknownName:
            NearestNames.question(about: name, among: (try? Catalogue.known())?.settings.map(\.name) ?? [])
                ?? "--list shows the settings of this deployment"
        case .sharedValue:
            "name each setting to rotate with --only, or each to keep with --except; both may be repeated"
        case .notASecret, .notFound: "--list shows the secrets of this deployment"
        case .noProgram: "install openssl, or leave out this key with --except"
        default: nil
        }
    }
}
