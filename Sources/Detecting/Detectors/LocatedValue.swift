internal import Documents

/// A value at a place, on its way to a finding.
struct LocatedValue: Hashable, Sendable {
    /// The index of the value.
    var value: Int
    /// Where it stands in the file; nil where it stands in the path.
    var location: Location?
    /// The name or address that it is the identifying part of; nil where it is none.
    var whole: Whole?
    /// Where it stands in the path; nil where it stands in the file.
    var pathSpan: Span?
    /// The id of the rule that found it, here or elsewhere.
    var rule: String
    /// How sure it is.
    var confidence: Confidence
    /// The keys that lead to it.
    var keyPath: [String]
    /// Whether a rule found it here; otherwise it was found elsewhere and is here too.
    var isDirect: Bool
    /// What the value is.
    var kind: Kind
    /// Whether it stands in the form that it has as a part of other names.
    var isInName = false

    /// A name or an address that has a value in it.
    struct Whole: Hashable, Sendable {
        /// Where it stands in the file.
        var location: Location
        /// Its bytes, decoded.
        var bytes: [UInt8]
        /// What it is.
        var kind: Kind
    }

    /// How two values that share bytes lie to each other.
    enum Relation {
        case apart
        case same
        case inside
        case around
        case crossing
    }

    /// The bytes of the file, or of the path.
    var span: Span { location?.fileSpan ?? pathSpan ?? Span(0, 0) }

    /// How this value lies to `other`.
    func relation(to other: LocatedValue) -> Relation {
        guard let location, let others = other.location else {
            return (location == nil) == (other.location == nil) ? Self.relation(of: span, to: other.span) : .apart
        }
        for (mine, theirs) in zip(location.steps, others.steps) {
            let relation = Self.relation(of: mine.span, to: theirs.span)
            if relation != .same { return relation }
        }
        // The same bytes: what lies deeper in an opaque text is inside of it.
        if location.steps.count == others.steps.count { return .same }
        return location.steps.count > others.steps.count ? .inside : .around
    }

    private static func relation(of span: Span, to other: Span) -> Relation {
        if span == other { return .same }
        if !span.overlaps(other) { return .apart }
        if other.contains(span) { return .inside }
        return span.contains(other) ? .around : .crossing
    }

    /// Whether this value is to stay where only one of two can.
    func isBetter(than other: LocatedValue) -> Bool {
        if kind.severity != other.kind.severity { return kind.severity > other.kind.severity }
        if confidence != other.confidence { return confidence > other.confidence }
        if span.count != other.span.count { return span.count > other.span.count }
        if isDirect != other.isDirect { return isDirect }
        return (span.start, value) < (other.span.start, other.value)
    }
}
