internal import Detecting
internal import Documents
internal import Sanitizing

/// Messages about what the policy keeps.
enum KeptText {
    /// Prints the number of kept places by decision, if there are any.
    static func write(_ kept: [Decisions.Reason: Int], by file: String = "the policy", to console: Console) {
        guard !kept.isEmpty else { return }
        let places = Count.of(kept.values.reduce(0, +), "place")
        let reasons = kept.map { (text: words(for: $0.key), count: $0.value) }
            .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
        console.say(
            "kept by \(file): \(places) (" + reasons.map { "\($0.count) \($0.text)" }.joined(separator: ", ") + ")"
        )
    }

    /// Returns kept findings without those in the list of kept names itself.
    static func withoutDeclarations(_ kept: [KeptFinding]) -> [KeptFinding] {
        kept.filter { $0.finding.path != ParameterFile.name || $0.domain == nil }
    }

    /// Prints what a bundle's signer keeps on purpose, one per line, the worst first; then entries for values that the
    /// bundle does not contain.
    static func write(_ kept: [KeptFinding], declared: [ParameterFile.Kept], to console: Console) {
        let worstFirst = kept.enumerated().sorted {
            ($1.element.finding.severity, $0.offset) < ($0.element.finding.severity, $1.offset)
        }
        for (_, kept) in worstFirst {
            console.print("  \(kept.finding.severity.rawValue): \(what(kept)) in \(place(of: kept.finding))")
        }
        let seen = Set(kept.map(\.reason))
        for entry in declared {
            switch entry {
            case .domain(let name) where !seen.contains(.domain(name)):
                console.print("  names under \(Printable.text(name)) (none in the bundle)")
            case .value(let kind, let digest) where !seen.contains(.digest(digest)):
                console.print("  a value of kind \(kind.rawValue) (not in the bundle)")
            case .domain, .value: continue
            }
        }
    }

    /// Returns the same for machines.
    static func json(_ kept: [KeptFinding]) -> [JSONValue] {
        kept.map { kept in
            [
                "path": .string(kept.finding.path),
                "line": .integer(kept.finding.line),
                "kind": .string(kept.finding.kind.rawValue),
                "severity": .string(kept.finding.severity.rawValue),
                "domain": kept.domain.map { .string($0) } ?? .null,
                "mask": .string(kept.finding.mask),
            ]
        }
    }

    private static func what(_ kept: KeptFinding) -> String {
        let mask = Printable.text(kept.finding.mask)
        if let domain = kept.domain { return "a name under \(Printable.text(domain)), \(mask)," }
        return "\(kept.finding.kind.rawValue), \(mask),"
    }

    private static func place(of finding: Finding) -> String {
        Printable.text(finding.path) + (finding.line == 0 ? "" : ":\(finding.line):\(finding.column)")
    }

    private static func words(for reason: Decisions.Reason) -> String {
        switch reason {
        case .fingerprint(let fingerprint): "by fingerprint \(fingerprint)"
        case .digest(let digest): "by digest \(digest)"
        case .domain(let domain): "under \(domain)"
        case .kind(let kind): "of kind \(kind.rawValue)"
        }
    }
}

extension KeptFinding {
    /// The domain under which it is kept.
    fileprivate var domain: String? { if case .domain(let domain) = reason { domain } else { nil } }
}
