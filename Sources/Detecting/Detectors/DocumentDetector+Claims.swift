internal import Documents

// Emits the values that claims point at.
extension DocumentDetector {
    /// The text that a rule points at, before it is known to be a value.
    struct Claim {
        var rule: Int
        /// The layer of the text; nil for the path.
        var layer: Int?
        var text: [UInt8]
        var span: Span
        /// Whether the rule knows the setting; the rule's pattern, if any, must then match the whole value.
        var isSetting = false
        /// Whether the value may be a program expression.
        var isBare = false
        /// Whether the value is unquoted.
        var isUnquoted = false
        var isComment = false
        /// Whether the setting was read in running text, which can be misinterpreted.
        var isFromText = false
        /// Whether a shell expands nothing in the text, although it contains dollar signs.
        var isLiteral = false
        var keyPath: [String] = []
        /// The start of the command, sentence or name that contains the text; nil if the structure of the text shows
        /// what the value is.
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

    /// Emits the members of a list, which are separated by commas, or by blanks if there are no commas: `valid users =
    /// lia ola`.
    private mutating func emitMembers(of claim: Claim) {
        let text = claim.text[claim.span.range]
        var members = text.split(separator: UInt8(ascii: ","))
        let isProse = traits.isDocumentation || traits.isProgram || traits.quotesTexts
        if members.count == 1, !isProse, claim.keyPath.last.map(Self.namesSeveral) ?? false {
            members = text.split(whereSeparator: ByteSet.space.contains)
        }
        // A sentence may follow `users:`.
        guard members.count > 1, members.count <= Self.mostMembers,
            !isProse || members.allSatisfy({ $0.split(whereSeparator: ByteSet.space.contains).count == 1 })
        else { return }
        for member in members {
            let blanks = member.prefix(while: ByteSet.space.contains).count
            var claim = claim
            claim.span = Span(member.startIndex + blanks, member.endIndex)
            emit(claim)
        }
    }

    private static let mostMembers = 64

    /// Whether a setting's name indicates several logins, such as `valid users`.
    private static func namesSeveral(_ key: String) -> Bool { key.lowercased().hasSuffix("users") }

