internal import Documents

// Decides whether a claim points at a value that belongs to someone.
extension DocumentDetector {
    private func place(of claim: Claim) -> Plausibility.Place {
        let format = claim.layer.map { document.layers[$0].format }
        return Plausibility.Place(
            isProgram: traits.isProgram,
            quotesTexts: traits.quotesTexts || isInTemplateCode(claim),
            isProse: format == .prose,
            isFromText: claim.isFromText,
            isBare: claim.isUnquoted
        )
    }

    /// Whether the value is a part of an expression that a template engine evaluates, outside of its strings: `{{
    /// {'password': name} }}`, `{{ auk.domains | default({}) }}`.
    private func isInExpression(_ claim: Claim) -> Bool {
        guard claim.layer != nil, claim.isUnquoted || isMember(claim) else { return false }
        let lead = claim.text[max(0, claim.span.start - Self.longestExpression)..<claim.span.start]
        let brace = UInt8(ascii: "{")
        guard
            let open = lead.indices.last(where: { lead[$0] == brace && $0 > lead.startIndex && lead[$0 - 1] == brace }),
            lead[open...].firstRange(of: "}}".utf8) == nil
        else { return false }
        return claim.text[claim.span.start...].prefix(Self.longestExpression).firstRange(of: "}}".utf8) != nil
    }

    /// Whether a name with dots that a shape found is an operand, judging by the bytes around it.
    private func isMember(_ claim: Claim) -> Bool {
        let shape = index.rules[claim.rule].shape
        guard shape == .bareHost || shape == .privateHost, claim.span.start > 0, claim.span.end < claim.text.count
        else {
            return false
        }
        return Self.beforeOperand.contains(claim.text[claim.span.start - 1])
            && Self.behindOperand.contains(claim.text[claim.span.end])
    }

    private static let beforeOperand = ByteSet.space.union(ByteSet("({[,"))
    private static let behindOperand = ByteSet.space.union(ByteSet(")}],|."))
    /// The maximum distance in bytes between a value and the mark at either end of its expression.
    private static let longestExpression = 1024

    /// Whether the value is a name in the code of a template, `{% if token == x %}`, rather than in the text around it.
    private func isInTemplateCode(_ claim: Claim) -> Bool {
        guard claim.isUnquoted, TemplateSuffix.isAtEnd(of: document.path) else { return false }
        let line =
            claim.text[max(0, claim.span.start - 256)..<claim.span.start].split(
                omittingEmptySubsequences: false,
                whereSeparator: ByteSet.lineEnd.contains
            ).last ?? []
        let marks = zip(line, line.dropFirst())
        let opened = marks.count { $0 == UInt8(ascii: "{") && ($1 == $0 || $1 == UInt8(ascii: "%")) }
        return opened > marks.count { $1 == UInt8(ascii: "}") && ($0 == $1 || $0 == UInt8(ascii: "%")) }
    }

    /// Whether the rule names exactly this setting, rather than only a suffix of its name.
    func isExact(_ claim: Claim) -> Bool {
        let rule = index.rules[claim.rule]
        guard !rule.settings.isEmpty else { return false }
        return rule.keys.isEmpty || claim.keyPath.last.map { index.names($0, in: rule) } == true
    }

    /// Whether the value is a sample in a comment, an example file or documentation, or the password of a database that
    /// exists only during a test.
    private func isSample(_ value: [UInt8], kind: Kind, of claim: Claim) -> Bool {
        if traits.isPipeline, kind == .password, ShownValues.isOfTestDatabase(value) { return true }
        guard ShownValues.isInvented(value, kind: kind) else { return false }
        return traits.isExample || traits.isDocumentation || claim.isComment
            || claim.layer != nil && CommentLine.isAround(claim.span.start, in: claim.text)
    }

    /// Whether a comment or documentation cites a page at the domain.
    private func isCited(_ span: Span, kind: Kind, of claim: Claim) -> Bool {
        let page = CitedPage(text: claim.text)
        guard kind == .domain, page.isCited(span) || page.isCredited(span) else { return false }
        return traits.isDocumentation || claim.isComment || CommentLine.isAround(span.start, in: claim.text)
    }

    /// Whether a value is a number or begins with one; such values may be in a program's code.
    private func isNumber(_ value: [UInt8]) -> Bool {
        value.first.map { ByteSet.digits.contains($0) || $0 == UInt8(ascii: "-") } ?? false
    }

