internal import Documents

/// A sensitive value that was found with certainty, and is therefore searched for everywhere.
///
/// It can be compared and searched for, but not printed: interpolation, reflection and dumps show only its kind and
/// length.
public struct KnownValue: Hashable, Sendable {
    /// The places in a text at which the bytes of a value count as the value.
    ///
    /// Propagation, the residue check and rotation share this rule:
    ///
    /// - ``placeOnly``, for values that are too common or too short:
    ///   - everything that was found with low confidence, and values of fewer than four bytes or with a NUL;
    ///   - values that every installation or its documentation has (`admin`, `nextcloud`, `passw0rd`, the prompt
    ///     `Password:`);
    ///   - secrets that are a number of up to five digits;
    ///   - secrets, and names of users, hosts, projects, accounts and resources, that are a common English word
    ///     (`music`);
    ///   - names of hosts that say what a machine does (`docs`);
    ///   - names of users that are also the name of a program or service (`telegram`), of a unit of the deployment, or
    ///     a word for a service's task (`sicherung`);
    ///   - secrets of letters only that are also a login or the name of a program of the deployment, and secrets that
    ///     are a word by which the same file names something, such as a network, a folder or a database;
    ///   - IDs of accounts that are one short word (`meetings`);
    ///   - phone numbers of fewer than seven bytes, and places other than coordinates and addresses with a number;
    ///   - the first addresses of the private blocks.
    /// - ``address``, ``domain`` and ``email``, for IP and hardware addresses, domains and email addresses, so that
    ///   `10.0.0.1` is not found in `10.0.0.12` nor `wren.test` in `other-wren.test`.
    /// - ``wholeWord``, for names of people, users, hosts, projects, accounts and networks, home folders, phone
    ///   numbers, places, time zones, other values of fewer than eight bytes, and secrets that are digits only or one
    ///   word of fewer than sixteen ASCII letters; a host `turn` is not found in `TURN_CREDENTIALS`.
    /// - ``anywhere``, for all others.
    public enum Matching: String, Hashable, Sendable, CaseIterable {
        /// The bytes count anywhere.
        case anywhere
        /// The bytes count if no letter or digit precedes or follows.
        case wholeWord
        /// The bytes count if no digit, and no dot or colon with a digit, precedes or follows.
        case address
        /// The bytes count if no longer label starts before them, and no letter or digit follows; subdomains and file
        /// names match, but not a longer name under `.com` or `.net`.
        case domain
        /// The bytes count if they are not part of a longer local part or domain.
        case email
        /// The bytes count only at the place where a rule found them.
        case placeOnly
    }

    // The long members come first, because a large deployment has 100,000 values.

    /// The decoded value.
    public let bytes: [UInt8]
    /// The value that it is derived from; nil if it was itself found.
    public let original: [UInt8]?
    /// The id of the rule that found it first.
    public let rule: String
    /// The kind of the value.
    public let kind: Kind
    /// The confidence of its best finding.
    public let confidence: Confidence
    /// The places at which the bytes count as the value.
    public let matching: Matching
    /// Whether ASCII letters match in either case: domains, email addresses, hexadecimal and hardware addresses.
    public let caseInsensitive: Bool
    /// The derivation from another value; nil if it was itself found.
    public let derivation: Derivation?

    /// Makes a found value, with the matching of the documented rule.
    public init(_ bytes: [UInt8], kind: Kind, rule: String, confidence: Confidence) {
        self.init(bytes, kind: kind, rule: rule, confidence: confidence, derivation: nil, original: nil)
    }

    /// Makes a word that the owner wants to be searched for, as a whole word in either letter case.
    init(word bytes: [UInt8], kind: Kind, rule: String) {
        self.bytes = bytes
        self.kind = kind
        self.rule = rule
        confidence = .high
        matching = .wholeWord
        caseInsensitive = true
        derivation = nil
        original = nil
    }

