internal import Archive

/// The proof that no original value is left in what was written.
///
/// It shares no code with what found and replaced the values: it reads bytes, not documents, spells every value in every
/// form itself, and looks for all of them at once.
public struct ResidueCheck: Sendable {
    /// A value that must not be left.
    public struct Value: Sendable {
        /// What the value is, for messages.
        public var label: String
        /// The value's bytes.
        public var bytes: [UInt8]
        /// Whether it is the same value in other letter case.
        public var ignoresCase: Bool
        /// What may not stand beside it; a value in other surroundings is another one.
        public var boundary: Boundary
        /// Whether it is a secret or as bad, which no value covers that is not.
        public var isSecret: Bool
        /// The rule that found it, for messages; nil where none did.
        public var rule: String?

        /// Makes a value.
        public init(
            label: String,
            bytes: [UInt8],
            ignoresCase: Bool,
            boundary: Boundary,
            isSecret: Bool = false,
            rule: String? = nil
        ) {
            self.isSecret = isSecret
            self.rule = rule
            self.label = label
            self.bytes = bytes
            self.ignoresCase = ignoresCase
            self.boundary = boundary
        }
    }

    /// A value that stays, with all that is in it.
    public struct Kept: Sendable {
        /// The value.
        public var value: Value
        /// The files in which it stays; nil for all.
        public var paths: Set<String>?

        /// Makes a value that stays.
        public init(_ value: Value, in paths: Set<String>? = nil) {
            self.value = value
            self.paths = paths
        }
    }

    /// What may not stand beside a value for it to be that value.
    public enum Boundary: Hashable, Sendable {
        /// Anything may.
        case none
        /// Something always does: the value is too common a word to be looked for.
        case never
        /// No letter, digit or underscore.
        case word
        /// No letter, digit or hyphen, and behind it no dot with a letter or digit.
        case domain
        /// No digit, and no dot that leads to one.
        case ipv4Address
        /// No hexadecimal digit, and no colon that leads to one.
        case colonAddress
    }

    /// A value that is left.
    public struct Residue: Hashable, Sendable {
        /// The path of the file.
        public var path: String
        /// The 1-based line; 0 where it is in the path itself or in a form that spans lines.
        public var line: Int
        /// The position of the value in the list that is checked.
        public var value: Int
        /// What the value is.
        public var label: String
        /// The form in which it stands there.
        public var form: String
    }

    /// What one file holds.
    public struct Reading: Sendable {
        /// The path of the file.
        public var path: String
        /// The values that are left in it.
        public var residues: [Residue] = []
        /// The bytes of its path and its contents.
        public var byteCount: Int
        /// The bytes of all that is in it, where it is an archive.
        public var archivedByteCount = 0
        /// Why not all that is in it could be looked through; nil where nothing was passed over.
        public var gap: String?
    }

    /// What a check has proved.
    public struct Proof: Hashable, Sendable {
        /// How many values were looked for.
        public var values: Int
        /// In how many forms altogether.
        public var forms: Int
        /// In how many files.
        public var files: Int
        /// In how many bytes of contents and paths.
        public var bytes: Int
        /// How many were left.
        public var left: Int

        /// The proof of nothing.
        public init(values: Int = 0, forms: Int = 0, files: Int = 0, bytes: Int = 0, left: Int = 0) {
            self.values = values
            self.forms = forms
            self.files = files
            self.bytes = bytes
            self.left = left
        }

        /// Adds one more file.
        public mutating func add(_ reading: Reading) {
            files += 1
            bytes += reading.byteCount
            left += reading.residues.count
        }
    }

    /// The fewest bytes that a value has for it to be looked for.
    ///
    /// Shorter ones stand everywhere by chance.
    public static let shortestValue = 4

    /// How deep encoded texts in encoded texts are looked into.
    private static let depthLimit = 8

    private let labels: [String]
    /// How many forms of values are looked for.
    public let formCount: Int
    /// For each value, and behind them for each that stays, whether it is a secret.
    private let isSecret: [Bool]
    /// For each value that stays, in which files.
    private let paths: [Set<String>?]
    private let search: NeedleSearch

