internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// Asks the owner to decide uncertain findings one by one, and writes the answers to the policy.
public struct Review: Sendable {
    /// An owner's decision.
    public enum Answer: Sendable {
        /// Keep the value; a secret needs a reason.
        case keep(reason: String?)
        /// Replace the value, and do not ask again.
        case replace
        /// Leave out the file of the value's first place.
        case omitFile
    }

    /// The surroundings of a value.
    public struct Context: Hashable, Sendable {
        /// The current line, with masked secrets.
        public var before: String
        /// The line after sanitizing.
        public var after: String
    }

    /// The items to decide.
    public let items: [Undecided]
    /// The path of the policy.
    public let path: FilePath
    private let preparation: Sanitize.Preparation
    private let key: FingerprintKey
    private var text: PolicyText
    private var original: [UInt8]?
    private var omitted: Set<String> = []

    /// Prepares to ask about the plan for the deployment in `root`.
    ///
    /// - Throws: ``PolicyError``; ``CollectingError`` if the policy cannot be read.
    public init(_ preparation: Sanitize.Preparation, root: FilePath, key: FingerprintKey) throws {
        self.preparation = preparation
        self.key = key
        path = root.appending(PolicyFile.name)
        items = preparation.undecided
        original = try Deployment.contents(ofFileIfThere: path, atMost: PolicyFile.longest)
        text = try PolicyText(original ?? [], path: path.string)
    }

    /// Whether an answer changed the policy.
    public var isChanged: Bool { text.bytes != original ?? [] }

    /// Whether an item needs no decision any more, because its only file is left out.
    public func isSettled(_ item: Undecided) -> Bool { item.placeCount == 1 && omitted.contains(item.path) }

    /// Adds an answer to the policy's text.
    ///
    /// - Throws: ``KitError`` `unsuitable` if the answer does not apply to the item; ``PolicyError`` if nothing can be
    ///   added to the policy as it is written.
    public mutating func take(_ answer: Answer, about item: Undecided) throws {
        switch (answer, item.subject) {
        case (.omitFile, _):
            try text.add(.omit(path: item.path))
            omitted.insert(item.path)
        case (_, .file): throw KitError(.unsuitable, "a file that is not text cannot be sanitized and is left out")
        case (.keep, .domain(let name)): try text.add(.keepDomain(name))
        case (.replace, .domain(let name)): try text.add(.replaceDomain(name))
        case (.keep(let reason), .value(let fingerprint)):
            guard reason != nil || item.severity != .secret else {
                throw KitError(.unsuitable, "to keep a secret, give a reason")
            }
            try nameKey()
            try text.add(.keepValue(.init(fingerprint: fingerprint, reason: reason), note: note(on: item)))
        case (.replace, .value(let fingerprint)):
            try nameKey()
            try text.add(.replaceValue(.init(fingerprint: fingerprint), note: note(on: item)))
        }
    }

    /// Writes the policy atomically.
    ///
    /// - Throws: ``KitError`` `refused` if the file has changed since it was read; ``CollectingError``.
    public mutating func write() throws {
        guard isChanged else { return }
        guard try Deployment.contents(ofFileIfThere: path, atMost: PolicyFile.longest) == original else {
            throw KitError(.refused, "\(path): it was changed in the meantime; the answers were not written")
        }
        let mode = try original == nil ? 0o644 : Deployment.permissions(of: path)
        try PrivateFile.write(text.bytes, to: path, mode: mode, replacing: original != nil)
        original = text.bytes
    }

    /// Returns the line of an item's first place, before and after; nil for a file and for a place in a path.
    public func context(of item: Undecided) -> Context? {
        guard let index = item.finding else { return nil }
        let finding = preparation.report.result.findings[index]
        guard let location = finding.location, let document = preparation.documents[finding.path] else { return nil }
        let line = ReviewLine(around: location.fileSpan, in: document, preparation)
        return Context(before: line.before, after: line.after)
    }

    // MARK: - Steps

    /// Adds the id of the key that fingerprints are made with.
    private mutating func nameKey() throws {
        guard key.isKept else {
            throw KitError(
                .unsuitable,
                "values are recorded by fingerprint, and there is no lasting fingerprint key",
                remedy: .lastingFingerprintKey
            )
        }
        if text.policy.fingerprintKeyID == nil { try text.add(.fingerprintKey(key.id)) }
    }

    private func note(on item: Undecided) -> String {
        "\(item.kind?.rawValue ?? ""), \(item.shown), in \(item.path)"
    }
}
