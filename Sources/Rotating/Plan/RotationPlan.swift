internal import Detecting
package import Documents
internal import Sodium

/// The secrets of a deployment that get fresh values, with every place to change.
///
/// A plan holds old and fresh values but never shows them: its description consists of names, paths and counts.
public struct RotationPlan: Sendable {
    /// A value that is replaced with one fresh value at all of its places.
    public struct Secret: Sendable {
        /// The settings that hold it, in order of the catalogue; several if a value is reused.
        public let settings: [Catalogue.Setting]
        /// The number of changed places in each file, in order of the paths.
        public let places: [Place]
        /// Notes for the owner.
        public let notes: [RotationNote]
        /// Whether a copy of an earlier state also holds the value.
        public let isPublished: Bool

        /// The old value, with its other representations in a file.
        let old: [KnownValue]
        let fresh: FreshSecret

        /// For a key, its new public half, which is not secret: the other side must be told it.
        public var publicHalf: String? { fresh.publicHalf.first.map { String(decoding: $0, as: UTF8.self) } }

        /// The names of the settings.
        public var names: [String] { settings.map(\.name) }
        /// The number of changed places.
        public var placeCount: Int { places.reduce(0) { $0 + $1.count } }
    }

    /// The places of a value in one file.
    public struct Place: Hashable, Sendable, Codable {
        /// The file's path, relative to the root of the deployment.
        public let path: String
        /// The number of places.
        public let count: Int
    }

    /// A secret of the deployment that is not changed.
    public struct Kept: Hashable, Sendable {
        /// The reason why it is not changed.
        public enum Reason: Hashable, Sendable {
            /// The owner did not select it, or excluded it.
            case notAsked
            /// Another party must change it, too; it is changed only if named explicitly.
            case sharedWithAnother
            /// Another party issues it.
            case issuedElsewhere
        }

        /// The setting.
        public let setting: Catalogue.Setting
        /// The reason why it is not changed.
        public let reason: Reason
        /// Notes for the owner.
        public let notes: [RotationNote]
    }

    /// A file and its edits.
    struct FileChange: Sendable {
        var before: Document
        var edits: [Edit]
    }

    /// The secrets to change, in order of the catalogue.
    public let secrets: [Secret]
    /// The unchanged secrets, in order of the catalogue.
    public let kept: [Kept]
    /// Warnings for the owner.
    public package(set) var warnings: [RotationWarning]
    /// The age of the deployment's images, as far as its files show it.
    public let era: DeploymentEra
    /// The remaining steps after the files have changed, in order.
    public let steps: [RemainingStep]

    /// The places of all known secrets, including unchanged ones, by the path of the file.
    package let knownSpans: [String: [Span]]
    let changes: [FileChange]
    /// How a TURN server continues to accept the old secret for a while.
    let overlap: TURNOverlap
    /// The files that change only during that time, because they name a variable that holds the secret.
    let overlapFiles: [Document]
    let options: RotationOptions

    /// The paths of the changed files, in order.
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
            lines.append("\(secret.names.joined(separator: ", ")): new value in \(count): \(files)")
            lines += secret.notes.map { "  \($0.message)" }
        }
        for kept in kept { lines.append("\(kept.setting.name): not rotated; \(kept.explanation)") }
        lines += warnings.map { "warning: \($0.message)" }
        return lines.joined(separator: "\n")
    }

    /// The plan as lines of text, without a value.
    public var debugDescription: String { description }

    /// A mirror that contains only the description, so that a dump shows no value.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension RotationPlan.Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the settings.
    public var description: String { names.joined(separator: ", ") }

    /// The names of the settings.
    public var debugDescription: String { description }

    /// A mirror that contains only the description, so that a dump shows no value.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension RotationPlan.Kept {
    /// The reason, and what to do about it.
    public var explanation: String {
        switch reason {
        case .notAsked:
            return "it was not selected"
        case .sharedWithAnother:
            return "\(ownerPhrase) must change it too\(stepPhrase); then rotate it by name"
        case .issuedElsewhere:
            return "\(ownerPhrase) issues it\(stepPhrase), then replace the old value"
        }
    }

    private var ownerPhrase: String { setting.owner ?? "somebody else" }
    private var stepPhrase: String { setting.step.map { ": \($0)" } ?? "" }
}
