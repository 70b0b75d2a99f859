internal import Documents

// What is claimed, and whether it counts.
extension DocumentDetector {
    private func place(of claim: Claim) -> Plausibility.Place {
        let format = claim.layer.map { document.layers[$0].format }
        return Plausibility.Place(
            isProgram: traits.isProgram,
            quotesTexts: traits.quotesTexts,
            isProse: format == .prose,
            isFromText: claim.isFromText,
            isBare: claim.isUnquoted
        )
    }

    /// Whether the rule names the very setting, and not only how its name ends.
    private func isExact(_ claim: Claim) -> Bool {
        let rule = index.rules[claim.rule]
        guard !rule.settings.isEmpty else { return false }
        return rule.keys.isEmpty || claim.keyPath.last.map { index.names($0, in: rule) } == true
    }

    /// Whether a comment, an example file or a documentation shows the value, as it shows what a real one would look like.
    private func isSample(_ value: [UInt8], kind: Kind, of claim: Claim) -> Bool {
        guard ShownValues.isInvented(value, kind: kind) else { return false }
        return traits.isExample || traits.isDocumentation || claim.isComment
            || claim.layer != nil && LineIndex.isComment(claim.span.start, in: claim.text)
    }

    // MARK: - Claims

    /// What a rule points at, before it is known to be a value.
    struct Claim {
        var rule: Int
        /// The layer that the text is of; nil for the path.
        var layer: Int?
        var text: [UInt8]
        var span: Span
        /// Whether the rule knows the setting, and its pattern, if it has one, is about the whole value.
        var isSetting = false
        /// Whether the value may be an expression of a program.
        var isBare = false
        /// Whether the value has no quotes around it.
        var isUnquoted = false
        var isComment = false
        /// Whether the setting was read in running text, where one can be mistaken.
        var isFromText = false
        var keyPath: [String] = []
    }

    /// Takes the values that a claim points at, of the first of `rules` for which there are any.
    mutating func emit(_ claim: Claim, ofFirst rules: [Int]) {
        let count = detection.candidates.count
        for rule in rules where detection.candidates.count == count {
            var claim = claim
            claim.rule = rule
            emit(claim)
        }
    }

    /// Takes what stands between the commas of a list, or between its blanks where it has none: `valid users = lia ola`.
    private mutating func emitMembers(of claim: Claim) {
        let text = claim.text[claim.span.range]
        var members = text.split(separator: UInt8(ascii: ","))
        if members.count == 1, claim.keyPath.last.map(Self.namesSeveral) ?? false {
            members = text.split(whereSeparator: ByteSet.space.contains)
        }
        guard members.count > 1 else { return }
        for member in members {
            let blanks = member.prefix(while: ByteSet.space.contains).count
            var claim = claim
            claim.span = Span(member.startIndex + blanks, member.endIndex)
            emit(claim)
        }
    }

    /// Whether the name of a setting says that several logins are its value: `valid users`.
    private static func namesSeveral(_ key: String) -> Bool { key.lowercased().hasSuffix("users") }

    /// Takes the values that a claim points at.
    mutating func emit(_ claim: Claim) {
        guard names.scope.isAbout(claim.rule) else { return }
        var claim = claim
        let rule = index.rules[claim.rule]
        var isDecoded = false
        if let layer = claim.layer, tree.hides(claim.span, in: layer) {
            // What is spelled with escapes or in base64 is read where it is meant.
            guard let child = tree.child(at: claim.span, in: layer) else { return }
            claim.layer = child
            claim.text = document.layers[child].text
            claim.span = Span(0, claim.text.count)
            if rule.validators.contains(.basicCredentials), let colon = claim.text.firstIndex(of: UInt8(ascii: ":")) {
                claim.span.start = colon + 1
                isDecoded = true
            }
        }
        if claim.isSetting, let pattern = rule.pattern {
            guard let match = pattern.match(claim.text, filling: claim.span) else {
                return rule.kind == .userName ? emitMembers(of: claim) : ()
            }
            claim.span = match.value
        }
        var kind = rule.kind
        let addresses = claim.isSetting ? reader.addresses(in: claim.text, at: claim.span, kind: kind) : nil
        var spans =
            addresses
            ?? reader.values(
                in: claim.text,
                at: claim.span,
                kind: kind,
                place: ValueReader.Place(
                    isBare: claim.isBare,
                    isShell: traits.isShell,
                    isShaped: rule.pattern != nil,
                    isVariable: claim.layer.map { document.layers[$0].format == .dotenv } ?? false,
                    isExact: isExact(claim),
                    mayHoldDots: rule.kind == .password && traits.isSettings
                )
            )
        if kind == .hostName, !spans.isEmpty, rule.shape == nil,
            HostNameReader.isQualified(claim.text[claim.span.range])
        {
            // Of `turn.wren.test`, the part that somebody has registered is what identifies.
            kind = .domain
            spans = HostNameReader(text: claim.text, memory: names.hosts).domains(
                in: claim.span,
                underAnyTopLevel: isExact(claim)
            )
        }
        for span in spans {
            let value = Array(claim.text[span.range])
            guard isDecoded || rule.accepts(value) else { continue }
            if claim.isSetting, !isExact(claim), !Plausibility.accepts(value, kind: kind, at: place(of: claim)) {
                continue
            }
            if claim.isSetting, rule.mayNameItself, kind != .password,
                claim.keyPath.last.map({ KeyName($0).isMeant(by: value, kind: kind) }) == true
            {
                continue
            }
            let own = OwnNames(traits: traits)
            if claim.isSetting, own.repeatsProgram(value, kind: kind, keyPath: claim.keyPath) { continue }
            if kind == .userName, claim.layer != nil, OwnNames.isOfDatabase(span, in: claim.text) { continue }
            if claim.isSetting, kind.severity == .secret, own.isArgument(span, in: claim.text) { continue }
            let shown = ShownValues(traits: traits)
            if shown.areShown(kind, by: rule) || isSample(value, kind: kind, of: claim) { continue }
            if claim.layer != nil, shown.isOfOthers(span, kind: kind, in: claim.text) { continue }
            if claim.layer == 0, UpstreamLines.builtIn.show(span, kind: kind, in: claim.text) { continue }
            if let layer = claim.layer, tree.hides(span, in: layer) { continue }
            let isDoubtful = claim.isFromText && rule.confidence == .high && rule.settings.isEmpty
            detection.candidates.append(
                Candidate(
                    layer: claim.layer,
                    span: span,
                    value: value,
                    kind: kind,
                    rule: claim.rule,
                    confidence: isDoubtful ? .medium : rule.confidence(in: value),
                    keyPath: claim.keyPath
                )
            )
        }
    }
}
