internal import Detecting
internal import Documents

/// Assigns a parameter to every replaced value, and turns replacements into edits.
///
/// Each spelling of a value is a parameter of its own: the value in capitals is a second one, whose stand-in is the
/// first one's in capitals.
struct Assignment {
    /// A value in the spelling of some places.
    struct Spelling: Hashable {
        var value: Int
        var bytes: [UInt8]
    }

    /// A value that was found itself rather than derived.
    struct Original: Hashable {
        var bytes: [UInt8]
        var kind: Kind
    }

    /// The parameters so far.
    private(set) var parameters: [Parameter] = []

    let scan: ScanResult
    private let generator: Sanitizer.GeneratorChoice
    private let naming: ParameterTexts
    let representatives: ValueRepresentatives
    let originals: [Original: Int]
    let known: EarlierValues
    var names: ParameterNames
    private var standIns = StandIns()
    private(set) var parameterOfSpelling: [Spelling: Int] = [:]
    var standInOfValue: [Int: String] = [:]
    /// The parameter of a value's first spelling.
    private(set) var parameterOfValue: [Int: Int] = [:]
    /// The secrets that take the place of a secret from the last run, with its name and stand-in.
    private(set) var succession: Succession

    /// Prepares to assign stand-ins to the values of a scan.
    ///
    /// - Parameters:
    ///   - scan: the findings.
    ///   - naming: the owner's names and texts of parameters.
    ///   - generator: how a fresh value is made.
    ///   - known: the values of earlier runs.
    ///   - avoided: the stand-ins that no new value gets.
    init(
        scan: ScanResult,
        naming: ParameterTexts,
        generator: @escaping Sanitizer.GeneratorChoice,
        known: EarlierValues,
        avoiding avoided: Set<String>
    ) {
        self.scan = scan
        self.naming = naming
        self.generator = generator
        self.representatives = ValueRepresentatives(scan)
        let found = scan.values.indices.filter { scan.values[$0].derivation == nil }
        self.originals = Dictionary(
            found.map { (Original(bytes: scan.values[$0].bytes, kind: scan.values[$0].kind), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.known = known
        self.succession = Succession([:], in: scan, known: known, representatives: representatives)
        self.names = ParameterNames(values: scan.values.map { ($0.bytes, $0.kind) })
        for value in scan.values where value.derivation == nil && value.matching != .placeOnly {
            standIns.avoid(value.bytes)
        }
        for standIn in avoided { standIns.reserve(standIn) }
        // Including former values: a published stand-in keeps its meaning.
        for value in known.values {
            if value.origin == nil { standIns.adopt(value.standIn, for: value.value.bytes, kind: value.kind) }
            for spelling in value.spellings {
                names.reserve(spelling.parameter)
                standIns.reserve(spelling.standIn)
            }
        }
    }

    /// Takes over the parameters of a tree that was sanitized before, without their places.
    mutating func inherit(_ file: ParameterFile) {
        for parameter in file.parameters {
            var parameter = parameter
            parameter.places = []
            names.reserve(parameter.name)
            standIns.reserve(parameter.standIn)
            parameters.append(parameter)
        }
    }

    /// Assigns parameters and stand-ins to all replaced values.
    mutating func assign(_ replacements: [Replacement]) throws(SanitizingError) {
        var uses: [Int: [Replacement]] = [:]
        var order: [Int] = []
        for replacement in replacements {
            if uses[replacement.value] == nil { order.append(replacement.value) }
            uses[replacement.value, default: []].append(replacement)
        }
        // Values that are parts of others come first: an address at a domain needs the domain's stand-in.
        let ranked = order.enumerated().sorted { left, right in
            let ranks = (rank(of: left.element, uses: uses), rank(of: right.element, uses: uses))
            return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0.lexicographicallyPrecedes(ranks.1)
        }
        succession = Succession(uses, in: scan, known: known, representatives: representatives)
        let networks = networks(order, uses: uses)
        standIns.addresses.reserve(networks: networks.filter { AddressStandIns.isPrivate($0.address) })
        standIns.addresses.reserve(subnets: networks)
        for value in AddressOrder.sorted(ranked.map(\.element), of: scan.values) {
            try assign(value, uses: uses[value] ?? [])
        }
        // The next run must not take a reassigned name for the former value.
        for value in succession.formerNames.keys.sorted() where parameterOfValue[value] == nil {
            try assign(value, uses: [])
        }
        var seen: Set<String> = []
        for parameter in parameters where !seen.insert(parameter.name).inserted {
            throw SanitizingError(
                .ambiguousName,
                at: PolicyFile.name,
                "two parameters would be named '\(parameter.name)'; name the other one too"
            )
        }
    }

    /// Returns the networks that are written with their masks; of several masks shorter than 24 bits, only the
    /// shortest.
    private func networks(_ order: [Int], uses: [Int: [Replacement]]) -> [AddressStandIns.Network] {
        order.flatMap { value -> [AddressStandIns.Network] in
            guard let address = AddressText.ipv4(scan.values[value].bytes) else { return [] }
            let lengths = Set((uses[value] ?? []).compactMap(\.networkLength)).sorted()
            let large = lengths.prefix(1).filter { $0 < 24 }
            return (large + lengths.filter { $0 > 24 }).map { AddressStandIns.Network(address: address, length: $0) }
        }
    }

    /// The rank of a value: domains first, by descending frequency, hosts under them next; then logins and numbers,
    /// then all others; derived forms after their originals.
    private func rank(of value: Int, uses: [Int: [Replacement]]) -> [Int] {
        let known = scan.values[value]
        if known.derivation != nil { return [3] }
        switch known.kind {
        case .domain: return [0, HostLabels.isHostUnderDomain(known.bytes) ? 1 : 0, -(uses[value]?.count ?? 0)]
        case .userName, .phone, .accountID: return [1]
        default: return [2]
        }
    }

    /// The facts about a value that apply to all of its spellings.
    private struct Traits {
        var value: Int
        var known: KnownValue
        var uses: [Replacement]
        /// The spelling from which the stand-in is made.
        var canonical: [UInt8]
        /// The names of the settings that hold the value, the most telling first.
        var keys: [String]
        /// Names to use if none of these settings gives one.
        var hints: [String]
        var isPrivate: Bool
        var mustBeNumber: Bool
        /// The value's entry from an earlier run, or that of the value whose place it takes.
        var earlier: SealedMap.Value?
        /// The name that it had in the last run and that another value has now.
        var formerName: String?
    }

    mutating func assign(_ value: Int, uses: [Replacement]) throws(SanitizingError) {
        let known = scan.values[value]
        if let derivation = known.derivation, let original = known.original {
            try assignDerived(value, derivation: derivation, original: original, uses: uses)
            return
        }
        let mustBeNumber = uses.contains(where: ValueUses.mustBeNumber)
        let canonical = Self.canonical(known)
        let (plain, inFolderNames) = Self.spellings(of: known, uses: uses)
        let traits = Traits(
            value: value,
            known: known,
            uses: uses,
            canonical: canonical,
            keys: ValueUses.tellingKeys(of: uses, in: scan),
            hints: ValueUses.hints(of: uses, kind: known.kind, in: scan),
            isPrivate: AddressText.ipv4(known.bytes).map(AddressStandIns.isPrivate) ?? false,
            mustBeNumber: mustBeNumber,
            earlier: inheritance(of: value, spelled: plain.first ?? known.bytes)
                ?? earlierValue(value, canonical, mustBeNumber: mustBeNumber),
            formerName: succession.formerNames[value]
        )
        try assign(plain.isEmpty ? [known.bytes] : plain, of: traits)
        for bytes in inFolderNames {
            let earlierName = traits.earlier?.spelling(bytes)?.parameter
            try addDerived(.percentEncodedDots, earlierName: earlierName, to: value, as: bytes)
        }
    }

    /// Assigns a parameter to each spelling of a value; those after the first are named after it.
    private mutating func assign(_ spellings: [[UInt8]], of traits: Traits) throws(SanitizingError) {
        let (value, kind) = (traits.value, traits.known.kind)
        var nameOfValue = traits.earlier?.spellings.first?.parameter
        for (number, bytes) in spellings.enumerated() {
            let isFirst = number == 0
            let before = traits.earlier?.spelling(bytes)
            let formerKeys = traits.formerName.map { ["former_" + $0] }
            let ownKeys = formerKeys ?? (ValueUses.namesItself(kind) ? [] : traits.keys + traits.hints)
            let isFollowing = !isFirst || traits.earlier != nil
            let keys = isFollowing ? nameOfValue.map { [$0] } ?? ownKeys : ownKeys
            let given = before?.parameter ?? names.name(keys: keys, kind: kind, isPrivate: traits.isPrivate)
            // The owner's text describes the setting, which now holds another value.
            let text = isFirst && formerKeys == nil ? naming.text(for: value, named: given) : nil
            let name = text?.name ?? given
            nameOfValue = nameOfValue ?? name
            let standIn = try standIn(of: traits, named: name)
            if !isFirst, Derivation.uppercased.apply(to: spellings[0]) == bytes {
                try addDerived(.uppercased, earlierName: given, to: value, as: bytes)
                continue
            }
            let key = traits.keys.first
            let rules = [traits.known.rule] + traits.uses.map { scan.findings[$0.finding].rule }
            add(
                Parameter(
                    name: name,
                    kind: kind,
                    severity: kind.severity,
                    summary: text?.summary ?? ValueUses.summary(of: kind, key: key, isPrivate: traits.isPrivate),
                    standIn: before?.standIn ?? standIn,
                    isRequired: ValueUses.isRequired(kind, key: key, uses: traits.uses, in: scan),
                    generator: isFirst ? generator(rules, traits.known) : nil
                ),
                for: Spelling(value: value, bytes: bytes)
            )
        }
    }

    /// Returns the stand-in of a value: that of an earlier run, or a new one, made for its first name.
    private mutating func standIn(of traits: Traits, named name: String) throws(SanitizingError) -> String {
        if let standIn = standInOfValue[traits.value] ?? traits.earlier?.standIn {
            standInOfValue[traits.value] = standIn
            return standIn
        }
        let standIn = try standIns.standIn(
            for: traits.canonical,
            kind: traits.known.kind,
            rule: traits.known.rule,
            name: name,
            mustBeNumber: traits.mustBeNumber,
            form: ValueUses.form(of: traits.known.bytes, uses: traits.uses, in: scan)
        )
        standInOfValue[traits.value] = standIn
        return standIn
    }

    /// Returns the spellings of a value at its places, and in folder names with escaped dots.
    private static func spellings(
        of value: KnownValue,
        uses: [Replacement]
    ) -> (plain: [[UInt8]], inFolderNames: [[UInt8]]) {
        let all = ordered(Set(uses.map(\.bytes)))
        guard value.kind == .domain else { return (all, []) }
        let escaped = Derivation.percentEncodedDots.apply(to: canonical(value))
        return (all.filter { $0 != escaped }, all.filter { $0 == escaped })
    }

    /// Returns the value's entry from an earlier run if its stand-in can be used again.
    private func earlierValue(_ index: Int, _ canonical: [UInt8], mustBeNumber: Bool) -> SealedMap.Value? {
        guard succession.formerNames[index] == nil, let value = known.value(EarlierValues.Key(value: canonical)),
            value.fits(scan.values[index].kind, mustBeNumber: mustBeNumber),
            // A name from an earlier run may contain a value that was found since.
            value.spellings.allSatisfy({ names.allows($0.parameter, for: value.kind) })
        else { return nil }
        return value
    }

    /// Returns the entry of the value that a value replaces, with one spelling of the new value.
    private func inheritance(of index: Int, spelled bytes: [UInt8]) -> SealedMap.Value? {
        guard var value = succession.predecessors[index], var spelling = value.spellings.first,
            names.allows(spelling.parameter, for: value.kind)
        else { return nil }
        spelling.value = OriginalBytes(bytes)
        value.spellings = [spelling]
        return value
    }

    /// Returns the spelling of a value from which its stand-in is made.
    static func canonical(_ value: KnownValue) -> [UInt8] {
        value.caseInsensitive ? value.bytes.map(\.lowercasedASCII) : value.bytes
    }

    mutating func add(_ parameter: Parameter, for spelling: Spelling) {
        parameterOfSpelling[spelling] = parameters.count
        if parameterOfValue[spelling.value] == nil { parameterOfValue[spelling.value] = parameters.count }
        parameters.append(parameter)
    }

    static func ordered(_ spellings: Set<[UInt8]>) -> [[UInt8]] {
        // Lower case comes first, because its stand-in is used unchanged.
        spellings.sorted { $1.lexicographicallyPrecedes($0) }
    }
}

extension UInt8 {
    /// The upper-case letter for a lower-case ASCII letter; any other byte unchanged.
    var uppercasedASCII: UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self & ~0x20 : self
    }
}
