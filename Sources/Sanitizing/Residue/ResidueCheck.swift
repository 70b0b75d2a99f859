internal import Archive
internal import Documents

/// The proof that no original value is left in the output.
///
/// It shares no code with the parts that find and replace values, except for recognising the code of programs and the
/// tags of markup (ADR 47). It reads bytes rather than documents, spells every value in every form itself, and searches
/// for all of them at once.
public struct ResidueCheck: Sendable {
    /// The minimum length in bytes of a value that is searched for.
    ///
    /// Shorter ones occur by chance everywhere.
    public static let shortestValue = 4

    /// The maximum nesting depth of encoded texts.
    private static let depthLimit = 8

    private let labels: [String]
    /// The number of forms of values.
    public let formCount: Int
    /// Whether each value, and then each kept value, is a secret.
    private let isSecret: [Bool]
    /// The files of each kept value.
    private let paths: [Set<String>?]
    /// Whether each value, and then each kept value, is a word that a program may use as a name of its own.
    private let mayBeName: [Bool]
    private let search: NeedleSearch

    /// Prepares to search for `values`; those shorter than ``shortestValue`` are skipped.
    ///
    /// - Parameters:
    ///   - values: the values that must not be left.
    ///   - kept: the values that stay, with everything in them, in every form. A secret inside one is reported unless
    ///     the kept value is a secret as well.
    public init(values: [Value], kept: [Kept] = []) {
        let all = values + kept.map(\.value)
        search = NeedleSearch(all.enumerated().lazy.flatMap { Self.needles(of: $1, at: $0) })
        formCount = search.needleCount(ofFirst: values.count)
        self.labels = values.map(\.label)
        self.isSecret = all.map(\.isSecret)
        self.paths = kept.map(\.paths)
        mayBeName = all.map(Self.mayBeName)
    }

    /// Returns the forms of a value as needles; none if it is too short or not searched for.
    private static func needles(of value: Value, at index: Int) -> [NeedleSearch.Needle] {
        guard value.bytes.count >= shortestValue, value.boundary != .never else { return [] }
        return ResidueForms.forms(of: value.bytes).map { form in
            let boundary = form.isPlain || form.coding != nil ? value.boundary : .none
            var needle = NeedleSearch.Needle(bytes: form.bytes, value: index, form: form.name, boundary: boundary)
            needle.coding = form.coding
            switch form.spelling {
            case .unwrapped: needle.spelling = .unwrapped
            case .asWritten where value.ignoresCase || form.ignoresCase: needle.spelling = .ignoringCase
            case .asWritten: needle.spelling = .exact
            }
            return needle
        }
    }

    /// The proof before any file was checked.
    public var emptyProof: Proof { Proof(values: labels.count, forms: formCount) }

    /// Checks the path and the contents of a file, and adds the result to `proof`.
    public func check(path: String, contents: [UInt8], proof: inout Proof) -> [Residue] {
        let reading = reading(path: path, contents: contents)
        proof.add(reading)
        return reading.residues
    }

    /// Checks the path and the contents of a file, including everything in an archive and its nested archives.
    public func reading(path: String, contents: [UInt8]) -> Reading {
        let name = Array(path.utf8)
        var reading = Reading(path: path, byteCount: name.count + contents.count)
        look(through: name, as: .path, &reading)
        look(through: contents, as: .contents, &reading)
        lookInside(contents, as: .archived, &reading)
        return reading
    }

    /// Searches everything in an archive.
    private func lookInside(_ archive: [UInt8], as place: Place, depth: Int = 1, _ reading: inout Reading) {
        let ending = ArchivedTexts.forEach(in: archive) { text in
            reading.archivedByteCount += text.count
            look(through: text, as: place, depth: depth, &reading)
        }
        if case .incomplete(let reason)? = ending { reading.gap = reason }
    }

    /// The origin of a text.
    private enum Place {
        case path
        case contents
        case archived
        case encoded

        /// The text appended to the name of a form in messages.
        var addition: String {
            switch self {
            case .path, .contents: ""
            case .archived: ", inside the archive"
            case .encoded: ", inside an encoded text"
            }
        }
    }

