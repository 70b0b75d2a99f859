public import Detecting
public import Documents

/// A sensitive value's public name, and every place of its stand-in in a sanitized tree.
public struct Parameter: Hashable, Sendable {
    /// How a fresh value is made.
    public enum Generator: Hashable, Sendable {
        /// So many random bytes as lower-case hexadecimal digits.
        case hex(bytes: Int)
        /// So many random bytes as base64url without padding.
        case base64url(bytes: Int)
    }

    /// How a value follows from that of another parameter.
    public struct Origin: Hashable, Sendable {
        /// The name of the other parameter.
        public var parameter: String
        /// What is done to its value.
        public var derivation: Derivation

        /// Makes an origin.
        public init(parameter: String, derivation: Derivation) {
            self.parameter = parameter
            self.derivation = derivation
        }
    }

    /// One place of a stand-in.
    public struct Place: Hashable, Sendable {
        /// The sanitized file's path, relative to the root of the tree.
        public var path: String
        /// Where in the sanitized file the stand-in stands; nil where it stands in the path itself.
        public var location: Location?
        /// The bytes of the path that are the stand-in, where it stands in the path itself.
        public var pathSpan: Span?

        /// Makes the place of a stand-in in a file's contents.
        public init(path: String, location: Location) {
            self.path = path
            self.location = location
        }

        /// Makes the place of a stand-in in a path.
        public init(path: String, pathSpan: Span) {
            self.path = path
            self.pathSpan = pathSpan
        }
    }

    /// The public name: lower-case words joined by underscores, unique in its deployment.
    public var name: String
    /// What the value is.
    public var kind: Kind
    /// How bad it is in public.
    public var severity: Severity
    /// What the value is for, in one sentence.
    public var summary: String
    /// What stands in the sanitized tree instead of the value.
    public var standIn: String
    /// Whether the deployment cannot start before the value is given or made.
    ///
    /// That is a secret, a setting, and what the deployment is reached by. The stand-in of any other may stay.
    public var isRequired: Bool
    /// How a fresh value is made; nil where the downloader must give one.
    public var generator: Generator?
    /// What the value follows from; nil where it stands for itself.
    public var origin: Origin?
    /// Every place of the stand-in, in the order of path and position.
    public var places: [Place]

    /// Makes a parameter.
    public init(
        name: String,
        kind: Kind,
        severity: Severity,
        summary: String,
        standIn: String,
        isRequired: Bool,
        generator: Generator? = nil,
        origin: Origin? = nil,
        places: [Place] = []
    ) {
        self.name = name
        self.kind = kind
        self.severity = severity
        self.summary = summary
        self.standIn = standIn
        self.isRequired = isRequired
        self.generator = generator
        self.origin = origin
        self.places = places
    }
}
