internal import Documents

// Decides which claims count.
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

    /// Whether the rule names exactly this setting, rather than only a suffix of its name.
    private func isExact(_ claim: Claim) -> Bool {
        let rule = index.rules[claim.rule]
        guard !rule.settings.isEmpty else { return false }
        return rule.keys.isEmpty || claim.keyPath.last.map { index.names($0, in: rule) } == true
    }

    /// Whether the value is a sample in a comment, an example file or documentation.
    private func isSample(_ value: [UInt8], kind: Kind, of claim: Claim) -> Bool {
        guard ShownValues.isInvented(value, kind: kind) else { return false }
        return traits.isExample || traits.isDocumentation || claim.isComment
            || claim.layer != nil && LineIndex.isComment(claim.span.start, in: claim.text)
    }

    /// Whether a comment or a documentation cites a page at the domain.
    private func isCited(_ span: Span, kind: Kind, of claim: Claim) -> Bool {
        guard kind == .domain, CitedPage(text: claim.text).isCited(span) else { return false }
        return traits.isDocumentation || claim.isComment || LineIndex.isComment(span.start, in: claim.text)
    }

    // MARK: - Claims

    /// The text that a rule points at, before it is known to be a value.
    struct Claim {
        var rule: Int
        /// The layer of the text; nil for the path.
        var layer: Int?
        var text: [UInt8]
        var span: Span
        /// Whether the rule knows the setting, and its pattern, if any, must match the whole value.
        var isSetting = false
        /// Whether the value may be a program expression.
        var isBare = false
        /// Whether the value is unquoted.
        var isUnquoted = false
        var isComment = false
        /// Whether the setting was read in running text, which can be misinterpreted.
        var isFromText = false
        var keyPath: [String] = []
        /// Where the command, the sentence or the name begins that the text belongs to; nil if the structure of the text
        /// shows what is a value.
        var start: Int?
    }

    /// Emits the values of a claim for the first of `rules` that yields any.
    mutating func emit(_ claim: Claim, ofFirst rules: [Int]) {
        let count = detection.candidates.count
        for rule in rules where detection.candidates.count == count {
            var claim = claim
            claim.rule = rule
            emit(claim)
        }
    }

    /// Emits the members of a list, separated by commas, or by blanks if there are none: `valid users = lia ola`.
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

    /// Whether a setting's name indicates several logins: `valid users`.
    private static func namesSeveral(_ key: String) -> Bool { key.lowercased().hasSuffix("users") }

    /// Whether a layer is a JSON object with a secret member, so that it is not a secret as a whole.
    private func holdsSettings(_ number: Int) -> Bool {
        let layer = document.layers[number]
        guard layer.format == .json else { return false }
        return layer.values.contains { value in
            guard value.role == .value, let key = value.key, names.mayMatter(key) else { return false }
            // The object's own name does not matter here: it is what makes all of it a secret.
            return names.rules(for: [key]).contains { index.rules[$0].kind.severity == .secret }
        }
    }

    /// Returns the domain of a private network's host, or a host name used as a login, as in dynamic DNS; nil for other
    /// hosts and logins.
    private func domain(namedBy claim: Claim, of rule: Rule, _ spans: [Span]) -> Span? {
        guard let span = spans.first, spans.count == 1 else { return nil }
        let hosts = HostNameReader(text: claim.text, memory: names.hosts)
        if rule.shape == .privateHost { return hosts.privateDomain(of: span) }
        guard rule.kind == .userName, claim.text[span.range].count(where: { $0 == UInt8(ascii: ".") }) > 1 else {
            return nil
        }
        return hosts.domains(in: span, underAnyTopLevel: false).first { $0.end == span.end }
    }

    /// Emits the body of a key if a string holds only a part of it with its line ends, as in a program that joins the
    /// lines of a key.
    ///
    /// The string alone does not show what it is.
    private mutating func emitInside(_ claim: Claim, of layer: Int) {
        guard index.rules[claim.rule].shape == .privateKey, let place = tree.place(of: claim.span, in: layer) else {
            return
        }
        var claim = claim
        claim.layer = place.layer
        claim.text = document.layers[place.layer].text
        claim.span = place.span
        emit(claim)
    }

    /// The part of a claim's text that may be a value: without what belongs to the command or the sentence around it.
    private func extent(of claim: Claim, _ rule: Rule) -> Span {
        guard let start = claim.start, rule.kind.severity == .secret, rule.isInCommand || claim.isSetting else {
            return claim.span
        }
        return ValueEnd(
            text: claim.text,
            start: start,
            isInCommand: rule.isInCommand,
            isInProse: !traits.isShell && !traits.quotesTexts
        ).value(at: claim.span)
    }

    /// Whether a value is a number or begins with one, which a program's code may hold.
    private func isNumber(_ value: [UInt8]) -> Bool {
        value.first.map { ByteSet.digits.contains($0) || $0 == UInt8(ascii: "-") } ?? false
    }

    /// Whether a value is a part of a person's stand-in: `One` of `User One`, which is no login behind the word `User`.
    private func isInStandIn(_ span: Span, in text: [UInt8]) -> Bool {
        let word = "User ".utf8
        let start = span.start - word.count
        guard start >= 0, text[start..<span.start].elementsEqual(word) else { return false }
        return ReservedValues.builtIn.contains(text[start..<span.end], kind: .personName)
    }

    /// Emits the values that a claim points at.
    mutating func emit(_ claim: Claim) {
        guard names.scope.isAbout(claim.rule) else { return }
        var claim = claim
        let rule = index.rules[claim.rule]
        var isDecoded = false
        var isShell = traits.isShell
        if let layer = claim.layer, tree.hides(claim.span, in: layer) {
            // Text with escapes or in base64 is read where it is decoded.
            guard let child = tree.child(at: claim.span, in: layer) else { return emitInside(claim, of: layer) }
            if claim.isSetting, rule.kind.severity == .secret, holdsSettings(child) { return }
            // A dollar sign after a backslash is literal in the decoded text.
            if isShell { isShell = ValueReader.expandsUnescapedVariable(claim.text[claim.span.range]) }
            claim.layer = child
            claim.start = nil
            claim.text = document.layers[child].text
            claim.span = Span(0, claim.text.count)
            if rule.validators.contains(.basicCredentials), let colon = claim.text.firstIndex(of: UInt8(ascii: ":")) {
                claim.span.start = colon + 1
                isDecoded = true
            }
        }
        claim.span = extent(of: claim, rule)
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
                    isShell: isShell,
                    isShaped: rule.pattern != nil,
                    isVariable: claim.layer.map { document.layers[$0].format == .dotenv } ?? false,
                    isExact: isExact(claim),
                    mayHoldDots: rule.kind == .password && traits.isSettings
                )
            )
        if kind == .hostName, !spans.isEmpty, rule.shape == nil,
            HostNameReader.isQualified(claim.text[claim.span.range])
        {
            // Of `turn.wren.test`, the registrable part identifies the owner.
            kind = .domain
            spans = HostNameReader(text: claim.text, memory: names.hosts).domains(
                in: claim.span,
                underAnyTopLevel: isExact(claim)
            )
        }
        if let domain = domain(namedBy: claim, of: rule, spans) { (kind, spans) = (.domain, [domain]) }
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
            if claim.isSetting, kind.severity == .secret || kind == .userName, own.isArgument(span, in: claim.text) {
                continue
            }
            let shown = ShownValues(traits: traits)
            if shown.areShown(kind, by: rule) || isSample(value, kind: kind, of: claim) { continue }
            if claim.layer != nil, shown.isOfOthers(span, kind: kind, in: claim.text) { continue }
            if claim.layer != nil, rule.shape != nil, isCited(span, kind: kind, of: claim) { continue }
            if claim.layer == 0, UpstreamLines.builtIn.show(span, kind: kind, in: claim.text) { continue }
            if let layer = claim.layer, tree.hides(span, in: layer) { continue }
            if !isNumber(value), isCode(span, of: claim.layer) { continue }
            if claim.isSetting, own.isComparedWithAnother(span, in: claim.text, key: claim.keyPath.last) { continue }
            if claim.isSetting, claim.layer != nil, isInStandIn(span, in: claim.text) { continue }
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

extension DocumentDetector.Claim {
    /// A claim about what a rule's pattern found in the text of a layer.
    init(rule: Int, layer: Int, text: [UInt8], match: Pattern.Match) {
        self.init(rule: rule, layer: layer, text: text, span: match.value)
        start = match.whole.start
    }
}
