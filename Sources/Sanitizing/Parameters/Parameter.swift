public import Detecting
public import Documents

/// A sensitive value's public name, and every place of its stand-in in a sanitized tree.
public struct Parameter: Hashable, Sendable {
    /// How a fresh value is made.
    public enum Generator: Hashable, Sendable {
        /// Random bytes as lower-case hexadecimal digits.
        case hex(bytes: Int)
        /// Random bytes as base64url without padding.
        case base64url(bytes: Int)
    }

    /// The derivation of a value from another parameter's.
    public struct Origin: Hashable, Sendable {
        /// The name of the other parameter.
        public var parameter: String
        /// The operation applied to its value.
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
        /// The place of the stand-in in the sanitized file; nil if it is in the path itself.
        public var location: Location?
        /// The bytes of the path that are the stand-in; nil if it is in the contents.
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
    /// The kind of the value.
    public var kind: Kind
    /// The severity of the value.
    public var severity: Severity
    /// What the value is for, in one sentence.
    public var summary: String
    /// The text in the sanitized tree in place of the value.
    public var standIn: String
    /// Whether the deployment needs the value to start.
    ///
    /// This applies to secrets, settings, and the names and addresses by which the deployment is reached. Any other
    /// stand-in may stay.
    public var isRequired: Bool
    /// The way to make a fresh value; nil if the downloader must provide one.
    public var generator: Generator?
    /// The derivation of the value; nil if it is independent.
    public var origin: Origin?
    /// Every place of the stand-in, by path and position.
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
