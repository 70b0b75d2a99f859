internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// Drafts a policy that lists every possible decision as a comment.
public struct PolicyDraft: Sendable {
    /// The text of the policy.
    public let text: String
    /// The number of undecided names and values.
    public let undecidedCount: Int

    /// Scans the deployment in `root` and drafts the decisions about it.
    ///
    /// The text contains no secret.
    ///
    /// - Parameters:
    ///   - root: the folder of the deployment; an existing policy is ignored.
    ///   - key: the key of the fingerprints; with a key for a single run, the text contains no fingerprints.
    ///   - readers: a line of the text that says which programs read the file and which write to it.
    ///   - cache: the cache of compiled rules.
    /// - Throws: ``CollectingError``; ``SanitizingError``.
    public init(of root: FilePath, key: FingerprintKey, readers: String, cache: CompiledCache? = nil) throws {
        guard try Deployment.isFolder(root) else {
            throw KitError(.unsuitable, "\(root) is not a folder; a policy belongs to a folder")
        }
        let scan = try Scan(fingerprintKey: key, cache: cache)
        let preparation = try Sanitize(source: root, output: root, scan: scan).prepare(with: PolicyFile())
        let undecided = preparation.undecided
        undecidedCount = undecided.count { $0.kind != nil }
        text = Self.text(for: preparation, undecided, key: key, readers: readers)
    }

    /// Writes the text to a file.
    ///
    /// - Throws: ``CollectingError``.
    public func write(to path: FilePath, replacing: Bool) throws {
        try PrivateFile.write(Array(text.utf8), to: path, mode: 0o644, replacing: replacing)
    }

    // MARK: - Text

    private static func text(
        for preparation: Sanitize.Preparation,
        _ undecided: [Undecided],
        key: FingerprintKey,
        readers: String
    ) -> String {
        let names = undecided.filter { if case .domain = $0.subject { true } else { false } }
        let values = undecided.filter { if case .value = $0.subject { true } else { false } }
        var lines = head(preparation, readers: readers)
        if key.isKept {
            lines += ["", "# The key that made the fingerprints below.", "fingerprintKeyID: \(key.id)"]
        }
        lines += [
            "", "# Values to keep although a scan finds them. Remove the # in front of what is not private.",
        ]
        lines += ["keep:", "  # Other people's domains; each includes all names under it."]
        lines += names.isEmpty ? ["  # domains: [registry.example.net]"] : ["  domains:"]
        lines += names.flatMap { ["    # - \(plain($0.shown))  # \(place(of: $0))"] }
        if key.isKept {
            lines.append("  # Other values, by the fingerprint that a scan shows; a secret needs a reason.")
            lines +=
                values.isEmpty
                ? ["  # values: [{fingerprint: 32 hexadecimal digits, reason: why}]"] : ["  values:"]
            lines += values.flatMap(suggestion)
        }
        lines += [
            "", "# Words to replace that no rule knows, such as nicknames and project names; matched as whole words.",
            "sensitive:", "  # - nickname", "  # - {word: code name, kind: projectID}",
            "", "# What to do by kind or path; the first match decides.", "actions:",
            "  # - {do: keep, kinds: [hostName]}", "  # - {do: omit, paths: [docs/private/]}",
        ]
        lines += [
            "", "# Files to include that are left out by default; they are sanitized like all others.", "include:",
        ]
        let documents = preparation.documents.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        lines += documents.compactMap { document in
            guard let omission = OmissionRules.omission(of: document), !omission.isFinal else { return nil }
            let pattern = PathPattern.escaped(plain(document.path)).replacing("'", with: "''")
            return "  # - '\(pattern)'  # \(omission.reason.text)"
        }
        lines += ["", "# Names and descriptions of parameters.", "parameters:"]
        let parameters = preparation.plan.parameters.sorted { $0.name < $1.name }
        lines += parameters.map { "  # \($0.name): {description: \(plain($0.summary))}" }
        lines += ["", "# Files that scan skips; sanitize reads every file.", "exclude:"]
        lines += ["", "# Time zone names: keep, or replace with UTC.", "timezone: keep"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func head(_ preparation: Sanitize.Preparation, readers: String) -> [String] {
        let report = preparation.report
        var counts: [Kind: Int] = [:]
        for finding in report.result.findings { counts[finding.kind, default: 0] += 1 }
        let kinds = counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        var lines = [
            "# The decisions of this deployment's owner. This file is never published.",
            "# \(readers)",
            "#",
            "# A scan of \(report.fileCount) files finds these numbers of places, by kind of value:",
        ]
        var line = "#"
        for (kind, count) in kinds {
            let item = " \(count) \(kind.rawValue)" + (kind == kinds.last?.key ? "" : ",")
            if line.utf8.count + item.utf8.count > 100 {
                lines.append(line)
                line = "#"
            }
            line += item
        }
        return lines + [line]
    }

    private static func suggestion(for item: Undecided) -> [String] {
        guard case .value(let fingerprint) = item.subject else { return [] }
        let what = "\(item.kind?.rawValue ?? ""), \(plain(item.shown)), \(place(of: item))"
        var lines = ["    # - fingerprint: \(fingerprint)  # \(what)"]
        if item.severity == .secret { lines.append("    #   reason: why it may be public") }
        return lines
    }

    private static func place(of item: Undecided) -> String {
        let line = item.line == 0 ? "" : ":\(item.line)"
        let places = item.placeCount == 1 ? "" : ", \(item.placeCount) places"
        return plain(item.path) + line + places
    }

    /// Returns the text without characters that would end a comment.
    private static func plain(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            return isControl || scalar.value == 0x2028 || scalar.value == 0x2029 ? "?" : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
