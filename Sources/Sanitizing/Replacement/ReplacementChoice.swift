internal import Detecting
internal import Documents

/// Chooses which of several overlapping findings are replaced.
///
/// A value that contains another wins, because replacing it removes both. Of two equal spans, the worse severity wins,
/// then the higher confidence. If two spans differ only in the surrounding quotes, the one without them is replaced,
/// which removes both and keeps the quotes. A text that decodes to more than a value, such as base64 of a whole file,
/// is decoded, edited and encoded again, unless it is itself a secret that happens to decode.
struct ReplacementChoice {
    /// A request to replace a place.
    struct Claim {
        /// The place.
        var location: Location
        /// The severity of its value.
        var severity: Severity
        /// The confidence of the finding.
        var confidence: Confidence
        /// The index in the caller's list.
        var index: Int
        /// The number of bytes of the innermost text; nil if the place is in the file's own text.
        var innerTextCount: Int?
        /// The place without the quotes around it; nil if it has none.
        var unquoted: Span?
    }

    /// Returns the indices of the claims that are kept, in no particular order.
    static func resolve(_ claims: [Claim]) -> [Int] { resolve(claims, depth: 0) }

    /// One span of a text: a value, or an opaque text with the claims inside it.
    private struct Item {
        var span: Span
        var unquoted: Span?
        var severity: Severity
        var confidence: Confidence
        var isOpaque: Bool
        var isWhollyClaimed: Bool
        var indices: [Int]
    }

    private static func resolve(_ claims: [Claim], depth: Int) -> [Int] {
        var items: [Item] = []
        var opaque: [Span: [Claim]] = [:]
        for claim in claims {
            let step = claim.location.steps[depth]
            if claim.location.steps.count > depth + 1 {
                opaque[step.span, default: []].append(claim)
            } else {
                items.append(
                    Item(
                        span: step.span,
                        unquoted: depth == 0 ? claim.unquoted : nil,
                        severity: claim.severity,
                        confidence: claim.confidence,
                        isOpaque: false,
                        isWhollyClaimed: true,
                        indices: [claim.index]
                    )
                )
            }
        }
        for (span, inside) in opaque {
            let kept = Set(resolve(inside, depth: depth + 1))
            let keptClaims = inside.filter { kept.contains($0.index) }
            items.append(
                Item(
                    span: span,
                    severity: keptClaims.map(\.severity).max() ?? .infrastructure,
                    confidence: .high,
                    isOpaque: true,
                    isWhollyClaimed: keptClaims.contains {
                        $0.location.steps.count == depth + 2
                            && $0.location.steps[depth + 1].span == Span(0, $0.innerTextCount ?? -1)
                    },
                    indices: kept.sorted()
                )
            )
        }
        return choose(items).flatMap(\.indices)
    }

    private static func choose(_ items: [Item]) -> [Item] {
        var chosen: [Item] = []
        var cluster: [Item] = []
        var clusterEnd = 0
        for item in items.sorted(by: { $0.span < $1.span }) {
            if item.span.start >= clusterEnd {
                chosen += chooseAmongOverlapping(cluster)
                cluster = []
            }
            cluster.append(item)
            clusterEnd = max(clusterEnd, item.span.end)
        }
        return chosen + chooseAmongOverlapping(cluster)
    }

    private static func chooseAmongOverlapping(_ cluster: [Item]) -> [Item] {
        guard cluster.count > 1 else { return cluster }
        let texts = cluster.filter(\.isOpaque)
        let claimed = cluster.filter { !$0.isOpaque }
        let values = claimed.filter { value in !claimed.contains { $0.span == value.unquoted } }
        // An overlapping opaque text and value cannot both stay; these pairs are decided first, the rest by rank.
        let lostTexts = texts.filter { text in
            values.contains { $0.span.overlaps(text.span) && !isRewrittenInside(text, despite: $0) }
        }
        let keptTexts = texts.filter { text in !lostTexts.contains { $0.span == text.span } }
        let keptValues = values.filter { value in !keptTexts.contains { $0.span.overlaps(value.span) } }
        var chosen: [Item] = []
        for item in (keptTexts + keptValues).sorted(by: outranks)
        where !chosen.contains(where: { $0.span.overlaps(item.span) }) {
            chosen.append(item)
        }
        return chosen
    }

    private static func outranks(_ left: Item, _ right: Item) -> Bool {
        if left.span.count != right.span.count { return left.span.count > right.span.count }
        if left.severity != right.severity { return left.severity > right.severity }
        if left.confidence != right.confidence { return left.confidence > right.confidence }
        if left.span != right.span { return left.span < right.span }
        return (left.indices.first ?? 0) < (right.indices.first ?? 0)
    }

    private static func isRewrittenInside(_ text: Item, despite value: Item) -> Bool {
        text.span.contains(value.span) && (text.isWhollyClaimed || value.severity != .secret)
    }
}
