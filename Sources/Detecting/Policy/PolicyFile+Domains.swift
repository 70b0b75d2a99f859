internal import Documents

extension PolicyFile {
    /// Whether a text is a lower-case host name with at least two labels.
    static func isHostName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return HostNameReader(text: bytes).hostName(at: Span(0, bytes.count)) == Span(0, bytes.count)
            && bytes.allSatisfy { ByteSet.hostName.contains($0) && $0 == $0.lowered }
    }

    /// Whether a text is a lower-case host name that a single owner controls, so that everything under it can be kept.
    package static func isOwnedDomain(_ text: String) -> Bool {
        isHostName(text) && PublicSuffixList.registrableDomain(of: text) != nil
    }
}

extension PolicyFile {
    /// The rule under whose id the policy's words are reported, which matches nothing itself; empty if there are no
    /// words.
    package var wordRules: [Rule] {
        guard let kind = sensitive.first?.kind else { return [] }
        let summary = "a word listed as sensitive in the owner's policy"
        return [Rule(id: Decisions.wordRule, kind: kind, confidence: .high, summary: summary)]
    }
}