    /// Whether a value is a part of a person's stand-in: `One` of `User One`, which is not a login after the word
    /// `User`.
    private func isInStandIn(_ span: Span, in text: [UInt8]) -> Bool {
        let word = "User ".utf8
        let start = span.start - word.count
        guard start >= 0, text[start..<span.start].elementsEqual(word) else { return false }
        return ReservedValues.builtIn.contains(text[start..<span.end], kind: .personName)
    }

    /// Whether the value of a setting may be a value of that kind, rather than its own name or an argument.
    func isPlausible(_ value: [UInt8], at span: Span, kind: Kind, of claim: Claim) -> Bool {
        if isInExpression(claim) { return false }
        if !isExact(claim), !Plausibility.accepts(value, kind: kind, at: place(of: claim)) { return false }
        if repeatsName(value, kind: kind, of: claim) || namesKeyOfSecret(value, at: span, of: claim) { return false }
        if kind == .password,
            isNumberOfCase(value, at: span, in: claim.text) || isResultOfTest(value, of: claim)
                || Self.isFilterRule(value, of: claim)
        {
            return false
        }
        if kind.severity == .secret, Self.namesGroup(value, of: claim) || Self.isDenied(claim) { return false }
        let own = OwnNames(traits: traits)
        if OwnNames.isTemplateArgument(span, in: claim.text) { return false }
        if kind.severity == .secret || kind == .userName, own.isArgument(span, in: claim.text) { return false }
        return !own.isComparedWithAnother(span, in: claim.text, key: claim.keyPath.last)
            && (claim.layer == nil || !isInStandIn(span, in: claim.text))
    }

    /// Whether a value repeats the name of its setting, or that of a setting with the same last word.
    private func repeatsName(_ value: [UInt8], kind: Kind, of claim: Claim) -> Bool {
        let rule = index.rules[claim.rule]
        guard let key = claim.keyPath.last, rule.settings.isEmpty else { return false }
        if kind == .password { return traits.quotesTexts && KeyName(key).isPath(value) }
        return rule.mayNameItself && KeyName(key).isMeant(by: value, kind: kind)
    }

    /// Whether `pattern` matches before the value in its command or line.
    func isBehind(_ pattern: Pattern?, _ claim: Claim) -> Bool {
        guard let pattern else { return false }
        return (Self.startOfCommand(before: claim.span.start, in: claim.text)..<claim.span.start).contains {
            pattern.match(claim.text, at: $0, limit: claim.span.start) != nil
        }
    }

    /// The start of the line that contains `offset`, or of the first of the lines that backslashes join to it; at most
    /// 512 bytes before.
    private static func startOfCommand(before offset: Int, in text: [UInt8]) -> Int {
        let first = max(0, offset - 512)
        var start = offset
        while start > first {
            if text[start - 1] == UInt8(ascii: "\n"), start < 2 || text[start - 2] != UInt8(ascii: "\\") { break }
            start -= 1
        }
        return start
    }

    /// Whether a value is the name of a key in a Kubernetes Secret, which stands beside the reference to the secret:
    /// `secretKey: DOMAIN` and `remoteRef: {key: x}` of an ExternalSecret.
    private func namesKeyOfSecret(_ value: [UInt8], at span: Span, of claim: Claim) -> Bool {
        guard claim.keyPath.last == "secretKey", !Validator.random.accepts(value),
            value.allSatisfy({ ByteSet.word.contains($0) || ByteSet("_.-").contains($0) })
        else { return false }
        let lines =
            claim.text[max(0, span.start - Self.reachOfReference)..<span.start]
            + claim.text[span.end..<min(claim.text.count, span.end + Self.reachOfReference)]
        return Self.references.contains { lines.firstRange(of: Array($0.utf8)) != nil }
    }

    private static let reachOfReference = 160
    private static let references = ["remoteRef:", "remoteKey:", "existingSecret:", "secretName:", "secretRef:"]

    /// Whether a value is a bare number in a program, like those of an enumeration: `UserChangedPassword = 1001`.
    private func isNumberOfCase(_ value: [UInt8], at span: Span, in text: [UInt8]) -> Bool {
        traits.isProgram && value.allSatisfy(ByteSet.digits.contains) && span.start > 0
            && ByteSet.space.contains(text[span.start - 1])
    }

    /// Whether a value describes what a test has passed: `echo "Pass: the folder was created"`.
    private func isResultOfTest(_ value: [UInt8], of claim: Claim) -> Bool {
        (claim.isFromText || traits.isShell) && claim.keyPath.last?.lowercased() == "pass"
            && value.count { $0 == UInt8(ascii: " ") } > 1
    }

