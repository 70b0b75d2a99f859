/// The values that the first pass found, without duplicates, with their properties.
struct ValueInventory: Sendable {
    /// The values, in order of their first findings, followed by their derived forms.
    let values: [KnownValue]

    private let indices: [Name: Int]
    /// The domain that each login with the same text is.
    private let domains: [Int: Int]

    /// The identity of a value.
    ///
    /// For a secret, it is only the bytes, because one password may be found as a token and as a key; for other values
    /// it also includes the kind. The digits of a phone number are also the number of the account at its provider.
    private struct Name: Hashable {
        var bytes: [UInt8]
        var kind: Kind?

        init(_ bytes: [UInt8], kind: Kind) {
            let isNumber = kind == .phone && bytes.allSatisfy(ByteSet.digits.contains)
            self.kind = kind.severity == .secret ? nil : isNumber ? .accountID : kind
            // Most are in lower case already, and then take no memory of their own.
            let isFolded = !KnownValue.isCaseInsensitive(bytes, kind: kind) || bytes.allSatisfy { $0.lowered == $0 }
            self.bytes = isFolded ? bytes : bytes.map(\.lowered)
        }
    }

    /// Collects the values of all documents' claims, the words to search for everywhere, and the values of earlier
    /// runs.
    init(
        _ detections: [DocumentDetector.Detection],
        words: [KnownValue] = [],
        remembered: [KnownValue] = [],
        rules: [Rule]
    ) {
        var builder = Builder(rules: rules)
        for word in words { builder.add(word) }
        for detection in detections {
            for candidate in detection.candidates {
                builder.add(
                    candidate.value,
                    kind: candidate.kind,
                    rule: candidate.rule,
                    confidence: candidate.confidence
                )
            }
            for value in detection.evidence { builder.add(value) }
            builder.mentions.formUnion(detection.mentions)
        }
        builder.addResourceStems()
        for value in remembered { builder.add(value) }
        self = builder.inventory
    }

    private init(values: [KnownValue], indices: [Name: Int], domains: [Int: Int]) {
        self.values = values
        self.indices = indices
        self.domains = domains
    }

    /// Collects values in the order in which they are found; the best claim for each value counts.
    struct Builder {
        private let rules: [Rule]
        private let numbers: [String: Int]
        private var best: [Best] = []
        /// What the files mention.
        var mentions = Mentions()
        private var indices: [Name: Int] = [:]

        private struct Best {
            var bytes: [UInt8]
            var kind: Kind
            var rule: Int
            var confidence: Confidence
            var evidence: KnownValue?
        }

