internal import Collecting
internal import Detecting
internal import Documents
internal import ScrubjayKit

/// Writes findings as SARIF, in the form that GitHub's code scanning accepts.
///
/// Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, with the sections named below; and
/// GitHub, "SARIF support for code scanning". The results come first, so that each is written as soon as it is found.
/// The rules that they name follow, because the order of members has no meaning in JSON.
struct ScanSARIF: ScanReporter {
    private let rules: [String: Rule]
    private let paths: SARIFPaths
    private let output: ([UInt8]) -> Void
    /// The ids of the named rules, in order of their indices.
    private var named: [String] = []
    private var indices: [String: Int] = [:]
    private var isFirst = true

    /// The versioned name of our fingerprints in `partialFingerprints`.
    private static let fingerprintName = "scrubjay/v1"

    init(rules: [Rule], paths: SARIFPaths, output: @escaping ([UInt8]) -> Void) {
        self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.paths = paths
        self.output = output
    }

    /// The text before the first result.
    private var head: [UInt8] {
        // Section 3.14.17: the unit of columns.
        let run: JSONValue = [
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": .object([
                .init(SARIFPaths.base, ["description": ["text": .string(paths.description)]])
            ]),
        ]
        let file = Array(
            "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[".utf8
        )
        return file + run.serialized(.line).dropLast() + Array(",\"results\":[".utf8)
    }

    /// Writes the findings of a file; those repeated from an earlier version are the same alert.
    mutating func report(_ file: ScannedFile) {
        var bytes: [UInt8] = []
        for item in file.items where !item.isRepeated {
            bytes += isFirst ? head : [UInt8(ascii: ",")]
            bytes.append(UInt8(ascii: "\n"))
            bytes += result(item, in: file).serialized(.line)
            isFirst = false
        }
        output(bytes)
    }

    mutating func end(_ summary: Scan.Summary) {
        let rest: JSONValue = ["invocations": [invocation(summary)], "tool": tool]
        output((isFirst ? head : []) + Array("\n],".utf8) + rest.serialized(.line).dropFirst() + Array("]}\n".utf8))
    }

    // MARK: - Results, section 3.27

    private mutating func result(_ item: ScannedFile.Item, in file: ScannedFile) -> JSONValue {
        let finding = item.finding
        var members: [JSONValue.Member] = [
            .init("ruleId", .string(finding.rule)),
            .init("ruleIndex", .integer(index(of: finding.rule))),
            .init("level", .string(Self.level(finding.severity))),
            .init("message", ["text": .string(Self.message(finding))]),
            .init("locations", [["physicalLocation": location(item)]]),
            .init("partialFingerprints", .object([.init(Self.fingerprintName, .string(finding.fingerprint))])),
        ]
        var properties: [JSONValue.Member] = [
            .init("kind", .string(finding.kind.rawValue)), .init("severity", .string(finding.severity.rawValue)),
            .init("confidence", .string(finding.confidence.rawValue)),
        ]
        if let commit = file.origin?.commit { properties.append(.init("commit", .string(commit))) }
        if let blob = file.origin?.blob { properties.append(.init("blob", .string(blob))) }
        members.append(.init("properties", .object(properties)))
        return .object(members)
    }

    /// Returns the rule's index in the list of named rules.
    private mutating func index(of rule: String) -> Int {
        if let index = indices[rule] { return index }
        indices[rule] = named.count
        named.append(rule)
        return named.count - 1
    }

    private func location(_ item: ScannedFile.Item) -> JSONValue {
        [
            "artifactLocation": [
                "uri": .string(paths.uri(of: item.finding.path)), "uriBaseId": .string(SARIFPaths.base),
            ],
            "region": Self.region(item),
        ]
    }

    /// Section 3.30: the place of the value, in characters and in bytes.
    ///
    /// A finding in a path has no region in the file. GitHub requires one, so it gets the empty region at the start.
    private static func region(_ item: ScannedFile.Item) -> JSONValue {
        let region = item.region ?? .start
        let (start, end) = (region.start, region.end)
        let span = item.finding.location?.fileSpan ?? Span(0, 0)
        return [
            "startLine": .integer(start.line), "startColumn": .integer(start.column),
            "endLine": .integer(end.line), "endColumn": .integer(end.column),
            "byteOffset": .integer(span.start), "byteLength": .integer(span.count),
        ]
    }

    private static func message(_ finding: Finding) -> String {
        let place = finding.location == nil ? " in the name of the file" : ""
        return "\(finding.kind.rawValue)\(place): \(Printable.text(finding.mask))"
    }

    /// Section 3.27.10: the level of a result.
    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .secret: "error"
        case .personal: "warning"
        case .infrastructure: "note"
        }
    }

    // MARK: - The tool, section 3.18, and its rules, section 3.49

    private var tool: JSONValue {
        [
            "driver": [
                "name": "Scrubjay", "semanticVersion": .string(Version.text), "version": .string(Version.text),
                "rules": .array(named.map(descriptor)),
            ]
        ]
    }

    private func descriptor(_ id: String) -> JSONValue {
        guard let rule = rules[id] else { return ["id": .string(id)] }
        let source = rule.source.map { " Source: \($0)." } ?? ""
        let help = "\(Self.advice(rule.kind.severity)) 'scrubjay rules show \(id)' shows what the rule looks for."
        return [
            "id": .string(id),
            "shortDescription": ["text": .string(rule.summary)],
            "fullDescription": [
                "text": .string("A value of kind \(rule.kind.rawValue): \(rule.summary).\(source)")
            ],
            "help": ["text": .string(help)],
            "defaultConfiguration": ["level": .string(Self.level(rule.kind.severity))],
            "properties": [
                "tags": ["security", .string(rule.kind.rawValue)],
                "precision": .string(Self.precision(rule.confidence)),
                "security-severity": .string(Self.securitySeverity(rule.kind.severity)),
            ],
        ]
    }

    private static func advice(_ severity: Severity) -> String {
        switch severity {
        case .secret:
            "Anyone who reads this can log in with it. Replace it with a fresh value, since a published one stays known; "
                + "then remove it from the file."
        case .personal: "This shows whose deployment it is. Remove it from the file, or replace it with a stand-in."
        case .infrastructure:
            "This shows where the service is and how it is built. Remove it from the file, or replace it with a stand-in."
        }
    }

    private static func precision(_ confidence: Confidence) -> String {
        switch confidence {
        case .high: "very-high"
        case .medium: "high"
        case .low: "low"
        }
    }

    /// The severity on GitHub's scale, on which 7.0 is high and 4.0 is medium.
    private static func securitySeverity(_ severity: Severity) -> String {
        switch severity {
        case .secret: "8.0"
        case .personal: "5.0"
        case .infrastructure: "3.0"
        }
    }

    // MARK: - The run, section 3.20

    private func invocation(_ summary: Scan.Summary) -> JSONValue {
        func notification(_ level: String, _ path: String, _ text: String) -> JSONValue {
            [
                "level": .string(level),
                "message": ["text": .string("\(Printable.text(path)): \(text)")],
            ]
        }
        let failures = summary.failures.map { notification("error", $0.path, $0.message) }
        let notes = summary.notes.map { notification("note", $0.path, $0.message) }
        return [
            "executionSuccessful": .bool(summary.failures.isEmpty),
            "toolExecutionNotifications": .array(failures + notes),
        ]
    }
}
