internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing

/// A comparison in progress: the values found so far, with their places.
struct DeploymentComparison {
    private let hydration: Hydration
    private let omitted: Set<String>
    private var known: OwnerValues
    /// The place at which each known value was found.
    private var places: [String: String] = [:]
    private var disagreements: [String: [String]] = [:]
    /// Lines with several values, which are read once the values that occur alone are known.
    private var later: [(line: TemplateText.Line, bytes: [UInt8], place: String)] = []

    /// The product of line counts above which lines are not aligned, because the time grows with that product.
    private static let pairLimit = 4_000_000

    init(_ hydration: Hydration) {
        self.hydration = hydration
        known = OwnerValues(of: hydration.parameters)
        omitted = Set(hydration.parameterFile.omissions.map(\.path))
    }

    // MARK: - Files

    /// Returns how a file differs from its template; nil if it does not.
    mutating func change(
        of path: String,
        _ bytes: [UInt8],
        _ template: Member
    ) -> DeploymentDifference.File? {
        let places = hydration.places[template.path, default: []].compactMap { placed in
            placed.place.location.map { (parameter: placed.name, steps: $0.steps) }
        }
        if places.isEmpty {
            if bytes == template.bytes || ImageMetadata.removed(from: bytes) == template.bytes { return nil }
            // A binary file has no lines.
            if bytes.contains(0) || template.bytes.contains(0) {
                return DeploymentDifference.File(path: path, kind: .changed)
            }
        }
        let lines = TemplateText(template.bytes, places: places).lines
        let own = TemplateText.lineRanges(of: bytes).map { bytes[$0] }
        let (pairs, removed, new) = Self.aligned(lines, own)
        var added = Set(new)
        for (left, right) in pairs where !lines[left].slots.isEmpty {
            let place = "\(path):\(right + 1)"
            if lines[left].slots.count == 1 {
                let text = long(lines[left], at: right, own, bytes, taking: &added) ?? own[right]
                take(lines[left].values(in: text, known: nil) ?? [], at: place, in: template.path)
            } else {
                later.append((lines[left], Array(own[right]), place))
            }
        }
        guard !removed.isEmpty || !added.isEmpty else { return nil }
        return DeploymentDifference.File(
            path: path,
            kind: .changed,
            removedLines: removed.map { ($0 + 1, escaped(lines[$0].bytes)) },
            addedLines: added.sorted().map { $0 + 1 }
        )
    }

    /// Returns the lines of a multi-line key or certificate whose stand-in takes one line; nil if the value takes one
    /// line, too.
    private func long(
        _ line: TemplateText.Line,
        at index: Int,
        _ own: [ArraySlice<UInt8>],
        _ bytes: [UInt8],
        taking added: inout Set<Int>
    ) -> ArraySlice<UInt8>? {
        let names = line.slots.flatMap(\.parameters).map(\.name)
        let kinds: Set<Kind> = [.privateKey, .publicKey, .certificate]
        guard names.contains(where: { hydration.parameter(named: $0).map { kinds.contains($0.kind) } ?? false }) else {
            return nil
        }
        var first = index
        while added.contains(first - 1) { first -= 1 }
        var last = index
        while added.contains(last + 1) { last += 1 }
        guard first < last else { return nil }
        let text = bytes[own[first].startIndex..<own[last].endIndex]
        guard line.matches(text) else { return nil }
        added.subtract(first...last)
        return text
    }

    /// Aligns the lines of a file with those of its template.
    private static func aligned(
        _ lines: [TemplateText.Line],
        _ own: [ArraySlice<UInt8>]
    ) -> (pairs: [(Int, Int)], removed: [Int], added: [Int]) {
        var start = 0
        while start < min(lines.count, own.count), lines[start].matches(own[start]) { start += 1 }
        var end = 0
        while end < min(lines.count, own.count) - start, lines[lines.count - 1 - end].matches(own[own.count - 1 - end])
        {
            end += 1
        }
        var pairs = (0..<start).map { ($0, $0) }
        pairs += (0..<end).map { (lines.count - 1 - $0, own.count - 1 - $0) }
        let left = Array(start..<(lines.count - end))
        let right = Array(start..<(own.count - end))
        guard left.count * right.count <= pairLimit else { return (pairs, left, right) }
        let difference = right.difference(from: left) { lines[$0].matches(own[$1]) }
        let removed = difference.removals.map { if case .remove(_, let line, _) = $0 { line } else { 0 } }
        let added = difference.insertions.map { if case .insert(_, let line, _) = $0 { line } else { 0 } }
        let gone = Set(removed)
        let come = Set(added)
        pairs += Array(zip(left.filter { !gone.contains($0) }, right.filter { !come.contains($0) }))
        return (pairs, removed.sorted(), added.sorted())
    }

    // MARK: - Paths

    func isLeftOut(_ path: String) -> Bool { omitted.contains(path) }

    /// Returns the path in the deployment that matches a template's path with values; nil if there is none.
    mutating func path(of template: String, among paths: Set<String>) -> String? {
        let places = hydration.places[template, default: []].compactMap { placed in
            placed.place.pathSpan.map { (parameter: placed.name, steps: [Location.Step($0)]) }
        }
        guard !places.isEmpty, let line = TemplateText(Array(template.utf8), places: places).lines.first else {
            return nil
        }
        let depth = template.utf8.count { $0 == UInt8(ascii: "/") }
        for path in paths.sorted(by: MemberPath.precedes)
        where path.utf8.count(where: { $0 == UInt8(ascii: "/") }) == depth {
            guard let values = line.values(in: Array(path.utf8)[...], known: known),
                values.allSatisfy({ known.allows($0.bytes, for: $0.parameter) })
            else { continue }
            take(values, at: path, in: nil)
            return path
        }
        return nil
    }

    // MARK: - Values

    private mutating func take(_ values: [TemplateText.Value], at place: String, in template: String?) {
        for value in values {
            let parameter = hydration.parameter(named: value.parameter)
            let bytes = ComposeDollars.meant(by: value.bytes, of: parameter, in: template)
            if let other = places[value.parameter] {
                if !known.allows(bytes, for: value.parameter) && disagreements[value.parameter] == nil {
                    disagreements[value.parameter] = [other, place]
                }
            } else {
                known[value.parameter] = bytes
                places[value.parameter] = place
            }
        }
    }

    /// Reads the deferred lines, and returns the parameters with two values.
    mutating func finished() -> [DeploymentDifference.Disagreement] {
        for (line, bytes, place) in later {
            take(line.values(in: bytes[...], known: known) ?? [], at: place, in: String(place.prefix { $0 != ":" }))
        }
        for parameter in hydration.parameters {
            // A value derived from another must match it.
            guard let origin = parameter.origin, let own = places[parameter.name], let other = places[origin.parameter],
                let derived = known[origin.parameter].flatMap({ origin.derivation.apply(to: $0) }),
                !known.allows(derived, for: parameter.name), disagreements[parameter.name] == nil
            else { continue }
            disagreements[parameter.name] = [other, own]
        }
        return disagreements.map { .init(parameter: $0.key, places: $0.value) }.sorted { $0.parameter < $1.parameter }
    }
}
