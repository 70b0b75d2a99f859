internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// Asks the owner about what detection cannot be sure about, one after another, and writes the answers into the policy.
public struct Review: Sendable {
    /// What an owner may say.
    public enum Answer: Sendable {
        /// It stays; a secret only with a reason.
        case keep(reason: String?)
        /// It is replaced, and not asked for again.
        case replace
        /// The file in which it stands first is left out.
        case omitFile
    }

    /// Where a value stands, with what is around it.
    public struct Context: Hashable, Sendable {
        /// The line as it is, with the secrets in it masked.
        public var before: String
        /// The line as it will be.
        public var after: String
    }

    /// What is to be decided.
    public let items: [Undecided]
    /// Where the policy is.
    public let path: FilePath
    private let preparation: Sanitize.Preparation
    private let key: FingerprintKey
    private var text: PolicyText
    private var original: [UInt8]?
    private var omitted: Set<String> = []

    /// Prepares to ask about what was planned for the deployment in `root`.
    ///
    /// - Throws: ``PolicyError``; ``CollectingError`` where the policy cannot be read.
    public init(_ preparation: Sanitize.Preparation, root: FilePath, key: FingerprintKey) throws {
        self.preparation = preparation
        self.key = key
        path = root.appending(PolicyFile.name)
        items = preparation.undecided
        original = try Deployment.contents(ofFileIfThere: path, atMost: PolicyFile.longest)
        text = try PolicyText(original ?? [], path: path.string)
    }

    /// Whether something was decided.
    public var isChanged: Bool { text.bytes != original ?? [] }

    /// Whether the item went with a file that was left out.
    public func isSettled(_ item: Undecided) -> Bool { item.placeCount == 1 && omitted.contains(item.path) }

    /// Takes an answer.
    ///
    /// - Throws: ``KitError`` `unsuitable` where it cannot be given about this; ``PolicyError`` where the policy is written
    ///   in a way in which nothing can be added.
    public mutating func take(_ answer: Answer, about item: Undecided) throws {
        switch (answer, item.subject) {
        case (.omitFile, _):
            try text.add(.omit(path: item.path))
            omitted.insert(item.path)
        case (_, .file): throw KitError(.unsuitable, "a file that is no text cannot be sanitized, and stays out")
        case (.keep, .domain(let name)): try text.add(.keepDomain(name))
        case (.replace, .domain(let name)): try text.add(.replaceDomain(name))
        case (.keep(let reason), .value(let fingerprint)):
            guard reason != nil || item.severity != .secret else {
                throw KitError(.unsuitable, "a secret is kept only with a reason")
            }
            try nameKey()
            try text.add(.keepValue(.init(fingerprint: fingerprint, reason: reason), note: note(on: item)))
        case (.replace, .value(let fingerprint)):
            try nameKey()
            try text.add(.replaceValue(.init(fingerprint: fingerprint), note: note(on: item)))
        }
    }

    /// Writes the answers into the policy, in one step that either happens or does not.
    ///
    /// - Throws: ``KitError`` `refused` where the file was changed in the meantime; ``CollectingError``.
    public mutating func write() throws {
        guard isChanged else { return }
        guard try Deployment.contents(ofFileIfThere: path, atMost: PolicyFile.longest) == original else {
            throw KitError(.refused, "\(path): it was changed in the meantime, and the answers were not written")
        }
        let mode = try original == nil ? 0o644 : Deployment.permissions(of: path)
        try PrivateFile.write(text.bytes, to: path, mode: mode, replacing: original != nil)
        original = text.bytes
    }

    /// The line in which an item stands first, before and after; nil for a file, and for what stands in a path.
    public func context(of item: Undecided) -> Context? {
        guard let index = item.finding else { return nil }
        let finding = preparation.report.result.findings[index]
        guard let location = finding.location, let document = preparation.documents[finding.path] else { return nil }
        let line = ReviewLine(around: location.fileSpan, in: document, preparation)
        return Context(before: line.before, after: line.after)
    }

    // MARK: - Steps

    /// Says which key fingerprints are made with.
    private mutating func nameKey() throws {
        guard key.isKept else {
            throw KitError(
                .unsuitable,
                "a value is named by its fingerprint, and there is no key for it that lasts",
                hint: "give one: --fingerprint-key FILE; it is made where it is missing"
            )
        }
        if text.policy.fingerprintKeyID == nil { try text.add(.fingerprintKey(key.id)) }
    }

    private func note(on item: Undecided) -> String {
        "\(item.kind?.rawValue ?? ""), \(item.shown), in \(item.path)"
    }
}