    /// Makes a value that is searched for even if it is too common by the documented rule; nil if it is too short.
    init?(everywhere value: KnownValue) {
        guard value.bytes.count >= 3, !value.bytes.contains(0) else { return nil }
        bytes = value.bytes
        kind = value.kind
        rule = value.rule
        confidence = .high
        let matching = Self.matching(of: value.bytes, kind: value.kind, confidence: .high)
        self.matching = matching == .placeOnly ? .wholeWord : matching
        caseInsensitive = value.caseInsensitive
        derivation = nil
        original = nil
    }

    /// Makes a value that counts only where a rule found it.
    init(onlyAtPlacesOf value: KnownValue) {
        bytes = value.bytes
        kind = value.kind
        rule = value.rule
        confidence = value.confidence
        matching = .placeOnly
        caseInsensitive = value.caseInsensitive
        derivation = nil
        original = nil
    }

    private init(
        _ bytes: [UInt8],
        kind: Kind,
        rule: String,
        confidence: Confidence,
        derivation: Derivation?,
        original: [UInt8]?
    ) {
        self.bytes = bytes
        self.kind = kind
        self.rule = rule
        self.confidence = confidence
        self.derivation = derivation
        self.original = original
        matching = derivation == nil ? Self.matching(of: bytes, kind: kind, confidence: confidence) : .wholeWord
        caseInsensitive = Self.isCaseInsensitive(bytes, kind: kind)
    }

    /// The forms of the value that no encoding describes, such as a reversed address.
    public var derivedValues: [KnownValue] { derivedValues(isOwn: false) }

    /// Returns the forms of the value that no encoding describes.
    ///
    /// - Parameter isOwn: whether a domain is known to be the deployment's own, although no setting says so.
    /// - Returns: the forms, in order of their derivations.
    func derivedValues(isOwn: Bool) -> [KnownValue] {
        guard derivation == nil, matching != .placeOnly else { return [] }
        return Derivation.allCases.compactMap { derivation in
            guard derivation.applies(to: kind), let form = derivation.apply(to: bytes), form != bytes,
                derivation != .escapedMarks && derivation != .identifier || bytes.contains(UInt8(ascii: "-")),
                confidence == .high || isOwn && confidence == .medium || kind != .domain
                    || Derivation.ofAnyConfidence.contains(derivation),
                derivation != .registeredLabel || Self.isTelling(form) && !HostLabels.isHostUnderDomain(bytes),
                derivation != .reversedLabels || Self.isTelling(bytes.prefix { $0 != UInt8(ascii: ".") } + []),
                derivation != .reversedShortZone || form != Derivation.reversedZone.apply(to: bytes),
                derivation != .localPart || Self.isFullName(form),
                derivation != .systemName || rule == Self.systemRule
            else { return nil }
            return KnownValue(
                form,
                kind: kind,
                rule: rule,
                confidence: confidence,
                derivation: derivation,
                original: bytes
            )
        }
    }

    /// The id of the rule that finds the numbers of autonomous systems.
    static let systemRule = "own-as-number"

    /// Whether the first label of a domain is distinctive, so that it is rarely written with another meaning.
    ///
    /// Such a label has at least six bytes, one of them a letter, and is no default password. It is neither a common
    /// word nor a generic name nor that of a program or a public service, or it consists of several words that are not
    /// all generic names.
    private static func isTelling(_ label: [UInt8]) -> Bool {
        guard label.count >= 6, label.contains(where: ByteSet.letters.contains),
            !ReservedValues.builtIn.isDocumentedDefault(label)
        else { return false }
        let words = String(decoding: label, as: UTF8.self).split(separator: "-").map(String.init)
        let isOneWord = words.count == 1
        if isOneWord, ReservedValues.builtIn.isProduct(words[0]) { return false }
        return !words.allSatisfy {
            WordLists.builtIn.isGenericName($0) || isOneWord && WordLists.builtIn.isCommonWord($0)
        }
    }

