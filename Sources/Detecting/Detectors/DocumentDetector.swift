internal import Documents

/// Runs all rules over one document.
struct DocumentDetector {
    /// What a document says on its own.
    struct Detection: Sendable {
        /// The claims, in no order.
        var candidates: [Candidate] = []
        /// Values that the document proves without showing their bytes, such as the names in a certificate.
        var evidence: [KnownValue] = []
    }

    let index: RuleIndex
    let names: NameMemory
    let document: Document
    private let reader: ValueReader
    let traits: FileTraits
    private let isBinary: Bool
    private let tree: LayerTree
    var detection = Detection()

    init(_ document: Document, index: RuleIndex, names: NameMemory, traits: FileTraits? = nil) {
        self.document = document
        self.index = index
        self.names = names
        names.scope.begin(path: document.path)
        reader = ValueReader(memory: names.hosts)
        tree = LayerTree(document)
        self.traits = traits ?? FileTraits(path: document.path, text: document.bytes)
        isBinary = document.layers.first?.format == .binary
    }

    /// Whether a document is what a machine trusts, the same everywhere, or is encrypted, and nobody's to read.
    static func saysNothing(_ document: Document) -> Bool {
        isTrustStore(path: document.path) || isEncrypted(document.bytes)
    }

    /// The claims of all rules about `document`.
    static func detect(in document: Document, index: RuleIndex, names: NameMemory? = nil) -> Detection {
        if saysNothing(document) { return Detection() }
        var detector = DocumentDetector(document, index: index, names: names ?? NameMemory(index))
        detector.readPath()
        detector.readCertificate()
        detector.readLayers()
        if document.path == PolicyFile.name { detector.leaveNamesOfParameters() }
        return detector.detection
    }

    /// Takes back what rules about settings say of a policy, in which the name of a parameter has no value of it.
    private mutating func leaveNamesOfParameters() {
        detection.candidates.removeAll { candidate in
            let rule = index.rules[candidate.rule]
            return !rule.settings.isEmpty || !rule.keys.isEmpty
        }
    }

    /// The claims of all rules about the text of `document`, which is a part of a file with such traits.
    static func detect(
        inPart document: Document,
        of traits: FileTraits,
        index: RuleIndex,
        names: NameMemory
    ) -> Detection {
        var detector = DocumentDetector(document, index: index, names: names, traits: traits)
        detector.readLayers()
        return detector.detection
    }

    private mutating func readLayers() {
        for layer in document.layers.indices { read(layer: layer) }
    }

    /// Whether the file is the list of certificate authorities that comes with a system.
    private static func isTrustStore(path: String) -> Bool {
        trustStores.contains { path.hasSuffix($0) && (path == $0 || path.dropLast($0.utf8.count).last == "/") }
    }

    private static let trustStores = [
        "ca-certificates.crt", "ca-certificates.conf", "ca-bundle.crt", "ca-bundle.trust.crt", "cacert.pem",
        "tls-ca-bundle.pem",
    ]

    /// Whether the file is one that git-crypt, Ansible Vault or age have encrypted.
    private static func isEncrypted(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, encryptedFirst.contains(first) else { return false }
        return encryptedBeginnings.contains { bytes.starts(with: $0.utf8) }
    }

    private static let encryptedFirst = ByteSet("\0$a-")
    private static let encryptedBeginnings = [
        "\u{0}GITCRYPT\u{0}", "$ANSIBLE_VAULT;", "age-encryption.org/v1", "-----BEGIN AGE ENCRYPTED FILE-----",
    ]

    // MARK: - Paths

    mutating func readPath() {
        let path = Array(document.path.utf8)
        for rule in index.pathRules {
            guard let pattern = index.rules[rule].pattern else { continue }
            var start = 0
            while start < path.count {
                if start == 0 || path[start - 1] == UInt8(ascii: "/"), let match = pattern.match(path, at: start) {
                    emit(Claim(rule: rule, layer: nil, text: path, span: match.value))
                    start = max(start + 1, match.whole.end)
                } else {
                    start += 1
                }
            }
        }
    }

    // MARK: - Files of DER

