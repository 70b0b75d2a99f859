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
        /// What the document mentions about values in other files.
        var mentions = Mentions()
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
        if let unit = traits.unit { detection.mentions.programs.insert(unit) }
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
                case .shape(.resourceName, _): noteResource(endingAt: end, layer: number)
                case .shape(.secretFile, _): noteSecretFiles(endingAt: end, layer: number)
                case .anchor, .shape: emitClaims(of: trigger, endingAt: end, layer: number, in: text, behind: &last)
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
}