    /// Whether the local part of an email address consists of a first name and a surname: `lia.murre`.
    ///
    /// Neither is a generic name, and they are not both common words.
    private static func isFullName(_ localPart: [UInt8]) -> Bool {
        let parts = localPart.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        }
        guard (2...3).contains(parts.count),
            parts.allSatisfy({ $0.count > 1 && $0.allSatisfy(ByteSet.letters.contains) })
        else { return false }
        let words = parts.map { String(decoding: $0, as: UTF8.self) }
        return !words.contains(where: WordLists.builtIn.isGenericName)
            && !words.allSatisfy(WordLists.builtIn.isCommonWord)
    }

    /// Whether the value is a word that a program may use as the name of a variable, function or module.
    ///
    /// Such a word consists of letters and underscores. A secret may end with at most three digits after lower-case
    /// letters, or have up to three between words joined by underscores (`oauth2_token_url`); other values may have
    /// digits anywhere, and domains dots. Names joined by dots (`os.getuid`) and around a version (`AukV1Rock`) count,
    /// too. In the code of a program, outside its strings and comments, such a word is not the value, unless the owner
    /// has listed it.
    var mayBeName: Bool {
        guard derivation == nil, rule != Decisions.wordRule, matching != .email else { return false }
        // `google.cloud` outside of strings is a member of a module.
        if matching == .domain {
            return bytes.allSatisfy { ByteSet.alphanumerics.contains($0) || $0 == UInt8(ascii: ".") }
        }
        let body = kind.severity == .secret ? bytes[..<(bytes.count - Self.numberCount(in: bytes))] : bytes[...]
        let letters = kind.severity == .secret ? ByteSet.letters : ByteSet.alphanumerics
        return !body.isEmpty && body.allSatisfy { letters.contains($0) || $0 == UInt8(ascii: "_") } || isJoinedWords
            || ProgramName.isVersioned(bytes)
            || ProgramName.isMember(bytes) && (kind.severity != .secret || hasFewDigits)
    }

    /// Whether the value has no more digits than the names of members have.
    private var hasFewDigits: Bool { bytes.count(where: ByteSet.digits.contains) <= 4 }

    /// Whether the value is lower-case words joined by underscores, at least two of them of three letters or more, with
    /// at most three digits.
    private var isJoinedWords: Bool {
        guard bytes.allSatisfy({ ByteSet.alphanumerics.contains($0) || $0 == UInt8(ascii: "_") }),
            bytes.allSatisfy({ $0.lowered == $0 }), bytes.count(where: ByteSet.digits.contains) <= 3
        else { return false }
        let words = bytes.split(separator: UInt8(ascii: "_"))
        return words.count { $0.count > 2 && $0.allSatisfy(ByteSet.letters.contains) } > 1
    }

    /// The number of digits, at most three, at the end of a lower-case word such as `base64`.
    private static func numberCount(in word: [UInt8]) -> Int {
        let count = word.reversed().prefix(while: ByteSet.digits.contains).count
        let isSmall = word.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        return isSmall && count <= 3 ? count : 0
    }

    /// Whether the bytes at `start` of `text` equal the value and count as it.
    public func matches(at start: Int, in text: [UInt8]) -> Bool {
        let end = start + bytes.count
        guard start >= 0, end <= text.count else { return false }
        for (offset, byte) in bytes.enumerated() {
            let other = text[start + offset]
            guard byte == other || caseInsensitive && byte.lowered == other.lowered else { return false }
        }
        return isBounded(from: start, to: end, in: text)
    }

    /// Whether bytes from `start` to `end` of `text` that spell the value count as it.
    public func isBounded(from start: Int, to end: Int, in text: [UInt8]) -> Bool {
        Boundary(text: text, start: start, end: end).allows(matching, kind)
    }
}

extension KnownValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind and the length, never the value.
    public var description: String { "\(kind.rawValue) of \(bytes.count) bytes" }

    /// The kind and the length, never the value.
    public var debugDescription: String { description }

    /// A mirror without children, so that a dump shows no value.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
