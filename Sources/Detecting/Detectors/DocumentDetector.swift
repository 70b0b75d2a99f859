internal import Documents

/// Runs all rules over one document.
struct DocumentDetector {
    /// The results for one document.
    struct Detection: Sendable {
        /// The claims, in no particular order.
        var candidates: [Candidate] = []
        /// Values that the document proves without showing their bytes, such as the names in a certificate.
        var evidence: [KnownValue] = []
        /// The paths of files that consist of a single secret each, according to the document.
        var secretFiles: Set<String> = []
        /// The names of units, and of the accounts that programs run under, in lower case.
        var programs: Set<String> = []
        /// The domains under which the document names a machine or a mailbox, in lower case.
        var ownDomains: Set<[UInt8]> = []
        /// The rules whose pattern was abandoned somewhere because it took too long.
        var abandoned: Set<Int> = []
    }

    let index: RuleIndex
    let names: NameMemory
    let document: Document
    let reader: ValueReader
    let traits: FileTraits
    /// Whether the file is binary rather than text.
    let isBinary: Bool
    /// The offset of the text in the file, if it is only a part of the file.
    private let offset: Int
    let tree: LayerTree
    var detection = Detection()
    /// The files that the text of each layer mounts, by mount path.
    var mounts: [Int: [ArraySlice<UInt8>: ArraySlice<UInt8>]] = [:]

    init(_ document: Document, index: RuleIndex, names: NameMemory, traits: FileTraits? = nil, offset: Int = 0) {
        self.offset = offset
        self.document = document
        self.index = index
        self.names = names
        names.scope.begin(path: document.path)
        reader = ValueReader(memory: names.hosts)
        tree = LayerTree(document)
        self.traits = traits ?? FileTraits(path: document.path, text: document.bytes)
        isBinary = document.layers.first?.format == .binary
    }

    /// Whether a document is a stock trust store or is encrypted; neither is scanned.
    static func isNotScanned(_ document: Document) -> Bool {
        isTrustStore(path: document.path) || isEncrypted(document.bytes)
    }

    /// Returns the claims of all rules about `document`; `traits` are the traits of its file, if already known.
    static func detect(
        in document: Document,
        of traits: FileTraits? = nil,
        index: RuleIndex,
        names: NameMemory? = nil
    ) -> Detection {
        if isNotScanned(document) { return Detection() }
        var detector = DocumentDetector(document, index: index, names: names ?? NameMemory(index), traits: traits)
        detector.readPath()
        detector.readCertificate()
        detector.readSecretFile()
        detector.readLayers()
        if document.path == PolicyFile.name { detector.leaveNamesOfParameters() }
        return detector.detection
    }

    /// Removes claims of setting rules about a policy's parameter names, which are not values.
    private mutating func leaveNamesOfParameters() {
        detection.candidates.removeAll { candidate in
            let rule = index.rules[candidate.rule]
            return !rule.settings.isEmpty || !rule.keys.isEmpty
        }
    }

    /// Returns the claims of all rules about `document`, which begins at `offset` of a file with these traits.
    static func detect(
        inPart document: Document,
        at offset: Int,
        of traits: FileTraits,
        index: RuleIndex,
        names: NameMemory
    ) -> Detection {
        var detector = DocumentDetector(document, index: index, names: names, traits: traits, offset: offset)
        detector.readLayers()
        return detector.detection
    }

    private mutating func readLayers() {
        for layer in document.layers.indices { read(layer: layer) }
    }

    /// Whether the file is a system's list of certificate authorities.
    private static func isTrustStore(path: String) -> Bool {
        trustStores.contains { path.hasSuffix($0) && (path == $0 || path.dropLast($0.utf8.count).last == "/") }
    }

    private static let trustStores = [
        "ca-certificates.crt", "ca-certificates.conf", "ca-bundle.crt", "ca-bundle.trust.crt", "cacert.pem",
        "tls-ca-bundle.pem",
    ]

    /// Whether the file is encrypted by git-crypt, Ansible Vault or age.
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
        if let unit = traits.unit { detection.programs.insert(unit) }
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

    // MARK: - DER files