        init(rules: [Rule]) {
            self.rules = rules
            numbers = Dictionary(rules.indices.map { (rules[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        }

        /// Adds a claim, and returns the index of its value.
        @discardableResult
        mutating func add(_ bytes: [UInt8], kind: Kind, rule: Int, confidence: Confidence) -> Int {
            add(Best(bytes: bytes, kind: kind, rule: rule, confidence: confidence))
        }

        /// Adds a value that a document proves.
        mutating func add(_ value: KnownValue) {
            _ = add(
                Best(
                    bytes: value.bytes,
                    kind: value.kind,
                    rule: numbers[value.rule] ?? rules.count,
                    confidence: value.confidence,
                    evidence: value
                )
            )
        }

        /// Adds the names with which those of several resources begin, except the first labels of found domains.
        mutating func addResourceStems() {
            guard !mentions.resources.isEmpty, let rule = rules.first(where: { $0.shape == .resourceName }) else {
                return
            }
            let domains = best.lazy.filter { $0.kind == .domain }
            let labels = Set(domains.map { $0.bytes.prefix { $0 != UInt8(ascii: ".") } })
            let stems = ResourceStem.values(of: mentions.resources, rule: rule.id)
            for stem in stems where !labels.contains(stem.bytes[...]) { add(stem) }
        }

        private mutating func add(_ claim: Best) -> Int {
            let name = Name(claim.bytes, kind: claim.kind)
            guard let index = indices[name] else {
                indices[name] = best.count
                best.append(claim)
                return best.count - 1
            }
            // Of two rules, the earlier one takes precedence.
            if (best[index].confidence, -best[index].rule) < (claim.confidence, -claim.rule) { best[index] = claim }
            return index
        }

        private static func lowercased(_ bytes: [UInt8]) -> String {
            String(decoding: bytes, as: UTF8.self).lowercased()
        }

        /// Whether a value is also the name of a program of the deployment, or a secret is also a login or another
        /// name.
        ///
        /// Such words are in keys, paths and texts that are not about the value.
        private func isNameOfOther(_ claim: Best, logins: Set<String>) -> Bool {
            let isSecret = claim.kind.severity == .secret
            guard isSecret || claim.kind == .userName || claim.kind == .hostName, claim.bytes.count <= Self.longestName
            else { return false }
            let word = Self.lowercased(claim.bytes)
            if !isSecret { return mentions.programs.contains(word) }
            if mentions.namedSecrets.contains(claim.bytes) { return true }
            return claim.bytes.allSatisfy(ByteSet.letters.contains)
                && (mentions.programs.contains(word) || logins.contains(word))
        }

        private static let longestName = 32

        /// The domain that each login with the same text is: a list of reserved logins may have the names of hosts.
        private var domainsOfLogins: [Int: Int] {
            var domains: [Int: Int] = [:]
            for (index, claim) in best.enumerated() where claim.kind == .userName {
                guard claim.bytes.contains(UInt8(ascii: ".")) else { continue }
                domains[index] = indices[Name(claim.bytes, kind: .domain)]
            }
            return domains
        }

        /// The values, followed by their derived forms.
        var inventory: ValueInventory {
            let logins = Set(best.lazy.filter { $0.kind == .userName }.map { Self.lowercased($0.bytes) })
            var values = best.map { claim in
                let value =
                    claim.evidence
                    ?? KnownValue(
                        claim.bytes,
                        kind: claim.kind,
                        rule: rules[claim.rule].id,
                        confidence: claim.confidence
                    )
                return isNameOfOther(claim, logins: logins) ? KnownValue(onlyAtPlacesOf: value) : value
            }
            var indices = indices
            let domains = domainsOfLogins
            for (login, domain) in domains { values[login] = KnownValue(onlyAtPlacesOf: values[domain]) }
            // A form that was itself found is still a form of the other value, and its stand-in is derived from the
            // other's.
            let own = mentions.ownDomains
            for derived in values.flatMap({ $0.derivedValues(isOwn: own.contains($0.bytes.map(\.lowered))) }) {
                let name = Name(derived.bytes, kind: derived.kind)
                if let index = indices[name] {
                    if values[index].derivation == nil { values[index] = derived }
                } else {
                    indices[name] = values.count
                    values.append(derived)
                }
            }
            return ValueInventory(values: values, indices: indices, domains: domains)
        }
    }

    /// The index of a claim's value.
    func index(of candidate: Candidate) -> Int? { indices[Name(candidate.value, kind: candidate.kind)] }

    /// Returns a value at a place where a rule found it.
    ///
    /// A domain that is the owner's at one place is the owner's everywhere, also where it looks like a login.
    func located(
        _ claimed: Int,
        at place: LocatedValue.Place,
        by rule: Rule,
        _ confidence: Confidence,
        keyPath: [String]
    ) -> LocatedValue {
        let value = domains[claimed] ?? claimed
        let known = values[value]
        return LocatedValue(
            value: value,
            location: place.location,
            pathSpan: place.pathSpan,
            rule: rule.id,
            confidence: known.kind == .domain ? max(confidence, known.confidence) : confidence,
            keyPath: keyPath,
            isDirect: true,
            kind: known.kind
        )
    }
}