    /// Whether a value is what pf.conf(5) lets pass, `pass all`, `pass in on vlan20`, or the other results of a check
    /// of mail that are let pass (RFC 8601), `spf = pass:softfail`.
    private static func isFilterRule(_ value: [UInt8], of claim: Claim) -> Bool {
        guard claim.isUnquoted, claim.keyPath.last == "pass" else { return false }
        let words = value.split { !ByteSet.alphanumerics.contains($0) }.map { String(decoding: $0, as: UTF8.self) }
        return words.first.map(filterWords.contains) ?? false || words.allSatisfy(resultsOfChecks.contains)
    }

    private static let filterWords: Set<String> = ["all", "in", "inet", "inet6", "log", "on", "out", "quick"]

    private static let resultsOfChecks: Set<String> = [
        "fail", "hardfail", "neutral", "none", "pass", "permerror", "policy", "softfail", "temperror",
    ]

    /// Whether a value consists of common words under a name in the plural, which name a group of secrets or say what
    /// they are: `'passwords' => 'users'`, `passwords are "good enough"`.
    private static func namesGroup(_ value: [UInt8], of claim: Claim) -> Bool {
        guard claim.keyPath.last?.lowercased().hasSuffix("s") == true else { return false }
        let words = value.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        return words.allSatisfy { WordLists.builtIn.isCommonWord($0) || WordLists.builtIn.isGenericName($0) }
    }

    /// Whether the name of a setting says what is no secret: `NOT_SECRET = ("token_id", "client_id")`.
    private static func isDenied(_ claim: Claim) -> Bool {
        claim.keyPath.contains { KeyName($0).words.starts(with: ["not", "secret"]) }
    }

    /// Whether a value is not the owner's, or is not read here.
    ///
    /// It may be an example or a label, belong to a program or to someone else, be the same in every installation, or
    /// be a name in a program's code. A value in an encoded text is read where that text is decoded.
    func isOfNobody(_ value: [UInt8], at span: Span, kind: Kind, of claim: Claim) -> Bool {
        let rule = index.rules[claim.rule]
        let shown = ShownValues(traits: traits)
        if shown.areShown(kind, by: rule) || isSample(value, kind: kind, of: claim) { return true }
        if claim.isSetting, kind.severity == .secret || kind == .userName || traits.isTranslation,
            Label.isOne(value, isInTranslation: traits.isTranslation)
        {
            return true
        }
        let format = claim.layer.map { document.layers[$0].format }
        if kind.severity == .secret, NamedSecret(claim: claim, format: format).isOne(value) { return true }
        if !claim.isSetting, kind == .domain || kind == .hostName, isInExpression(claim) { return true }
        if kind == .projectID, claim.isSetting, Self.isOfArgo(claim) { return true }
        guard let layer = claim.layer else { return false }
        if traits.isDrawing, DrawingText(text: claim.text).isShape(at: span.start) { return true }
        if kind == .userName, OwnNames.isOfDatabase(span, in: claim.text) { return true }
        if shown.isOfOthers(span, kind: kind, in: claim.text) { return true }
        if claim.isSetting, kind == .userName, OwnNames.isOfProgram(span, in: claim.text) { return true }
        if rule.shape != nil, isCited(span, kind: kind, of: claim) { return true }
        if layer == 0, UpstreamLines.builtIn.show(span, kind: kind, in: claim.text) { return true }
        if tree.hides(span, in: layer) { return true }
        guard kind != .privateKey else { return false }
        if !isNumber(value), isCode(span, of: layer) { return true }
        // `%w(a b)` is read with its mark.
        return value.first != UInt8(ascii: "%") && crossesString(span, of: layer)
    }

    /// Whether a project is one of Argo CD, which groups applications: its manifest is of Argo's group.
    ///
    /// Source: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
    private static func isOfArgo(_ claim: Claim) -> Bool {
        let lead = claim.text[..<claim.span.start].suffix(longestManifest)
        guard let group = lead.firstRange(of: groupOfArgo) else { return false }
        return lead[group.upperBound...].firstRange(of: startOfManifest) == nil
    }

    private static let longestManifest = 1 << 14
    private static let groupOfArgo = Array("apiVersion: argoproj.io/".utf8)
    private static let startOfManifest = Array("\n---".utf8)

    /// Whether a domain or a customer's host at a hosted service belongs to someone in the deployment, so that its
    /// first label is the owner's name.
    func isOwn(_ span: Span, in text: [UInt8], by rule: Rule) -> Bool {
        if TenantHosts.builtIn.begins(with: Array(text[span.range])) { return true }
        // `x.gulls.tools` in running text may be a member of something.
        return OwnDomain.isNamed(at: span, in: text)
            && !(rule.shape == .bareHost && HostNameReader.endsInWord(text[span.range]))
    }
}
