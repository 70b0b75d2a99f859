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

        /// Makes a value.
        public init(label: String, bytes: [UInt8], ignoresCase: Bool, boundary: Boundary, isSecret: Bool = false) {
            self.isSecret = isSecret
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
    }

    /// The fewest bytes that a value has for it to be looked for.
    ///
    /// Shorter ones stand everywhere by chance.
    public static let shortestValue = 4

    private let labels: [String]
    /// How many forms of values are looked for.
    public let formCount: Int
    /// For each value, and behind them for each that stays, whether it is a secret.
    private let isSecret: [Bool]
    /// For each value that stays, in which files.
    private let paths: [Set<String>?]
    private let asWritten: NeedleSearch
    private let ignoringCase: NeedleSearch
    private let unwrapped: NeedleSearch

    /// Prepares to look for `values`, of which those shorter than ``shortestValue`` are passed over.
    ///
    /// - Parameters:
    ///   - values: what must not be left.
    ///   - kept: what stays with all that is in it, in every form; but a secret is left wherever it is, unless it is in one.
    public init(values: [Value], kept: [Kept] = []) {
        var exact: [NeedleSearch.Needle] = []
        var folded: [NeedleSearch.Needle] = []
        var stripped: [NeedleSearch.Needle] = []
        var formCount = 0
        for (index, value) in (values + kept.map(\.value)).enumerated()
        where value.bytes.count >= Self.shortestValue && value.boundary != .never {
            for form in ResidueForms.forms(of: value.bytes) {
                if index < values.count { formCount += 1 }
                let boundary = form.isPlain ? value.boundary : .none
                let needle = NeedleSearch.Needle(bytes: form.bytes, value: index, form: form.name, boundary: boundary)
                switch form.spelling {
                case .unwrapped: stripped.append(needle)
                case .asWritten where value.ignoresCase || form.ignoresCase: folded.append(needle)
                case .asWritten: exact.append(needle)
                }
            }
        }
        self.labels = values.map(\.label)
        self.isSecret = values.map(\.isSecret) + kept.map(\.value.isSecret)
        self.paths = kept.map(\.paths)
        self.formCount = formCount
        self.asWritten = NeedleSearch(exact)
        self.ignoringCase = NeedleSearch(folded.map { $0.lowercased() })
        self.unwrapped = NeedleSearch(stripped)
    }

    /// What has been proved before any file was looked at.
    public var emptyProof: Proof { Proof(values: labels.count, forms: formCount) }

    /// Looks through one file's path and contents, and adds them to `proof`.
    public func check(path: String, contents: [UInt8], proof: inout Proof) -> [Residue] {
        var residues: [Residue] = []
        let name = Array(path.utf8)
        for (text, isPath) in [(name, true), (contents, false)] {
            let matches = asWritten.matches(in: text) + ignoringCase.matches(in: text.map(\.lowercasedASCII))
            residues += left(of: matches, in: path).sorted { $0.start < $1.start }.map { match in
                let line = isPath ? 0 : 1 + text[..<match.start].count(where: { $0 == UInt8(ascii: "\n") })
                return Residue(path: path, line: line, value: match.value, label: labels[match.value], form: match.form)
            }
            residues += left(of: unwrapped.matches(in: Self.unwrapping(text)), in: path).map {
                Residue(path: path, line: 0, value: $0.value, label: labels[$0.value], form: $0.form)
            }
        }
        proof.files += 1
        proof.bytes += name.count + contents.count
        proof.left += residues.count
        return residues
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

    /// The text without white space and without the escapes that stand for it in strings: wrapped base64 becomes one run.
    private static func unwrapping(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\\"), index + 1 < text.count, "nrt".utf8.contains(text[index + 1]) {
                index += 2
                continue
            }
            if !" \n\r\t\\".utf8.contains(byte) { result.append(byte) }
            index += 1
        }
        return result
    }
}

extension UInt8 {
    /// The lower-case letter of an upper-case ASCII letter, and any other byte as it is.
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
