public import Detecting
public import Sanitizing

/// What a sanitizing run found, replaced, left out and proved; it is safe to show to anyone.
///
/// It holds no value, and no part, length or fingerprint of one. Its lines come from the sanitized files, never from
/// the originals, with a mask in place of each stand-in. A mask therefore reveals only the kind of the value, and
/// neighbouring lines show only what is published anyway.
public struct SanitizeReport: Hashable, Sendable {
    /// The numbers of values, places and files.
    public struct Totals: Hashable, Sendable {
        /// The number of values that are replaced.
        public var values = 0
        /// The number of places where they are replaced, in contents and paths.
        public var places = 0
        /// The number of files with such a place.
        public var changedFiles = 0
        /// The number of files that are unchanged in contents and name.
        public var unchangedFiles = 0
        /// The number of files in the sanitized deployment, without `parameters.json`.
        public var files = 0
        /// The number of files that are left out.
        public var leftOut = 0
        /// The number of places where a value stays because the policy says so.
        public var keptPlaces = 0
        /// The number of files of the original that were read.
        public var filesRead = 0
        /// The size of those files in bytes.
        public var bytesRead = 0
    }

    /// The counts for one kind.
    public struct KindCount: Hashable, Sendable {
        /// The kind of the values.
        public var kind: Kind
        /// The severity of the values.
        public var severity: Severity
        /// The number of values that are replaced.
        public var values: Int
        /// The number of places where they are replaced.
        public var places: Int
        /// The number of findings in files that are left out as a whole.
        public var placesLeftOut: Int
    }

    /// One file of the sanitized deployment.
    public struct File: Hashable, Sendable {
        /// The sanitized path, in pieces: text and stand-ins.
        public var path: [Piece]
        /// The number of places in its contents and its path where a value is replaced.
        public var places: Int
        /// The worst severity of the replaced values; nil if nothing is replaced.
        public var severity: Severity?
        /// Whether the file is a copy of the target of a link in the original.
        public var isCopiedLink: Bool
        /// Whether the file is an archive that was repacked; the files in it have entries of their own.
        public var isArchive: Bool
        /// The number of metadata bytes removed from an image; 0 if it is not an image.
        public var removedMetadata: Int
        /// The shown part of its contents.
        public var lines: Lines

        /// Whether the file differs from the original.
        public var isChanged: Bool { places > 0 || removedMetadata > 0 || isArchive }
        /// The sanitized path as one text.
        public var pathText: String { path.map(\.text).joined() }
    }

    /// The changed lines of a file, with context.
    public struct Lines: Hashable, Sendable {
        /// Runs of consecutive lines.
        public var hunks: [[Line]] = []
        /// The number of changed lines that are not shown, because there are too many, or because a name in them is
        /// a value elsewhere.
        public var hiddenCount = 0
        /// Why no line can be shown; nil if lines can be shown.
        public var reasonForNone: String?
    }

    /// One line of a sanitized file.
    public struct Line: Hashable, Sendable {
        /// The 1-based number in the sanitized file.
        public var number: Int
        /// The text without its line end.
        public var pieces: [Piece]

        /// Whether the line contains a stand-in.
        public var isChanged: Bool { pieces.contains(where: \.isStandIn) }
        /// Whether the line contains only the rest of a stand-in that began in an earlier line.
        public var isContinuation: Bool {
            pieces.contains(where: \.isStandIn)
                && pieces.allSatisfy { $0.content == .continuation || $0.text.isEmpty && !$0.isStandIn }
        }
    }

    /// A part of a line or a path.
    public struct Piece: Hashable, Sendable {
        /// The content of a piece.
        public enum Content: Hashable, Sendable {
            /// Text that is the same in the original and in the sanitized file.
            case unchanged
            /// Text that stands in for one value, or for an encoded text with several values in it.
            case standIn(StandIn)
            /// The rest of a stand-in that began in an earlier line.
            case continuation
            /// The number of bytes of the sanitized file that are not shown.
            case gap(bytes: Int)
        }

        /// The content of the piece.
        public var content: Content
        /// The text to show.
        ///
        /// It contains no control characters other than tabs, and no invisible or reordering characters.
        public var text: String

        /// Whether the piece is a stand-in.
        public var isStandIn: Bool {
            switch content {
            case .standIn, .continuation: true
            case .unchanged, .gap: false
            }
        }
    }

    /// What a stand-in replaces.
    public struct StandIn: Hashable, Sendable {
        /// The names of the parameters, in order of their places.
        public var parameters: [String]
        /// The kinds of their values, each once, in order of their places.
        public var kinds: [Kind]
        /// The encoding, such as `base64`, if the values are inside an opaque text.
        public var opaqueEncoding: String?
    }

    /// One parameter.
    public struct ParameterEntry: Hashable, Sendable {
        /// The parameter, without its places.
        public var parameter: Parameter
        /// The number of places of its stand-in.
        public var places: Int
        /// The number of files with such a place.
        public var files: Int
        /// Whether the parameter is older than this run, so that the original already held its stand-in.
        public var isInherited: Bool
    }

    /// A problem that did not stop the run.
    public struct Note: Hashable, Sendable {
        /// The sanitized path.
        public var path: String
        /// The 1-based line in the original; nil if the note is about the whole file.
        public var line: Int?
        /// The problem, in one lower-case sentence.
        public var message: String
    }

    /// The evidence that the written files are clean.
    public struct Evidence: Hashable, Sendable {
        /// The proof of the residue check.
        public var residue: ResidueCheck.Proof
        /// The number of files that a second scan read without findings.
        public var rescannedFiles: Int
    }

    /// The counts of values, places and files.
    public var totals: Totals
    /// The counts by kind, the worst severity first, then the most frequent.
    public var kinds: [KindCount]
    /// The files that stay, in byte order of their sanitized paths.
    public var files: [File]
    /// The parameters, in byte order of their names.
    public var parameters: [ParameterEntry]
    /// The files that are left out, in byte order of the paths that they would have had.
    public var omissions: [ParameterFile.Omission]
    /// The parts that could not be read in their file's format.
    public var notes: [Note]
    /// The evidence that the written files are clean; nil if nothing was written yet.
    public var evidence: Evidence?

    /// Returns the counts of replaced values and places of a severity.
    public func count(of severity: Severity) -> (values: Int, places: Int) {
        kinds.filter { $0.severity == severity }.reduce((0, 0)) { ($0.0 + $1.values, $0.1 + $1.places) }
    }
}

extension SanitizeReport {
    /// Limits on the text that a report shows, so that a browser can open it.
    public struct Limits: Hashable, Sendable {
        /// The maximum number of changed lines of one file.
        public var changedLinesPerFile = 40
        /// The maximum number of changed lines of all files.
        public var changedLines = 2000
        /// The number of lines of context before and after a changed line.
        ///
        /// One is enough to show the setting's name if the value is on a line of its own. A larger number would show
        /// more of the file than is needed to judge a replacement.
        public var contextLines = 1
        /// The size in bytes up to which a line is shown whole; a longer one is shown only near its stand-ins.
        public var lineBytes = 200
        /// The number of bytes shown on either side of a stand-in in a longer line.
        public var nearbyBytes = 48
        /// The maximum number of bytes shown of a stand-in.
        public var standInBytes = 96
        /// The maximum number of stand-ins shown in one line.
        public var standInsPerLine = 12

        /// The default limits.
        public init() {}
    }
}
