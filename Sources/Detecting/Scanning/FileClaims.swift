internal import Documents

/// The first pass's claims about one file, kept until all files have been read.
struct FileClaims: Sendable {
    /// A claim at its place in the file.
    struct Claim: Sendable {
        /// The index of the value among those of its worker.
        var value: Int32
        /// The index of the rule.
        var rule: Int32
        /// The bytes in the file or in its path.
        var span: Span
        /// The confidence of the claim.
        var confidence: Confidence
        /// Whether the bytes are in the path.
        var isInPath: Bool
        /// Data that only some claims need; nil if the value is in the file's own text and under no key.
        var detail: Detail?
    }

    /// The detailed location of a claim, and the keys that lead to it.
    final class Detail: Sendable {
        let location: Location
        let keyPath: [String]
        /// The name or address whose identifying part the value is.
        let whole: LocatedValue.Whole?

        init(location: Location, keyPath: [String], whole: LocatedValue.Whole?) {
            self.location = location
            self.keyPath = keyPath
            self.whole = whole
        }
    }

    /// The index of the file in its source.
    var file: Int
    /// The 1-based number of a member if the file is an archive; 0 for the file itself.
    var member = 0
    /// The size of the file in bytes.
    var byteCount = 0
    /// The worker whose values the claims refer to.
    var worker: Int
    /// The claims in the order in which they were made.
    var claims: [Claim] = []
    /// Values that the file proves without showing their bytes.
    var evidence: [KnownValue] = []
    /// The paths of files that consist of a single secret each, according to the file.
    var secretFiles: Set<String> = []
    /// What the file mentions about values in other files.
    var mentions = Mentions()
    /// Whether the file contains encoded texts, which are also searched for known values.
    var hidesText = false
    /// The parts that could not be read in the file's format.
    var notes: [Document.Note] = []
    /// Whether the file is binary.
    var isBinary = false
    /// Whether the file is read in parts; the claims then have no places.
    var isInParts = false
    /// Whether the file contains other files, which have their own claims.
    var isContainer = false

    /// Whether there is nothing to keep.
    var isEmpty: Bool {
        claims.isEmpty && evidence.isEmpty && secretFiles.isEmpty && mentions.isEmpty && !hidesText && notes.isEmpty
            && !isBinary && !isContainer && !isInParts
    }
}