    /// Reads the names in a binary certificate.
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
                        let match = read(rule: rule, anchor: anchor, in: text)
                    else { continue }
                    emit(Claim(rule: rule, layer: number, text: text, match: match))
                    if index.rules[rule].hasOperands { emitOperands(of: rule, behind: match, layer: number, in: text) }
                case .escape: continue
                case .keyWord(let count, let part):
                    guard WordEnding.mayStand(from: end - count, to: end, as: part, in: text) else {
                        continue
                    }
                    let name = TextAssignment.name(around: end - 1, in: text)
                    guard name.start != lastName, !tree.hides(name, in: number) else { continue }
                    lastName = name.start
                    let known = settings ?? document.layers[number].values.filter { $0.role != .key }
                    settings = known
                    read(name: name, layer: number, settings: known)
                case .shape(.secretManifest, let rule):
                    if readArguments(endingAt: end, layer: number, rule: rule) { continue }
                    guard last[Rule.Shape.secretManifest.number] < 0 else { continue }
                    last[Rule.Shape.secretManifest.number] = end
                    readManifests(layer: number, rule: rule)
                case .shape(.loginTable, let rule): readLogins(endingAt: end, layer: number, rule: rule)
                case .shape(.secretFile, _): noteSecretFiles(endingAt: end, layer: number)
                case .shape(let shape, let rule) where shape == .privateKey || shape == .certificate:
                    emitBody(of: shape, rule: rule, behind: end, layer: number, in: text)
                case .shape(let shape, let rule):
                    guard let span = read(shape, rule: rule, endingAt: end, in: text), span.start > last[shape.number]
                    else { continue }
                    last[shape.number] = span.start
                    emit(Claim(rule: rule, layer: number, text: text, span: span))
                }
            }
        }
    }

    /// Whether `span` of the file's own text is program code rather than a string or comment.
    func isCode(_ span: Span, of layer: Int?) -> Bool {
        layer == 0 && traits.program.isCode(Span(span.start + offset, span.end + offset))
    }

    /// Whether `span` of the file's own text is partly in a string of a program and partly outside it.
    func crossesString(_ span: Span, of layer: Int?) -> Bool {
        layer == 0 && traits.program.crossesString(Span(span.start + offset, span.end + offset))
    }

    // MARK: - Patterns

    /// Returns the match of the rule's pattern around an anchor.
    mutating func read(rule number: Int, anchor: Span, in text: [UInt8]) -> Pattern.Match? {
        guard let pattern = index.rules[number].pattern, names.scope.isAbout(number) else { return nil }
        var abandoned = false
        defer { if abandoned { detection.abandoned.insert(number) } }
        if index.rules[number].fromLineStart {
            var start = anchor.start
            while start > 0, text[start - 1] != UInt8(ascii: "\n"), anchor.start - start < 256 { start -= 1 }
            return pattern.match(text, at: start, &abandoned)
        }
        let start = max(0, anchor.start - index.rules[number].reach)
        return pattern.match(text, from: start, through: anchor.start, &abandoned)
    }

    /// Emits the further operands of a command that the rule's pattern would also match as the first operand.
    mutating func emitOperands(of rule: Int, behind match: Pattern.Match, layer: Int, in text: [UInt8]) {
        let operands = CommandOperands(text, isProse: !traits.isShell && !traits.isProgram)
        let command = text[match.whole.start..<match.value.start]
        for span in operands.spans(behind: match.value) {
            let alone = Array(command) + text[span.range] + [UInt8(ascii: "\n")]
            guard let found = index.rules[rule].pattern?.match(alone, at: 0),
                found.value == Span(command.count, command.count + span.count)
            else { continue }
            emit(Claim(rule: rule, layer: layer, text: text, span: span))
        }
    }

    // MARK: - Shapes

    /// Emits the body of the private key or certificate whose first line begins at `end`: as a whole, or line by line.
    mutating func emitBody(of shape: Rule.Shape, rule: Int, behind end: Int, layer: Int, in text: [UInt8]) {
        let wants = shape == .privateKey ? PEMReader.holdsSecret : { $0 == "CERTIFICATE" }
        let body = PEMReader(text: text).body(behind: end, where: wants)
        if shape == .certificate, CertificateNames(base64: body.flatMap { text[$0.range] }).namesNobody { return }
        for span in body { emit(Claim(rule: rule, layer: layer, text: text, span: span)) }
    }

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
            let reader = HostNameReader(text: text, memory: names.hosts)
            // `.in` is in every other line of a program. Most words are not hosts, so the cheap checks come first.
            guard end == text.count || !ByteSet.alphanumerics.contains(text[end]),
                !reader.isNamedAsHost(endingAt: end, inBatch: traits.isBatch),
                let domain = reader.domain(ofHostEndingAt: end, inProgram: traits.isProgram),
                !reader.isMember(endingAt: end, in: traits.notation)
            else { return nil }
            // In binary data, a few letters and a dot occur by chance.
            return isBinary && domain.count < 8 ? nil : domain
        case .privateHost:
            let reader = HostNameReader(text: text)
            guard let host = reader.privateHost(endingAt: end, inProgram: traits.isProgram),
                !reader.isMember(endingAt: end, in: traits.notation)
            else { return nil }
            return host
        case .loginName: return EmailReader(text: text).loginName(around: end - 2)
        case .certificateName:
            let body = PEMReader(text: text).body(behind: end, where: PEMReader.holdsNames)
            let base64 = body.flatMap { text[$0.range] }
            if !base64.isEmpty {
                detection.evidence += CertificateNames(base64: base64).evidence(by: index.rules[rule])
            }
            return nil
        // Their bodies may be in several places.
        case .privateKey, .certificate: return nil
        // They are about more than one place.
        case .secretManifest, .secretFile, .loginTable, .loginTableName: return nil
        }
    }
}
