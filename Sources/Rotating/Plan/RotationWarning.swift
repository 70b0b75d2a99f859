public import Detecting

/// A problem that a rotation leaves for the owner.
public enum RotationWarning: Hashable, Sendable {
    /// A copy of an earlier state still holds replaced values, and other secrets.
    case secretsRemain(path: String, copy: StrayCopy, replaced: Int, others: Int)
    /// A file in an archive still holds replaced values, and other secrets.
    case inArchive(path: String, replaced: Int, others: Int)
    /// An archive could not be read completely.
    case unreadArchive(path: String)
    /// A binary file holds some of the replaced values.
    case notText(path: String, replaced: Int)
    /// A file could not be read in its format, so a setting in it may have been missed.
    case unread(path: String)
    /// A file holds secrets that the catalogue does not know, in these 1-based lines.
    case unknownSecrets(path: String, lines: [Int])
    /// Other users of the machine can read files with fresh secrets.
    case readableByOthers(paths: [String])

    /// The paths of the files.
    public var paths: [String] {
        switch self {
        case .secretsRemain(let path, _, _, _), .inArchive(let path, _, _), .unreadArchive(let path),
            .notText(let path, _), .unread(let path), .unknownSecrets(let path, _):
            [path]
        case .readableByOthers(let paths): paths
        }
    }

    /// The warning as a sentence.
    public var message: String {
        switch self {
        case .secretsRemain(let path, .state, let replaced, let others):
            "\(path) is \(StrayCopy.state.phrase) with \(Self.count(replaced + others)): it was not changed, and the next "
                + "'terraform apply' rewrites it"
        case .secretsRemain(let path, let copy, 0, let others):
            "\(path) is \(copy.phrase) with \(Self.count(others)), from before or still in use: remove the file"
        case .secretsRemain(let path, let copy, let replaced, 0):
            "\(path) is \(copy.phrase) with the old values of \(Self.count(replaced)), which work until the containers run "
                + "with the fresh ones: remove the file then"
        case .secretsRemain(let path, let copy, let replaced, let others):
            "\(path) is \(copy.phrase) with the old values of \(Self.count(replaced)), which work until the containers run "
                + "with the fresh ones, and with \(others) more, from before or still in use: remove the file then"
        case .inArchive(let path, 0, let others):
            "\(path) is an archive with \(Self.count(others)), from before or still in use: repack or remove it"
        case .inArchive(let path, let replaced, 0):
            "\(path) is an archive with the old values of \(Self.count(replaced)), which work until the containers run with "
                + "the fresh ones: repack or remove it then"
        case .inArchive(let path, let replaced, let others):
            "\(path) is an archive with the old values of \(Self.count(replaced)), which work until the containers run with "
                + "the fresh ones, and with \(others) more, from before or still in use: repack or remove it then"
        case .unreadArchive(let path):
            "\(path) is an archive that could not be read completely and may contain old values: check it"
        case .notText(let path, let replaced):
            "\(path) is not a text file and contains the old values of \(Self.count(replaced)): it was not changed"
        case .unread(let path):
            "\(path) could not be read completely as its format, so known settings may have been missed: check it"
        case .unknownSecrets(let path, let lines):
            "\(path) contains \(Self.count(lines.count)) (\(Self.list(lines))) that Scrubjay cannot rotate: change each where it "
                + "was issued"
        case .readableByOthers(let paths):
            "other users of the machine can read these files with secrets: \(paths.joined(separator: ", "))"
        }
    }

    /// Formats line numbers, each once, up to a limit.
    private static func list(_ lines: [Int]) -> String {
        let (numbers, most) = (Set(lines).sorted(), 8)
        let shown = numbers.prefix(most).map(String.init).joined(separator: ", ")
        return (numbers.count == 1 ? "line " : "lines ") + shown + (numbers.count > most ? ", …" : "")
    }

    private static func count(_ values: Int) -> String { values == 1 ? "1 secret" : "\(values) secrets" }
}

extension StrayCopy {
    fileprivate var phrase: String {
        switch self {
        case .backup: "an old copy"
        case .history: "a record of typed commands"
        case .state: "Terraform's state file,"
        }
    }
}