    /// Whether a layer is a JSON object with a secret member, so that it is not a secret as a whole.
    func holdsSettings(_ number: Int) -> Bool {
        let layer = document.layers[number]
        guard layer.format == .json else { return false }
        return layer.values.contains { value in
            guard value.role == .value, let key = value.key, names.mayMatter(key) else { return false }
            // The name of the object itself does not matter here, because it is what makes the whole object a secret.
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

    /// Emits the part of a string that a rule finds because of the text around the string, such as the body of a key
    /// that is only partly in the string, or the password in `curl -u "user:pass\"word"`.
    ///
    /// The string alone does not show what it is.
    private mutating func emitInside(_ claim: Claim, of layer: Int) {
        let rule = index.rules[claim.rule]
        let mayBePart = rule.shape == .privateKey || rule.shape == .secretManifest
        guard mayBePart || rule.pattern != nil && !claim.isSetting,
            let place = tree.place(of: claim.span, in: layer)
        else { return }
        var claim = claim
        claim.isLiteral = !ValueReader.expandsUnescapedVariable(claim.text[claim.span.range])
        claim.layer = place.layer
        claim.start = nil
        claim.text = document.layers[place.layer].text
        claim.span = place.span
        emit(claim)
    }

    /// A claim while its values are being read, with what the decoding has shown so far.
    private struct ClaimReading {
        var claim: Claim
        var isShell: Bool
        /// Whether the value is only a part of the decoded text, recognised from the text around it.
        var isDecoded = false
    }

    /// The part of a claim's text that may be a value, without the surrounding command or sentence.
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

    /// Emits the values that a claim points at.
    mutating func emit(_ claim: Claim) {
        guard names.scope.isAbout(claim.rule) else { return }
        let rule = index.rules[claim.rule]
        guard !isBehind(rule.notBehind, claim), var reading = reading(of: claim, rule) else { return }
        if claim.isSetting, let pattern = rule.pattern {
            guard let match = pattern.match(reading.claim.text, filling: reading.claim.span) else {
                return rule.kind == .userName ? emitMembers(of: reading.claim) : ()
            }
            reading.claim.span = match.value
        }
        let claim = reading.claim
        let (kind, spans) = values(of: reading, rule)
        for whole in spans {
            let span = isBinary ? text(of: whole, in: claim.text) : whole
            let value = Array(claim.text[span.range])
            guard reading.isDecoded || rule.accepts(value), !isByChance(span, of: claim) else { continue }
            if claim.keyPath.count > 2, claim.keyPath[0] == "services" {
                detection.mentions.programs.insert(claim.keyPath[1].lowercased())
            }
            if claim.isSetting, OwnNames(traits: traits).repeatsProgram(value, kind: kind, keyPath: claim.keyPath) {
                if kind == .userName {
                    detection.mentions.programs.insert(String(decoding: value, as: UTF8.self).lowercased())
                }
                continue
            }
            if claim.isSetting, !isPlausible(value, at: span, kind: kind, of: claim) { continue }
            guard !isOfNobody(value, at: span, kind: kind, of: claim) else { continue }
            // A comment of a program or of settings may be about anybody's machines.
            if kind == .domain, traits.isDocumentation || !CommentLine.isAround(span.start, in: claim.text),
                isOwn(span, in: claim.text, by: rule)
            {
                detection.mentions.ownDomains.insert(value.map(\.lowered))
            }
            let isDoubtful = claim.isFromText && rule.confidence == .high && rule.settings.isEmpty
            // An account inside an image counts only where a rule recognises it.
            let isOfImage = kind == .userName && traits.isImageRecipe && rule.confidence < .high
            var candidate = Candidate(
                layer: claim.layer,
                span: span,
                value: value,
                kind: kind,
                rule: claim.rule,
                confidence: isOfImage ? .low : isDoubtful ? .medium : rule.confidence(in: value),
                keyPath: claim.keyPath
            )
            detection.candidates.append(candidate)
            if kind.severity == .secret, NamedWord.isNamed(at: span, in: claim.text) {
                detection.mentions.namedSecrets.insert(value)
            }
            if kind == .domain, let host = HostLabels.name(before: span, in: claim.text) {
                candidate.span = host
                candidate.value = Array(claim.text[host.range])
                detection.candidates.append(candidate)
            }
        }
    }

    /// Follows a claim into the text in which its value is decoded.
    ///
    /// Returns nil if that text is read by itself, or if the value is only a part of it; in that case it emits the
    /// value.
    private mutating func reading(of claim: Claim, _ rule: Rule) -> ClaimReading? {
        var reading = ClaimReading(claim: claim, isShell: traits.isShell && !claim.isLiteral)
        // Text with escapes or in base64 is read where it is decoded.
        while let layer = reading.claim.layer, tree.hides(reading.claim.span, in: layer) {
            let (text, span) = (reading.claim.text, reading.claim.span)
            guard let child = tree.child(at: span, in: layer) else {
                emitInside(reading.claim, of: layer)
                return nil
            }
            if claim.isSetting, rule.kind.severity == .secret, holdsSettings(child) { return nil }
            // A dollar sign after a backslash is literal in the decoded text.
            if reading.isShell { reading.isShell = ValueReader.expandsUnescapedVariable(text[span.range]) }
            let decoded = document.layers[child].text
            reading.claim.layer = child
            reading.claim.start = nil
            reading.claim.text = decoded
            reading.claim.span = Span(0, decoded.count)
            if rule.validators.contains(.basicCredentials), let colon = decoded.firstIndex(of: UInt8(ascii: ":")) {
                reading.claim.span.start = colon + 1
                reading.isDecoded = true
            }
        }
        reading.claim.span = extent(of: reading.claim, rule)
        return reading
    }

    /// The formats in which a setting rarely refers to a secret that is stored elsewhere.
    private static let formatsOfValues: Set<Format> = [.dotenv, .ini, .properties]

    /// The values that a claim points at, and their kind, which may be more specific than the rule's.
    private func values(of reading: ClaimReading, _ rule: Rule) -> (kind: Kind, spans: [Span]) {
        let claim = reading.claim
        let addresses = claim.isSetting ? reader.addresses(in: claim.text, at: claim.span, kind: rule.kind) : nil
        var (kind, spans) = (
            rule.kind,
            addresses
                ?? reader.values(
                    in: claim.text,
                    at: claim.span,
                    kind: rule.kind,
                    place: ValueReader.Place(
                        isBare: claim.isBare,
                        isShell: reading.isShell,
                        isShaped: rule.pattern != nil,
                        isVariable: claim.layer.map { Self.formatsOfValues.contains(document.layers[$0].format) }
                            ?? false,
                        isExact: isExact(claim)
                            || rule.kind == .domain && HostNameReader.isAbsolute(claim.text[claim.span.range]),
                        mayHoldDots: rule.kind == .password && (traits.isSettings || traits.isShell)
                    )
                )
        )
        if kind == .hostName, !spans.isEmpty, rule.shape == nil,
            HostNameReader.isQualified(claim.text[claim.span.range]),
            claim.isSetting || !HostNameReader.isUnderOwnTopLevel(claim.text[claim.span.range])
        {
            // Of `turn.wren.test`, the registrable part identifies the owner.
            kind = .domain
            spans = HostNameReader(text: claim.text, memory: names.hosts).domains(
                in: claim.span,
                underAnyTopLevel: isExact(claim)
            )
        }
        if let domain = domain(namedBy: claim, of: rule, spans) { return (.domain, [domain]) }
        return (kind, spans)
    }
}

extension DocumentDetector.Claim {
    /// Makes a claim about a match of a rule's pattern in the text of a layer.
    init(rule: Int, layer: Int, text: [UInt8], match: Pattern.Match) {
        self.init(rule: rule, layer: layer, text: text, span: match.value)
        start = match.whole.start
    }
}