    /// Prepares to look for `values`, of which those shorter than ``shortestValue`` are passed over.
    ///
    /// - Parameters:
    ///   - values: what must not be left.
    ///   - kept: what stays with all that is in it, in every form; but a secret is left wherever it is, unless it is in one.
    public init(values: [Value], kept: [Kept] = []) {
        var needles: [NeedleSearch.Needle] = []
        var formCount = 0
        for (index, value) in (values + kept.map(\.value)).enumerated()
        where value.bytes.count >= Self.shortestValue && value.boundary != .never {
            for form in ResidueForms.forms(of: value.bytes) {
                if index < values.count { formCount += 1 }
                let boundary = form.isPlain || form.coding != nil ? value.boundary : .none
                var needle = NeedleSearch.Needle(bytes: form.bytes, value: index, form: form.name, boundary: boundary)
                needle.coding = form.coding
                switch form.spelling {
                case .unwrapped: needle.spelling = .unwrapped
                case .asWritten where value.ignoresCase || form.ignoresCase: needle.spelling = .ignoringCase
                case .asWritten: needle.spelling = .exact
                }
                needles.append(needle)
            }
        }
        self.labels = values.map(\.label)
        self.isSecret = values.map(\.isSecret) + kept.map(\.value.isSecret)
        self.paths = kept.map(\.paths)
        self.formCount = formCount
        search = NeedleSearch(needles)
    }

    /// What has been proved before any file was looked at.
    public var emptyProof: Proof { Proof(values: labels.count, forms: formCount) }

    /// Looks through one file's path and contents, and adds them to `proof`.
    public func check(path: String, contents: [UInt8], proof: inout Proof) -> [Residue] {
        let reading = reading(path: path, contents: contents)
        proof.add(reading)
        return reading.residues
    }

    /// Looks through one file's path and contents, through all that is in an archive, and through those in it.
    public func reading(path: String, contents: [UInt8]) -> Reading {
        let name = Array(path.utf8)
        var reading = Reading(path: path, byteCount: name.count + contents.count)
        look(through: name, as: .path, &reading)
        look(through: contents, as: .contents, &reading)
        lookInside(contents, as: .archived, &reading)
        return reading
    }

    /// Looks through all that is in an archive.
    private func lookInside(_ archive: [UInt8], as place: Place, depth: Int = 1, _ reading: inout Reading) {
        let ending = ArchivedTexts.forEach(in: archive) { text in
            reading.archivedByteCount += text.count
            look(through: text, as: place, depth: depth, &reading)
        }
        if case .incomplete(let reason)? = ending { reading.gap = reason }
    }

    /// Where a text is that is looked through.
    private enum Place {
        case path
        case contents
        case archived
        case encoded

        /// What is said of a form behind its name.
        var addition: String {
            switch self {
            case .path, .contents: ""
            case .archived: ", inside of the archive"
            case .encoded: ", inside of an encoded text"
            }
        }
    }

    private func look(through text: [UInt8], as place: Place, depth: Int = 1, _ reading: inout Reading) {
        let matches = search.matches(in: text)
        let path = reading.path
        reading.residues += left(of: matches.asWritten, in: path).sorted { $0.start < $1.start }.map { match in
            let hasLine = place == .contents
            let line = hasLine ? 1 + text[..<match.start].count(where: { $0 == UInt8(ascii: "\n") }) : 0
            return residue(match, place, path: path, line: line)
        }
        reading.residues += left(of: matches.unwrapped, in: path).map { residue($0, place, path: path, line: 0) }
        guard !matches.marks.isEmpty else { return }
        guard depth < Self.depthLimit else {
            reading.gap = "encoded texts are nested too deep to be looked into"
            return
        }
        for decoded in EncodedTexts.decoded(in: text, at: matches.marks) where decoded != text {
            look(through: decoded, as: .encoded, depth: depth + 1, &reading)
            lookInside(decoded, as: .encoded, depth: depth + 1, &reading)
        }
    }

    private func residue(_ match: NeedleSearch.Match, _ place: Place, path: String, line: Int) -> Residue {
        Residue(
            path: path,
            line: line,
            value: match.value,
            label: labels[match.value],
            form: match.form + place.addition
        )
    }

    /// Of the places of one text of a file those where something is left.
    private func left(of matches: [NeedleSearch.Match], in path: String) -> [NeedleSearch.Match] {
        let kept = matches.filter { match in
            match.value >= labels.count && paths[match.value - labels.count]?.contains(path) ?? true
        }
        return matches.filter { match in
            match.value < labels.count
                && !kept.contains {
                    $0.start <= match.start && match.end <= $0.end && (isSecret[$0.value] || !isSecret[match.value])
                }
        }
    }
}

extension UInt8 {
    /// The lower-case letter of an upper-case ASCII letter, and any other byte as it is.
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
