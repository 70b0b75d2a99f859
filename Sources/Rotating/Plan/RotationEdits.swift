internal import Detecting
internal import Documents

/// Every place of the secrets to change, as edits of the documents.
struct RotationEdits {
    /// The edits of one document, each with the index of its secret.
    struct DocumentEdits {
        var document: Int
        var path: String
        var edits: [Edit]
        var owners: [Int]
    }

    /// The documents that change, in order.
    let documents: [DocumentEdits]

    /// Finds the places.
    ///
    /// - Parameters:
    ///   - groups: the secrets with the places of their settings.
    ///   - old: the old values of each secret.
    ///   - fresh: the new value of each secret.
    ///   - documents: all documents.
    ///   - live: the indices of the documents that may be changed.
    init(
        of groups: [SecretGrouping.Group],
        old: [[KnownValue]],
        fresh: [[UInt8]],
        in documents: [Document],
        at live: [Int]
    ) {
        guard !groups.isEmpty else {
            self.documents = []
            return
        }
        let propagation = Propagation(values: old.flatMap { $0 })
        let owners = old.indices.flatMap { index in old[index].map { _ in index } }
        self.documents = live.compactMap { document in
            var found: [Found] = []
            for (index, group) in groups.enumerated() {
                found += group.places.filter { $0.document == document }.map {
                    Found(location: $0.location, owner: index, isSetting: true)
                }
            }
            for occurrence in propagation.occurrences(in: documents[document]) {
                guard let location = occurrence.location else { continue }
                found.append(Found(location: location, owner: owners[occurrence.value], isSetting: false))
            }
            let places = Self.withoutOverlaps(found)
            guard !places.isEmpty else { return nil }
            return DocumentEdits(
                document: document,
                path: documents[document].path,
                edits: places.map { Edit($0.location, replacement: fresh[$0.owner]) },
                owners: places.map(\.owner)
            )
        }
    }

    /// A place of a value to replace.
    private struct Found {
        var location: Location
        var owner: Int
        var isSetting: Bool
    }

    /// Removes overlaps: a place found both by its setting and by its value, and a value inside a longer one.
    private static func withoutOverlaps(_ found: [Found]) -> [Found] {
        var kept: [Found] = []
        var cluster: [Found] = []
        var end = 0
        for candidate in found.sorted(by: { $0.location.fileSpan < $1.location.fileSpan }) {
            if candidate.location.fileSpan.start >= end {
                kept += longest(of: cluster)
                cluster = []
            }
            cluster.append(candidate)
            end = max(end, candidate.location.fileSpan.end)
        }
        return kept + longest(of: cluster)
    }

    /// Returns the places that are not covered by a longer one, in file order; the setting's own place takes
    /// precedence.
    private static func longest(of cluster: [Found]) -> [Found] {
        let longestFirst = cluster.sorted { left, right in
            (right.location.length, left.isSetting ? 0 : 1) < (left.location.length, right.isSetting ? 0 : 1)
        }
        var taken: [Found] = []
        for candidate in longestFirst where !taken.contains(where: { $0.location.overlaps(candidate.location) }) {
            taken.append(candidate)
        }
        return taken.sorted { $0.location.precedes($1.location) }
    }
}

extension Location {
    /// The length in bytes of the value's innermost encoding.
    fileprivate var length: Int { steps[steps.count - 1].span.count }

    /// Whether two edits would change the same byte.
    fileprivate func overlaps(_ other: Location) -> Bool {
        for (step, otherStep) in zip(steps, other.steps) {
            guard step.span == otherStep.span, step.encodings == otherStep.encodings else {
                return step.span.overlaps(otherStep.span)
            }
        }
        // One place equals the other, or is inside it.
        return true
    }

    /// Orders places by their position in the file.
    fileprivate func precedes(_ other: Location) -> Bool {
        for (step, otherStep) in zip(steps, other.steps) where step.span != otherStep.span {
            return step.span < otherStep.span
        }
        return steps.count < other.steps.count
    }
}
