internal import Collecting
public import Detecting
internal import Documents
internal import Sanitizing

/// An uncertain finding that the policy does not decide.
public struct Undecided: Sendable {
    /// The subject of the decision.
    public enum Subject: Hashable, Sendable {
        /// A host name of unknown ownership.
        case domain(String)
        /// A value, by its fingerprint.
        case value(String)
        /// A file that cannot be sanitized and is left out.
        case file
    }

    /// The subject of the decision.
    public var subject: Subject
    /// The kind of the value; nil for a file.
    public var kind: Kind?
    /// The severity of the value; nil for a file.
    public var severity: Severity?
    /// The text shown to the owner: a domain's name, or another value's mask.
    public var shown: String
    /// The confidence of the best finding; nil for a file.
    public var confidence: Confidence?
    /// The file of its first place.
    public var path: String
    /// The 1-based line; 0 for a place in the path and for a file.
    public var line: Int
    /// The number of its places.
    public var placeCount: Int
    /// The index of its first finding; nil for a file.
    public var finding: Int?
}

extension Sanitize.Preparation {
    /// The items to decide: names first, then values, each in order of their first places, then files.
    public var undecided: [Undecided] {
        var items: [Undecided] = []
        var numbers: [Undecided.Subject: Int] = [:]
        let result = report.result
        for (index, finding) in result.findings.enumerated() {
            let value = result.value(ofFinding: index)
            if finding.path == PolicyFile.name { continue }
            guard value.confidence < .high, value.derivation == nil else { continue }
            let subject = Self.subject(of: finding, value)
            if isDecided(subject) { continue }
            if let number = numbers[subject] {
                items[number].placeCount += 1
                continue
            }
            numbers[subject] = items.count
            var shown = finding.mask
            if case .domain(let name) = subject { shown = name }
            items.append(
                Undecided(
                    subject: subject,
                    kind: finding.kind,
                    severity: finding.severity,
                    shown: shown,
                    confidence: value.confidence,
                    path: finding.path,
                    line: finding.line,
                    placeCount: 1,
                    finding: index
                )
            )
        }
        let names = items.filter { if case .domain = $0.subject { true } else { false } }
        let values = items.filter { if case .value = $0.subject { true } else { false } }
        return names + values + undecidedFiles
    }

    private static func subject(of finding: Finding, _ value: KnownValue) -> Undecided.Subject {
        let isName = value.kind == .domain || value.kind == .hostName && value.bytes.contains(UInt8(ascii: "."))
        let name = String(decoding: value.bytes, as: UTF8.self).lowercased()
        return isName && PolicyFile.isOwnedDomain(name) ? .domain(name) : .value(finding.fingerprint)
    }

    private func isDecided(_ subject: Undecided.Subject) -> Bool {
        switch subject {
        case .domain(let name): policy.replace.domain(of: name) != nil
        case .value(let fingerprint): policy.replace.values.contains { $0.fingerprint == fingerprint }
        case .file: false
        }
    }

    /// The binary files that the policy does not explicitly leave out.
    private var undecidedFiles: [Undecided] {
        let staying = Set(plan.files.map(\.source))
        return documents.values.filter { document in
            document.isBinary && !staying.contains(document.path)
                && policy.deed(withFile: document.path) != .omit
                // If a whole archive is left out, there is nothing to ask about its files.
                && packed.container(of: document.path).map(staying.contains) ?? true
        }.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path in
            Undecided(subject: .file, shown: path, path: path, line: 0, placeCount: 1)
        }
    }
}
