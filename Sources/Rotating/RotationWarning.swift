/// Something that a rotation leaves as it is and that the owner should see to.
public enum RotationWarning: Hashable, Sendable {
    /// A copy of an earlier state still holds so many of the values that are replaced: they stop working.
    case replacedValuesRemain(path: String, copy: StrayCopy, values: Int)
    /// A copy of an earlier state holds so many earlier values of known secrets.
    case earlierValuesRemain(path: String, copy: StrayCopy, values: Int)
    /// A file could not be read as its format, so that a setting in it may have been overlooked.
    case unread(path: String)
    /// A file with fresh secrets can be read by other users of the machine.
    case readableByOthers(path: String)

    /// The file's path.
    public var path: String {
        switch self {
        case .replacedValuesRemain(let path, _, _), .earlierValuesRemain(let path, _, _), .unread(let path),
            .readableByOthers(let path):
            path
        }
    }

    /// A sentence.
    public var message: String {
        switch self {
        case .replacedValuesRemain(let path, let copy, let values):
            "\(path) is \(copy.phrase) and still holds \(Self.count(values)) that the rotation replaced; "
                + "they stop working when the containers run with the fresh ones: remove the file then"
        case .earlierValuesRemain(let path, let copy, let values):
            "\(path) is \(copy.phrase) and holds \(Self.count(values)) from before: remove the file"
        case .unread(let path):
            "\(path) could not be read as its format, so known settings in it may have been overlooked: look into it"
        case .readableByOthers(let path):
            "\(path) holds secrets and can be read by other users of the machine"
        }
    }

    private static func count(_ values: Int) -> String { values == 1 ? "1 secret" : "\(values) secrets" }
}

extension StrayCopy {
    fileprivate var phrase: String {
        switch self {
        case .backup: "a copy of an earlier state"
        case .history: "a record of typed commands"
        }
    }
}
