internal import Detecting
package import Documents
internal import Sodium

/// Which secrets of a deployment get fresh values, and every place that changes with them.
///
/// A plan holds the values, old and fresh, and never shows them: its description has names, paths and counts.
public struct RotationPlan: Sendable {
    /// One value that is replaced by one fresh value, wherever it stands.
    public struct Secret: Sendable {
        /// The settings that hold it, in the order of the catalogue; more than one where a value is reused.
        public let settings: [Catalogue.Setting]
        /// How many places change in each file, in the order of the paths.
        public let places: [Place]
        /// What the owner should know about it.
        public let notes: [RotationNote]
        /// Whether a copy of an earlier state holds the value, too.
        public let isPublished: Bool

        /// The value that goes, and what else stands for it in a file.
        let old: [KnownValue]
        let fresh: FreshSecret

        /// For a key, its new public half, which is no secret: what the other side must be told.
        public var publicHalf: String? { fresh.publicHalf.first.map { String(decoding: $0, as: UTF8.self) } }

        /// The names of the settings.
        public var names: [String] { settings.map(\.name) }
        /// How many places change.
        public var placeCount: Int { places.reduce(0) { $0 + $1.count } }
    }

    /// Where a value stands.
    public struct Place: Hashable, Sendable, Codable {
        /// The file's path, relative to the root of the deployment.
        public let path: String
        /// How often.
        public let count: Int
    }

    /// A secret of the deployment that stays as it is.
    public struct Kept: Hashable, Sendable {
        /// Why it stays.
        public enum Reason: Hashable, Sendable {
            /// Its owner said so.
            case notAsked
            /// Somebody else must change it too; it is changed where it is named.
            case sharedWithAnother
            /// Somebody else hands it out.
            case issuedElsewhere
        }

        /// The setting.
        public let setting: Catalogue.Setting
        /// Why it stays.
        public let reason: Reason
        /// What the owner should know about it.
        public let notes: [RotationNote]
    }

    /// A file and its edits.
    struct FileChange: Sendable {
        var before: Document
        var edits: [Edit]
    }

    /// What changes, in the order of the catalogue.
    public let secrets: [Secret]
    /// What stays, in the order of the catalogue.
    public let kept: [Kept]
    /// What the owner should see to.
    public package(set) var warnings: [RotationWarning]
    /// Of which time the deployment's images are, as far as its files say it.
    public let era: DeploymentEra
    /// What must still be done after the files have changed, in order.
    public let steps: [RemainingStep]

    /// Where the values of all known secrets stand, those that stay among them, by the path of the file.
    package let knownSpans: [String: [Span]]
    let changes: [FileChange]
    /// How a TURN server goes on accepting the old secret for a while.
    let overlap: TURNOverlap
    /// The files that change for that while alone, since they name a variable that holds the secret.
    let overlapFiles: [Document]
    let options: RotationOptions

    /// The paths of the files that change, in order.
    public var paths: [String] { changes.map(\.before.path) }
    /// Whether nothing changes.
    public var isEmpty: Bool { secrets.isEmpty }
}

extension RotationPlan: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The plan as lines of text, without a value.
    public var description: String {
        var lines: [String] = []
        for secret in secrets {
            let count = secret.placeCount == 1 ? "1 place" : "\(secret.placeCount) places"
            let files = secret.places.map { "\($0.path) (\($0.count))" }.joined(separator: ", ")
            lines.append("\(secret.names.joined(separator: ", ")): fresh at \(count): \(files)")
            lines += secret.notes.map { "  \($0.message)" }
        }
        for kept in kept { lines.append("\(kept.setting.name): stays as it is; \(kept.explanation)") }
        lines += warnings.map { "warning: \($0.message)" }
        return lines.joined(separator: "\n")
    }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// A mirror with the description alone, so that a dump shows no value.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension RotationPlan.Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the settings.
    public var description: String { names.joined(separator: ", ") }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// A mirror with the description alone, so that a dump shows no value.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension RotationPlan.Kept {
    /// Why it stays, and what to do about that.
    public var explanation: String {
        switch reason {
        case .notAsked:
            return "it was not asked for"
        case .sharedWithAnother:
            return "\(ownerPhrase) must change it too\(stepPhrase); then rotate it by name"
        case .issuedElsewhere:
            return "\(ownerPhrase) hands it out\(stepPhrase), and write the new one in its place"
        }
    }

    private var ownerPhrase: String { setting.owner ?? "somebody else" }
    private var stepPhrase: String { setting.step.map { ": \($0)" } ?? "" }
}