    /// Takes the names of a certificate that is no text.
    mutating func readCertificate() {
        guard document.layers.first?.format == .binary, document.bytes.first == DERElement.sequence,
            let rule = index.rule(for: .certificateName)
        else { return }
        detection.evidence += CertificateNames(der: document.bytes).evidence(by: index.rules[rule])
    }

    // MARK: - Texts

    private mutating func read(layer number: Int) {
        let text = document.layers[number].text
        for value in document.layers[number].values where value.role != .key { read(setting: value, layer: number) }
        var settings: [AddressedValue]?
        var last = [Int](repeating: -1, count: Rule.Shape.allCases.count)
        var lastName = -1
        index.database.scan(text) { id, end in
            guard names.scope.mayTrigger(id) else { return }
            for trigger in index.triggers(of: id) {
                switch index.triggers[trigger] {
                case .anchor(let rule, let count, let hasTail):
                    let anchor = Span(end - count, end)
                    guard !hasTail || names.anchors.mayMatch(trigger, of: rule, at: anchor.range, in: text),
                        let span = read(rule: rule, anchor: anchor, in: text)
                    else { continue }
                    emit(Claim(rule: rule, layer: number, text: text, span: span))
                case .escape: continue
                case .keyWord(let count, let beginsWord):
                    guard WordEnding.mayStand(from: end - count, to: end, beginsWord: beginsWord, in: text) else {
                        continue
                    }
                    let name = TextAssignment.name(around: end - 1, in: text)
                    guard name.start != lastName, !tree.hides(name, in: number) else { continue }
                    lastName = name.start
                    let known = settings ?? document.layers[number].values.filter { $0.role != .key }
                    settings = known
                    read(name: name, layer: number, settings: known)
                case .shape(let shape, let rule):
                    guard let span = read(shape, rule: rule, endingAt: end, in: text), span.start > last[shape.number]
                    else { continue }
                    last[shape.number] = span.start
                    emit(Claim(rule: rule, layer: number, text: text, span: span))
                }
            }
        }
    }

    // MARK: - Patterns

    /// The value that the pattern of the rule finds around an anchor.
    mutating func read(rule number: Int, anchor: Span, in text: [UInt8]) -> Span? {
        guard let pattern = index.rules[number].pattern, names.scope.isAbout(number) else { return nil }
        if index.rules[number].fromLineStart {
            var start = anchor.start
            while start > 0, text[start - 1] != UInt8(ascii: "\n"), anchor.start - start < 256 { start -= 1 }
            return pattern.match(text, at: start)?.value
        }
        let start = max(0, anchor.start - index.rules[number].reach)
        return pattern.match(text, from: start, through: anchor.start)?.value
    }

    // MARK: - Settings

    private mutating func read(setting value: AddressedValue, layer number: Int) {
        // A value without a key of its own is a part of the one around it, which is read there.
        guard let key = value.key, names.mayMatter(key) else { return }
        let text = document.layers[number].text
        let keyPath = document.layers[number].keyPath + value.keyPath
        let rules = names.rules(for: keyPath)
        guard let first = rules.first, !traits.isShell || Self.isAssigned(value.span, in: text) else { return }
        var claim = Claim(rule: first, layer: number, text: text, span: value.span)
        claim.isSetting = true
        claim.isUnquoted = Self.isBare(value.encoding)
        claim.isBare = claim.isUnquoted && document.layers[number].format == .assignments
        claim.isComment = value.role == .comment
        claim.keyPath = keyPath
        emit(claim, ofFirst: rules)
    }

    /// Whether an equals sign, a colon or the name of an option stands before a value, so that it is not one of the words
    /// that a command is given: in `pass "all is well"` there is no password.
    private static func isAssigned(_ span: Span, in text: [UInt8]) -> Bool {
        var start = span.start
        while start > 0, ByteSet(" \t\"'(").contains(text[start - 1]), span.start - start < 4 { start -= 1 }
        if start == 0 || ByteSet("=:\n,").contains(text[start - 1]) { return true }
        var word = start
        while word > 0, !ByteSet.space.contains(text[word - 1]), start - word < 64 { word -= 1 }
        return text[word] == UInt8(ascii: "-")
    }

