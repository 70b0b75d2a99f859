internal import Documents

/// The order of values by their places: in the file, and within an opaque text for values in the same one.
///
/// In this order, most values need to be compared with only a few others, even if all are in the same opaque text.
struct PlaceOrder {
    /// The spans of the opaque texts that overlap a value outside them, so that the values inside are not contiguous in
    /// the order.
    private let mixed: Set<Span>

    /// Takes the values that will be compared.
    init(_ items: [LocatedValue]) {
        var mixed: Set<Span> = []
        if items.contains(where: \.isInOpaqueText) {
            let ordered = items.sorted { Self.compare($0, $1) ?? false }
            for (left, right) in zip(ordered, ordered.dropFirst()) where left.isInOpaqueText {
                guard let (depth, mine, others) = Self.difference(left, right), mine.overlaps(others),
                    let steps = left.location?.steps, depth + 1 < steps.count
                else { continue }
                mixed.insert(left.span)
            }
        }
        self.mixed = mixed
    }

    /// Whether one value is before another: by start, then the longer one, then the less nested one; nil for the same
    /// place.
    static func compare(_ left: LocatedValue, _ right: LocatedValue) -> Bool? {
        guard let (_, mine, others) = difference(left, right) else {
            let counts = (left.location?.steps.count ?? 0, right.location?.steps.count ?? 0)
            return counts.0 == counts.1 ? nil : counts.0 < counts.1
        }
        return mine.start != others.start ? mine.start < others.start : mine.end > others.end
    }

    /// Whether a value that is before `item` in the order also ends before it, and so before all values that follow.
    func isPast(_ earlier: LocatedValue, _ item: LocatedValue) -> Bool {
        guard let (depth, mine, others) = Self.difference(earlier, item), mine.end <= others.start else { return false }
        return depth == 0 || !mixed.contains(earlier.span)
    }

    /// Whether a value begins after `item` ends, and so do all values that follow it in the order.
    func isBeyond(_ later: LocatedValue, _ item: LocatedValue) -> Bool {
        guard let (depth, mine, others) = Self.difference(later, item), mine.start >= others.end else { return false }
        return depth == 0 || !mixed.contains(item.span)
    }

    /// The first step at which the places of two values differ, and their spans there.
    private static func difference(_ left: LocatedValue, _ right: LocatedValue) -> (depth: Int, Span, Span)? {
        let (mine, others) = (left.span, right.span)
        if mine != others { return (0, mine, others) }
        guard let steps = left.location?.steps, let othersSteps = right.location?.steps else { return nil }
        for depth in 1..<max(1, min(steps.count, othersSteps.count)) where steps[depth].span != othersSteps[depth].span
        {
            return (depth, steps[depth].span, othersSteps[depth].span)
        }
        return nil
    }
}

extension LocatedValue {
    fileprivate var isInOpaqueText: Bool { location.map { $0.steps.count > 1 } ?? false }
}
