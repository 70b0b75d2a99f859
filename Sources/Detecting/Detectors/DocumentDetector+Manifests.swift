internal import Documents

// Reads the values of Kubernetes objects whose kind shows that they are secrets.
extension DocumentDetector {
    /// Emits the values of each Secret in a layer, and the values from which Kustomize makes one, whatever their names
    /// are.
    mutating func readManifests(layer number: Int, rule: Int) {
        let layer = document.layers[number]
        let objects = SecretData.Objects(in: layer)
        for value in layer.values where value.role == .value {
            let keys = value.keyPath
            if Self.isLiteral(keys) {
                emitLiteral(value, layer: number, rule: rule)
            } else if keys.count > 1, Self.fields.contains(keys[keys.count - 2]), let key = keys.last,
                objects.contains(Array(keys.dropLast(2)), at: value.span.start), !isConfiguration(key)
            {
                emitDatum(value, named: key, layer: number, rule: rule)
            }
        }
    }

    private static let fields: Set<String> = ["data", "stringData"]

    /// Whether keys lead to a `name=value` from which Kustomize makes a Secret.
    private static func isLiteral(_ keys: [String]) -> Bool {
        keys.count > 3 && keys[keys.count - 4] == "secretGenerator" && keys[keys.count - 2] == "literals"
            && keys[keys.count - 1].utf8.allSatisfy(ByteSet.digits.contains)
    }

    private mutating func emitLiteral(_ value: AddressedValue, layer number: Int, rule: Int) {
        let text = document.layers[number].text
        guard let sign = text[value.span.range].firstIndex(of: UInt8(ascii: "=")) else { return }
        let key = String(decoding: text[value.span.start..<sign], as: UTF8.self)
        guard !isConfiguration(key) else { return }
        var claim = Claim(rule: rule, layer: number, text: text, span: Span(sign + 1, value.span.end))
        claim.keyPath = [key]
        emit(claim)
    }

    private mutating func emitDatum(_ value: AddressedValue, named key: String, layer number: Int, rule: Int) {
        let text = document.layers[number].text
        let child = tree.child(at: value.span, in: number)
        let datum = child.map { document.layers[$0].text[...] } ?? text[value.span.range]
        guard !Self.isSwitch(datum), !Self.isFile(datum, named: key), child.map(holdsSettings) != true else { return }
        var claim = Claim(rule: rule, layer: number, text: text, span: value.span)
        claim.keyPath = document.layers[number].keyPath + value.keyPath
        emit(claim)
    }

    // MARK: - Values of a Secret that are not secret

    /// Whether a name shows that its value is a service's place or protocol, or that another rule decides about it.
    func isConfiguration(_ key: String) -> Bool {
        let name = KeyName(key).withoutQualifiers
        if let word = name.words.last, Self.configuration.contains(word) { return true }
        return names.rules(for: [key]).first.map { index.rules[$0].kind.severity != .secret } ?? false
    }

    private static let configuration: Set<String> = [
        "bucket", "catalog", "charset", "database", "dbname", "dialect", "driver", "endpoint", "engine", "environment",
        "host", "hostname", "hosts", "lang", "level", "locale", "mode", "name", "namespace", "port", "ports",
        "protocol",
        "provider", "region", "scheme", "server", "sslmode", "timeout", "timezone", "type", "user", "username",
        "version",
    ]

    /// Whether a value only turns something on or off.
    static func isSwitch(_ value: ArraySlice<UInt8>) -> Bool {
        switches.contains(String(decoding: value.prefix(8), as: UTF8.self).trimmed.lowercased())
    }

    private static let switches: Set<String> = ["true", "false", "yes", "no", "on", "off", "none", "null", "enabled"]

    /// Whether a value is the text of a file, whose secrets the other rules find.
    private static func isFile(_ value: ArraySlice<UInt8>, named key: String) -> Bool {
        let lines = value.split { ByteSet.lineEnd.contains($0) }
        if lines.count < 2 { return key.contains(".") && value.contains(UInt8(ascii: "=")) || isPublicKey(value) }
        return lines.contains { line in line.contains(where: fileMarks.contains) || line.starts(with: "-----".utf8) }
    }

    private static func isPublicKey(_ value: ArraySlice<UInt8>) -> Bool {
        value.starts(with: "ssh-".utf8) || value.starts(with: "ecdsa-".utf8)
    }

    private static let fileMarks = ByteSet("=:<{")
}

extension String {
    /// The text without blanks and line ends around it.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