    private static func isBare(_ encoding: Encoding) -> Bool {
        switch encoding {
        case .bare, .line: true
        default: false
        }
    }

    /// Reads a name in running text, and the value that is assigned to it there.
    private mutating func read(name: Span, layer number: Int, settings: [AddressedValue]) {
        let text = document.layers[number].text
        guard !name.isEmpty, let assignment = TextAssignment(key: name, in: text) else { return }
        let rules = names.rules(named: name, in: text)
        guard let first = rules.first else { return }
        let format = document.layers[number].format
        // What the layer's reader has read already is not read again.
        if let owner = Self.setting(at: assignment.value.start, in: settings), owner.span.start > name.start { return }
        let value = Array(text[assignment.value.range])
        if assignment.isProse, assignment.isBare, !Validator.notWord.accepts(value) { return }
        var claim = Claim(rule: first, layer: number, text: text, span: assignment.value)
        claim.isSetting = true
        claim.isUnquoted = assignment.isBare
        claim.isBare = assignment.isBare && (format == .assignments || format == .prose)
        claim.isComment = LineIndex.isComment(name.start, in: text)
        // `--name=value` is an option wherever it stands.
        claim.isFromText = !(text[name.range].starts(with: "--".utf8) && text[name.end] == UInt8(ascii: "="))
        claim.keyPath = [String(decoding: text[name.range], as: UTF8.self)]
        emit(claim, ofFirst: rules)
    }

    /// The addressed value that has the byte at `offset` in it.
    private static func setting(at offset: Int, in settings: [AddressedValue]) -> AddressedValue? {
        var low = 0
        var high = settings.count
        while low < high {
            let middle = (low + high) / 2
            if settings[middle].span.start <= offset { low = middle + 1 } else { high = middle }
        }
        return settings[..<low].last { offset < $0.span.end }
    }

    // MARK: - Shapes

    mutating func read(_ shape: Rule.Shape, rule: Int, endingAt end: Int, in text: [UInt8]) -> Span? {
        switch shape {
        case .ipv4: return AddressReader(text: text).ipv4(around: end - 1)
        case .ipv6: return AddressReader(text: text).ipv6(around: end - 1)
        case .mac: return AddressReader(text: text).mac(endingAt: end)
        case .phone: return AddressReader(text: text).phone(at: end - 2)
        case .email: return EmailReader(text: text).email(around: end - 2)
        case .hostDomain: return EmailReader(text: text, memory: names.hosts).domain(around: end - 2)
        case .urlHost: return HostNameReader(text: text, memory: names.hosts).domain(ofURLWithHostAt: end - 1)
        case .bareHost:
            // `.in` stands in every other line of a program.
            guard end == text.count || !ByteSet.alphanumerics.contains(text[end]) else { return nil }
            let domain = HostNameReader(text: text, memory: names.hosts).domain(
                ofHostEndingAt: end,
                inProgram: traits.isProgram
            )
            // Between bytes that are no text a few letters and a dot come by chance.
            return isBinary && domain.map { $0.count < 8 } == true ? nil : domain
        case .privateHost: return HostNameReader(text: text).privateHost(endingAt: end, inProgram: traits.isProgram)
        case .loginName: return EmailReader(text: text).loginName(around: end - 2)
        case .privateKey: return PEMReader(text: text).body(behind: end) { $0.hasSuffix("PRIVATE KEY") }
        case .certificate:
            guard let body = PEMReader(text: text).body(behind: end, where: { $0 == "CERTIFICATE" }) else { return nil }
            return CertificateNames(base64: text[body.range]).namesNobody ? nil : body
        case .certificateName:
            guard let body = PEMReader(text: text).body(behind: end, where: PEMReader.holdsNames) else { return nil }
            detection.evidence += CertificateNames(base64: text[body.range]).evidence(by: index.rules[rule])
            return nil
        }
    }

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
    private mutating func emit(_ claim: Claim, ofFirst rules: [Int]) {
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
                    isExact: isExact(claim)
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