    private func look(through text: [UInt8], as place: Place, depth: Int = 1, _ reading: inout Reading) {
        var matches = search.matches(in: text)
        let path = reading.path
        if place == .contents { removeNames(of: text, at: path, from: &matches.asWritten) }
        reading.residues += left(of: matches.asWritten, in: path).sorted { $0.start < $1.start }.map { match in
            let hasLine = place == .contents
            let line = hasLine ? 1 + text[..<match.start].count(where: { $0 == UInt8(ascii: "\n") }) : 0
            return residue(match, place, path: path, line: line)
        }
        reading.residues += left(of: matches.unwrapped, in: path).map { residue($0, place, path: path, line: 0) }
        guard !matches.marks.isEmpty else { return }
        guard depth < Self.depthLimit else {
            reading.gap = "encoded texts are nested too deeply to be searched"
            return
        }
        for decoded in EncodedTexts.decoded(in: text, at: matches.marks) where decoded != text {
            look(through: decoded, as: .encoded, depth: depth + 1, &reading)
            lookInside(decoded, as: .encoded, depth: depth + 1, &reading)
        }
    }

    /// Removes the places at which a program, or markup, has a name of its own that only looks like the value.
    private func removeNames(of text: [UInt8], at path: String, from matches: inout [NeedleSearch.Match]) {
        guard matches.contains(where: { mayBeName[$0.value] }) else { return }
        if let code = CodeText(path: path, text: text) {
            matches.removeAll { mayBeName[$0.value] && code.isCode(from: $0.start, to: $0.end) }
        }
        // An element may be named after a login, but after no secret.
        func mayBeTag(_ value: Int) -> Bool { mayBeName[value] && isSecret[value] }
        guard matches.contains(where: { mayBeTag($0.value) }), let tags = MarkupTags(path: path, text: text) else {
            return
        }
        matches.removeAll { mayBeTag($0.value) && tags.isName(from: $0.start, to: $0.end) }
    }

    /// Whether a value is a word that a program may use as a name of its own, or a domain that could be the member of a
    /// module.
    ///
    /// Such a word consists of letters and underscores. A secret may end with up to three digits if its letters are
    /// lower-case, or have up to three if it is several words; any other value may contain digits anywhere. It may also
    /// be names joined by dots, or capitalised words around a version. Outside strings and comments, the program has
    /// chosen the name.
    private static func mayBeName(_ value: Value) -> Bool {
        guard !value.isOfOwner else { return false }
        if value.boundary == .domain {
            return value.bytes.allSatisfy { $0 == UInt8(ascii: ".") || $0.isAlphanumeric }
        }
        guard value.boundary == .word || value.boundary == .none else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let count = value.bytes.reversed().prefix { digits.contains($0) }.count
        let isSmall = value.bytes.allSatisfy { $0 == $0.lowercasedASCII }
        let body = isSmall && count <= 3 ? value.bytes.dropLast(count) : value.bytes[...]
        guard !body.isEmpty else { return false }
        let isWord = body.allSatisfy { byte in
            isLetter(byte.lowercasedASCII) || byte == UInt8(ascii: "_") || !value.isSecret && digits.contains(byte)
        }
        let mayBeMember = !value.isSecret || value.bytes.count(where: digits.contains) <= 4
        return isWord || isSmall && isJoinedWords(value.bytes) || ProgramName.isVersioned(value.bytes)
            || mayBeMember && ProgramName.isMember(value.bytes)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    /// Whether a text is lower-case words joined by underscores, at least two of them of three letters or more, with at
    /// most three digits.
    private static func isJoinedWords(_ text: [UInt8]) -> Bool {
        let others = text.filter { !isLetter($0) && $0 != UInt8(ascii: "_") }
        guard others.count <= 3, others.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            return false
        }
        return text.split(separator: UInt8(ascii: "_")).count { $0.count > 2 && $0.allSatisfy(isLetter) } > 1
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

    /// Returns the matches in one text that kept values do not cover.
    private func left(of matches: [NeedleSearch.Match], in path: String) -> [NeedleSearch.Match] {
        let kept = matches.filter { match in
            match.value >= labels.count && paths[match.value - labels.count]?.contains(path) ?? true
        }
        let secrets = SpanSet(kept.filter { isSecret[$0.value] }.map(\.span))
        let all = SpanSet(kept.map(\.span))
        return matches.filter { match in
            match.value < labels.count && !(isSecret[match.value] ? secrets : all).contains(match.span)
        }
    }
}

extension UInt8 {
    /// The lower-case letter for an upper-case ASCII letter; any other byte unchanged.
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
