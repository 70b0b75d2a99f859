public import Detecting
public import Sanitizing

/// What a sanitizing run found, replaced, left out and proved, to be shown to anybody.
///
/// It holds no value, and no part, length or fingerprint of one. Its lines are made from the sanitized files, never from
/// the originals: what they show is what is published anyway, and a mask is put where a stand-in stands. So a mask says
/// the kind of the value and nothing else, and what a neighbouring line holds is what the sanitized file holds there.
public struct SanitizeReport: Hashable, Sendable {
    /// How many values, places and files there are.
    public struct Totals: Hashable, Sendable {
        /// The values that are replaced.
        public var values = 0
        /// The places where they are replaced, in contents and paths.
        public var places = 0
        /// The files with such a place.
        public var changedFiles = 0
        /// The files that are the same byte for byte, under the same name.
        public var unchangedFiles = 0
        /// All files of the sanitized deployment but `parameters.json`.
        public var files = 0
        /// The files that are left out.
        public var leftOut = 0
        /// The places where a value stays because the policy says so.
        public var keptPlaces = 0
        /// The files of the original that were read.
        public var filesRead = 0
        /// Their bytes.
        public var bytesRead = 0
    }

    /// How much of one kind there is.
    public struct KindCount: Hashable, Sendable {
        /// What the values are.
        public var kind: Kind
        /// How bad they are in public.
        public var severity: Severity
        /// The values that are replaced.
        public var values: Int
        /// The places where they are replaced.
        public var places: Int
        /// The findings in files that are left out as a whole.
        public var placesLeftOut: Int
    }

    /// One file of the sanitized deployment.
    public struct File: Hashable, Sendable {
        /// The sanitized path, in pieces: text and stand-ins.
        public var path: [Piece]
        /// The places in its contents and its path where a value is replaced.
        public var places: Int
        /// The worst severity of what is replaced in it; nil where nothing is.
        public var severity: Severity?
        /// Whether it is a copy of the file that a link of the original leads to.
        public var isCopiedLink: Bool
        /// Whether it is an archive, which was packed again; the files in it have entries of their own.
        public var isArchive: Bool
        /// How many bytes of an image's metadata are taken out; 0 for what is no image.
        public var removedMetadata: Int
        /// What is shown of its contents.
        public var lines: Lines

        /// Whether it is another file than the original.
        public var isChanged: Bool { places > 0 || removedMetadata > 0 || isArchive }
        /// The sanitized path as one text.
        public var pathText: String { path.map(\.text).joined() }
    }

    /// The changed lines of a file with what stands beside them.
    public struct Lines: Hashable, Sendable {
        /// Runs of lines that follow each other.
        public var hunks: [[Line]] = []
        /// How many changed lines are not shown because there are too many.
        public var hiddenCount = 0
        /// Why no line can be shown; nil where they can.
        public var reasonForNone: String?
    }

    /// One line of a sanitized file.
    public struct Line: Hashable, Sendable {
        /// The 1-based number in the sanitized file.
        public var number: Int
        /// The text without its line end.
        public var pieces: [Piece]

        /// Whether a stand-in is in it.
        public var isChanged: Bool { pieces.contains(where: \.isStandIn) }
        /// Whether it is nothing but the rest of a stand-in that began in a line before.
        public var isContinuation: Bool {
            pieces.contains(where: \.isStandIn)
                && pieces.allSatisfy { $0.content == .continuation || $0.text.isEmpty && !$0.isStandIn }
        }
    }

    /// A part of a line or a path.
    public struct Piece: Hashable, Sendable {
        /// What it is.
        public enum Content: Hashable, Sendable {
            /// Text that is the same in the original and in the sanitized file.
            case unchanged
            /// Text that stands in for one value, or for an encoded text with several values in it.
            case standIn(StandIn)
            /// The rest of a stand-in that began in a line before.
            case continuation
            /// So many bytes of the sanitized file that are not shown.
            case gap(bytes: Int)
        }

        /// What it is.
        public var content: Content
        /// What is to be shown: no control characters but tabs, and none that reorders or is invisible.
        public var text: String

        /// Whether it stands in for something.
        public var isStandIn: Bool {
            switch content {
            case .standIn, .continuation: true
            case .unchanged, .gap: false
            }
        }
    }

    /// What a piece stands in for.
    public struct StandIn: Hashable, Sendable {
        /// The names of the parameters, in the order of their places.
        public var parameters: [String]
        /// The kinds of their values, each once, in the order of their places.
        public var kinds: [Kind]
        /// The encoding of the whole, such as `base64`, where the values stand inside of an opaque text.
        public var opaqueEncoding: String?
    }

    /// One parameter.
    public struct ParameterEntry: Hashable, Sendable {
        /// The parameter, without its places.
        public var parameter: Parameter
        /// How many places its stand-in has.
        public var places: Int
        /// In how many files.
        public var files: Int
        /// Whether it was there before this run: its stand-in stood in the original already.
        public var isInherited: Bool
    }

    /// Something that could not be done as it should.
    public struct Note: Hashable, Sendable {
        /// The sanitized path.
        public var path: String
        /// The 1-based line of the original; nil where the whole file is meant.
        public var line: Int?
        /// What happened, in one lower-case sentence.
        public var message: String
    }

    /// What was proved.
    public struct Evidence: Hashable, Sendable {
        /// What the residue check proved.
        public var residue: ResidueCheck.Proof
        /// How many files a second scan read without finding anything.
        public var rescannedFiles: Int
    }

    /// How many values, places and files there are.
    public var totals: Totals
    /// How much of each kind, the worst severity first, then the most frequent.
    public var kinds: [KindCount]
    /// The files that stay, in byte order of their sanitized paths.
    public var files: [File]
    /// The parameters, in byte order of their names.
    public var parameters: [ParameterEntry]
    /// The files that are left out, in byte order of the paths that they would have.
    public var omissions: [ParameterFile.Omission]
    /// What could not be read as its format.
    public var notes: [Note]
    /// What was proved; nil where nothing was written yet.
    public var evidence: Evidence?

    /// How much of the severity is replaced.
    public func count(of severity: Severity) -> (values: Int, places: Int) {
        kinds.filter { $0.severity == severity }.reduce((0, 0)) { ($0.0 + $1.values, $0.1 + $1.places) }
    }
}

extension SanitizeReport {
    /// How much of a deployment's text a report shows, so that it stays of a size that a browser opens.
    public struct Limits: Hashable, Sendable {
        /// Changed lines of one file.
        public var changedLinesPerFile = 40
        /// Changed lines of all files.
        public var changedLines = 2000
        /// Lines before and behind a changed one.
        ///
        /// One is enough to show the name that a value belongs to where it stands in a line of its own; more of a file
        /// would be shown than is needed to judge a replacement.
        public var contextLines = 1
        /// Bytes of a line that are shown whole; of a longer one, what is near a stand-in.
        public var lineBytes = 200
        /// Bytes on either side of a stand-in in a longer line.
        public var nearbyBytes = 48
        /// Bytes of a stand-in.
        public var standInBytes = 96
        /// Stand-ins of one line.
        public var standInsPerLine = 12

        /// The limits of a report.
        public init() {}
    }
}
