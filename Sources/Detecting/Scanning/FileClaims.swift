internal import Documents

/// What the first pass says about one file, kept until all files have been seen.
struct FileClaims: Sendable {
    /// A claim at its place in the file.
    struct Claim: Sendable {
        /// The index of the value among those of its worker.
        var value: Int32
        /// The index of the rule.
        var rule: Int32
        /// The bytes of the file, or of its path.
        var span: Span
        /// How sure it is.
        var confidence: Confidence
        /// Whether the bytes are those of the path.
        var isInPath: Bool
        /// What only some claims have; nil where the value stands in the file as it is, under no key.
        var detail: Detail?
    }

    /// The place in steps, and the keys that lead there.
    final class Detail: Sendable {
        let location: Location
        let keyPath: [String]
        /// The name or address that the value is the identifying part of.
        let whole: LocatedValue.Whole?

        init(location: Location, keyPath: [String], whole: LocatedValue.Whole?) {
            self.location = location
            self.keyPath = keyPath
            self.whole = whole
        }
    }

    /// The index of the file in its source.
    var file: Int
    /// The number of the file in the archive that the file is, from 1; 0 for the file itself.
    var member = 0
    /// How many bytes the file had.
    var byteCount = 0
    /// The worker that has the values.
    var worker: Int
    /// The claims in the order in which they were made.
    var claims: [Claim] = []
    /// Values that the file proves without showing them.
    var evidence: [KnownValue] = []
    /// Whether the file has texts in it that are encoded as a whole: known values are looked for in them, too.
    var hidesText = false
    /// What could not be read as its format.
    var notes: [Document.Note] = []
    /// Whether the bytes are no text.
    var isBinary = false
    /// Whether the file is read in parts; the claims have no places then.
    var isInParts = false
    /// Whether other files are in it, which have claims of their own.
    var isContainer = false

    /// Whether nothing has to be remembered.
    var isEmpty: Bool {
        claims.isEmpty && evidence.isEmpty && !hidesText && notes.isEmpty && !isBinary && !isContainer && !isInParts
    }
}

/// The values that one worker has seen, each once.
struct WorkerValues: Sendable {
    /// The bytes of a value and what it is.
    struct Key: Hashable, Sendable {
        var bytes: [UInt8]
        var kind: Kind
    }

    private(set) var values: [Key] = []
    private var indices: [Key: Int32] = [:]

    /// The index of a value, which is added where it is new.
    mutating func index(of bytes: [UInt8], kind: Kind) -> Int32 {
        let key = Key(bytes: bytes, kind: kind)
        if let known = indices[key] { return known }
        let index = Int32(values.count)
        indices[key] = index
        values.append(key)
        return index
    }
}
