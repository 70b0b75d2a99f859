internal import Documents

/// Runs the examples and counter-examples of rules.
public struct RuleCheck: Sendable {
    /// An example that a rule fails.
    public struct Failure: Hashable, Sendable {
        /// The rule's id.
        public var rule: String
        /// The problem, in one lower-case sentence that reveals nothing of the example.
        public var message: String
    }

    private let index: RuleIndex

    /// Prepares to check `rules`, all of which are active at once as in a scan.
    ///
    /// - Throws: ``PolicyError`` if vectorscan cannot compile all of them together.
    public init(_ rules: RuleSet) throws(PolicyError) {
        do {
            index = try RuleIndex(rules)
        } catch {
            throw PolicyError(at: PolicyFile.name, "the rules cannot be combined: \(error.message)")
        }
    }

    /// Returns the failures of the examples and counter-examples of the rule `id`.
    public func failures(of id: String) -> [Failure] {
        guard let number = index.rules.firstIndex(where: { $0.id == id }) else { return [] }
        let rule = index.rules[number]
        var messages: [String] = []
        for (place, example) in rule.examples.enumerated() {
            let (text, values) = example.unmarked
            let found = places(of: number, in: text, path: example.path)
            let name = "example \(place + 1)"
            if values.isEmpty { messages.append("\(name) marks no value with {{ and }}") }
            for value in values where !found.contains(value) {
                let places = found.isEmpty ? "nothing" : found.map { Self.text($0) }.joined(separator: ", ")
                messages.append("\(name): the value at \(Self.text(value)) is not found; found is \(places)")
            }
        }
        for (place, example) in rule.counterexamples.enumerated() {
            for span in places(of: number, in: example.unmarked.text, path: example.path) {
                messages.append("counter-example \(place + 1): something is found at \(Self.text(span))")
            }
        }
        return messages.map { Failure(rule: id, message: $0) }
    }

    /// Returns the places where the rule itself finds something, before overlaps are resolved.
    private func places(of rule: Int, in text: [UInt8], path: String) -> [Span] {
        let readsPath = index.rules[rule].readsPath
        let document =
            readsPath
            ? Document(path: String(decoding: text, as: UTF8.self), bytes: []) : Document(path: path, bytes: text)
        return DocumentDetector.detect(in: document, index: index).candidates.compactMap { candidate in
            guard candidate.rule == rule else { return nil }
            guard let layer = candidate.layer else { return readsPath ? candidate.span : nil }
            return document.layers[layer].location(of: candidate.span).fileSpan
        }
    }

    /// Describes a span for people.
    private static func text(_ span: Span) -> String { "bytes \(span.start) to \(span.end)" }
}
