internal import Detecting

extension ResidueCheck.Value {
    /// Makes the description of a known value that must not be left.
    init(_ value: KnownValue) {
        let boundary: ResidueCheck.Boundary
        switch value.matching {
        case .anywhere: boundary = .none
        case .wholeWord: boundary = value.derivation == .registeredLabel ? .label : .word
        case .address: boundary = value.bytes.contains(UInt8(ascii: ":")) ? .colonAddress : .ipv4Address
        case .domain, .email: boundary = .domain
        case .placeOnly: boundary = .never
        }
        self.init(
            label: value.kind.rawValue,
            bytes: value.bytes,
            ignoresCase: value.caseInsensitive,
            boundary: boundary,
            isSecret: value.kind.severity == .secret || value.rule == Decisions.wordRule,
            rule: value.rule
        )
        isOfOwner = value.rule == Decisions.wordRule
    }
}
