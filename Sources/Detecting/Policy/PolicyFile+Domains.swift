internal import Documents

extension PolicyFile {
    /// Whether a text is a name of a host, with two labels or more, in lower case.
    static func isHostName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return HostNameReader(text: bytes).hostName(at: Span(0, bytes.count)) == Span(0, bytes.count)
            && bytes.allSatisfy { ByteSet.hostName.contains($0) && $0 == $0.lowered }
    }

    /// Whether a text is a name of a host, in lower case, that somebody has for himself: one with all under it is kept.
    package static func isOwnedDomain(_ text: String) -> Bool {
        isHostName(text) && PublicSuffixList.registrableDomain(of: text) != nil
    }
}

extension PolicyFile {
    /// What a report says about the words of the policy, where it has any: a rule that looks nowhere itself.
    package var wordRules: [Rule] {
        guard let kind = sensitive.first?.kind else { return [] }
        let summary = "a word that the owner's policy calls sensitive"
        return [Rule(id: Decisions.wordRule, kind: kind, confidence: .high, summary: summary)]
    }
}
