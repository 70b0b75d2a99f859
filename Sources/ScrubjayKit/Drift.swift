internal import Archive
public import Bundling
public import Collecting
internal import Detecting
internal import Documents
public import SystemPackage

/// Compares what runs with what a bundle says: the bundle is verified first, and nothing is written.
public struct Drift: Sendable {
    /// What came of it.
    public struct Outcome: Sendable {
        /// What differs.
        public var difference: DeploymentDifference
        /// What stands in the lines that the bundle does not have, by path and number: names, and masks of values.
        public var masked: [String: [Int: String]]
    }

    /// The check that the bundle must pass.
    public var verify: Verify

    /// Makes the workflow; nothing is read yet.
    public init(verify: Verify) { self.verify = verify }

    /// Verifies the bundle.
    ///
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError``; ``KitError`` `unsuitable` for a private
    ///   bundle, which has no templates.
    public func open() throws -> VerifiedBundle {
        let bundle = try verify.open()
        guard !bundle.isPrivate else {
            throw KitError(
                .unsuitable,
                "a private bundle is one deployment with its values, and no template to compare with"
            )
        }
        return bundle
    }

    /// Compares a bundle with what was collected from containers or from a cloud.
    ///
    /// - Throws: ``BundleError`` where the bundle's parameters are malformed.
    public func compare(_ bundle: VerifiedBundle, with parts: [CollectedPart]) throws -> Outcome {
        let contents = Dictionary(parts.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        return try compare(bundle, DeploymentDifference.Files(paths: parts.map(\.path)) { contents[$0] ?? [] })
    }

    /// Compares a bundle with a deployment in a folder.
    ///
    /// - Throws: ``BundleError`` where the bundle's parameters are malformed; ``CollectingError``.
    public func compare(_ bundle: VerifiedBundle, withFolder root: FilePath) throws -> Outcome {
        let deployment = try Deployment(root: root)
        var places: [String: String] = [:]
        for entry in deployment.entries {
            // A sanitized tree holds a copy of what a link leads to.
            let file = entry.isLink ? deployment.file(behind: entry) : entry
            if let file { places[entry.path] = file.path }
        }
        return try compare(
            bundle,
            DeploymentDifference.Files(paths: places.keys.sorted { $0.precedes($1) }) {
                try deployment.contents(of: places[$0] ?? $0)
            }
        )
    }

    private func compare(_ bundle: VerifiedBundle, _ files: DeploymentDifference.Files) throws -> Outcome {
        let hydration = try Hydration(of: bundle)
        let difference = try DeploymentDifference(from: hydration, bundle.manifest, to: files)
        let known = Self.words(in: hydration.templates.map(\.bytes))
        var masked: [String: [Int: String]] = [:]
        for file in difference.files where !file.addedLines.isEmpty {
            masked[file.path] = Self.masked(file.addedLines, of: file.path, try files.contents(file.path), known: known)
        }
        return Outcome(difference: difference, masked: masked)
    }

    // MARK: - Masks

    /// What may be seen of lines: the names of settings that the bundle has, too, or that are variables of an environment, and
    /// masks of their values.
    private static func masked(
        _ numbers: [Int],
        of path: String,
        _ bytes: [UInt8],
        known: Set<String>
    ) -> [Int: String] {
        let document = Document(path: path, bytes: bytes)
        var starts: [Int] = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
        var parts: [Int: [String]] = [:]
        for value in document.layers.first?.outermostValues ?? [] where value.role != .key {
            let line = starts.partitioningIndex { $0 > value.span.start }
            guard numbers.contains(line) else { continue }
            let raw = Array(bytes[value.span.range])
            let names = value.keyPath.filter { Int($0) == nil }.map { isPublic($0, known) ? $0 : "…" }
            let mask = raw.isEmpty ? "empty" : Mask.mask(raw, kind: .password)
            parts[line, default: []].append(names.isEmpty ? mask : "\(names.joined(separator: ".")): \(mask)")
        }
        return Dictionary(
            numbers.map { number in
                let end = number < starts.count ? starts[number] - 1 : bytes.count
                let count = max(0, end - starts[number - 1])
                return (number, parts[number]?.joined(separator: ", ") ?? "\(count) bytes")
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func isPublic(_ name: String, _ known: Set<String>) -> Bool {
        known.contains(name) || name.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
    }

    /// The words of texts that everybody may read.
    private static func words(in texts: [[UInt8]]) -> Set<String> {
        var words: Set<String> = []
        for text in texts {
            let parts = text.split { byte in
                !((48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
                    || byte == 45)
            }
            for part in parts where part.count < 64 { words.insert(String(decoding: part, as: UTF8.self)) }
        }
        return words
    }
}

extension [Int] {
    /// The first position whose element is one for which the predicate holds, as it does for all behind it.
    fileprivate func partitioningIndex(where isBehind: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
