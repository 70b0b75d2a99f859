internal import Documents

/// A value at a place, before it becomes a finding.
struct LocatedValue: Hashable, Sendable {
    /// The index of the value.
    var value: Int
    /// Its place in the file; nil if it is in the path.
    var location: Location?
    /// The name or address whose identifying part this value is; nil if there is none.
    var whole: Whole?
    /// Its place in the path; nil if it is in the file.
    var pathSpan: Span?
    /// The id of the rule that found it, here or elsewhere.
    var rule: String
    /// The confidence of the finding.
    var confidence: Confidence
    /// The keys that lead to the value.
    var keyPath: [String]
    /// Whether a rule found it here; otherwise it was found elsewhere and also occurs here.
    var isDirect: Bool
    /// The kind of the value.
    var kind: Kind
    /// Whether it has the form used as part of other names.
    var isInName = false

    /// A name or an address that contains a value.
    struct Whole: Hashable, Sendable {
        /// Its place in the file.
        var location: Location
        /// Its decoded bytes.
        var bytes: [UInt8]
        /// Its kind.
        var kind: Kind
    }

    /// A place in a file, or in its path.
    enum Place {
        case file(Location)
        case path(Span)

        /// The place in the file; nil if it is in the path.
        var location: Location? {
            if case .file(let location) = self { location } else { nil }
        }

        /// The place in the path; nil if it is in the file.
        var pathSpan: Span? {
            if case .path(let span) = self { span } else { nil }
        }
    }

    /// The relation of two values' places.
    enum Relation {
        case apart
        case same
        case inside
        case around
        case crossing
    }

    /// The span in the file, or in the path.
    var span: Span { location?.fileSpan ?? pathSpan ?? Span(0, 0) }

    /// Returns the relation of this value to `other`.
    func relation(to other: LocatedValue) -> Relation {
        guard let location, let others = other.location else {
            return (location == nil) == (other.location == nil) ? Self.relation(of: span, to: other.span) : .apart
        }
        for (mine, theirs) in zip(location.steps, others.steps) {
            let relation = Self.relation(of: mine.span, to: theirs.span)
            if relation != .same { return relation }
        }
        // If the spans are the same, the one in more nested opaque texts is inside the other.
        if location.steps.count == others.steps.count { return .same }
        return location.steps.count > others.steps.count ? .inside : .around
    }

    private static func relation(of span: Span, to other: Span) -> Relation {
        if span == other { return .same }
        if !span.overlaps(other) { return .apart }
        if other.contains(span) { return .inside }
        return span.contains(other) ? .around : .crossing
    }

    /// Whether this value takes precedence over another.
    func isBetter(than other: LocatedValue) -> Bool {
        if kind.severity != other.kind.severity { return kind.severity > other.kind.severity }
        if confidence != other.confidence { return confidence > other.confidence }
        if span.count != other.span.count { return span.count > other.span.count }
        if isDirect != other.isDirect { return isDirect }
        return (span.start, value) < (other.span.start, other.value)
    }
}
