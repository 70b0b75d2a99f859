internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing
internal import Sodium

/// What of a deployment is not as a bundle has it, whatever values its parameters have.
///
/// In the place of a stand-in any value may stand, the same in every place of one parameter; all else must be equal. It holds no
/// value of the deployment.
public struct DeploymentDifference: Sendable {
    /// A file that is not the same.
    public struct File: Hashable, Sendable {
        /// What happened to it.
        public enum Kind: String, Hashable, Sendable { case added, changed, removed }

        /// The path in the deployment, or in the bundle where the deployment does not have it.
        public var path: String
        /// What happened to it.
        public var kind: Kind
        /// The lines of the bundle's file that the deployment's does not have, with their numbers.
        public var removedLines: [(number: Int, text: String)] = []
        /// The numbers of the lines of the deployment's file that the bundle's does not have.
        public var addedLines: [Int] = []

        /// Two are equal when path, kind and lines are.
        public static func == (left: File, right: File) -> Bool {
            left.path == right.path && left.kind == right.kind && left.addedLines == right.addedLines
                && left.removedLines.map(\.number) == right.removedLines.map(\.number)
        }

        /// Hashes the path and the kind.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(path)
            hasher.combine(kind)
        }
    }

    /// A parameter that has two values.
    public struct Disagreement: Hashable, Sendable {
        /// Its name.
        public var parameter: String
        /// Two places with different values, as `path:line`.
        public var places: [String]
    }

    /// The files of a deployment that is compared.
    public struct Files {
        /// The paths.
        public var paths: [String]
        /// Reads a file.
        public var contents: (_ path: String) throws -> [UInt8]

        /// Describes files.
        public init(paths: [String], contents: @escaping (_ path: String) throws -> [UInt8]) {
            self.paths = paths
            self.contents = contents
        }
    }

    /// The files that differ, in byte order of their paths.
    public private(set) var files: [File] = []
    /// The parameters that have two values, in the order of their names.
    public private(set) var disagreements: [Disagreement] = []
    /// How many files were compared.
    public private(set) var comparedCount = 0

    /// Whether nothing differs.
    public var isEmpty: Bool { files.isEmpty && disagreements.isEmpty }

    /// Compares a deployment with what a bundle can be hydrated to.
    ///
    /// A file that the bundle's maker left out on purpose is none that was added.
    ///
    /// - Parameters:
    ///   - hydration: the bundle's templates and parameters.
    ///   - manifest: the list of its files.
    ///   - deployment: the files that are there.
    /// - Throws: what reading a file throws.
    public init(from hydration: Hydration, _ manifest: Manifest, to deployment: Files) throws {
        var comparison = Comparison(hydration)
        let templates = Dictionary(hydration.templates.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let ignored: Set = [ParameterFile.name, Manifest.name]
        let bundled = manifest.files.filter { !ignored.contains($0.path) }
        let there = Set(deployment.paths)
        var rest = there.subtracting(bundled.map(\.path)).subtracting(ignored)
        var missing: [Manifest.File] = []
        for file in bundled {
            guard there.contains(file.path) else {
                missing.append(file)
                continue
            }
            comparedCount += 1
            try compare(file, templates[file.path], file.path, of: deployment, in: &comparison)
        }
        // A file whose name holds a value.
        for file in missing {
            let path = comparison.path(of: file.path, among: rest)
            guard let path else {
                files.append(File(path: file.path, kind: .removed))
                continue
            }
            rest.remove(path)
            comparedCount += 1
            try compare(file, templates[file.path], path, of: deployment, in: &comparison)
        }
        for path in rest where !comparison.isLeftOut(path) {
            let document = Document(path: path, bytes: try deployment.contents(path))
            if OmissionRules.omission(of: document) == nil { files.append(File(path: path, kind: .added)) }
        }
        files.sort { MemberPath.precedes($0.path, $1.path) }
        disagreements = comparison.finished()
    }

    private mutating func compare(
        _ file: Manifest.File,
        _ template: Member?,
        _ path: String,
        of deployment: Files,
        in comparison: inout Comparison
    ) throws {
        let bytes = try deployment.contents(path)
        guard let template else {
            // A large file without a stand-in is known by its digest.
            if SHA256.hash(bytes) != file.sha256 { files.append(File(path: path, kind: .changed)) }
            return
        }
        if let change = comparison.change(of: path, bytes, template) { files.append(change) }
    }
}

/// A comparison that is going on: the values that were found, and where.
private struct Comparison {
    private let parameters: [Parameter]
    private let omitted: Set<String>
    private var found: [String: (value: [UInt8], place: String)] = [:]
    private var disagreements: [String: [String]] = [:]
    /// Lines with several values, which are read when those that stand alone are known.
    private var later: [(line: TemplateText.Line, bytes: [UInt8], place: String)] = []

    /// Lines beyond this are not put side by side: the time for that grows with their product.
    private static let pairLimit = 4_000_000

    init(_ hydration: Hydration) {
        parameters = hydration.parameters
        omitted = Set(hydration.parameterFile.omissions.map(\.path))
    }

    // MARK: - Files

    /// How a file differs from its template; nil where it does not.
    mutating func change(
        of path: String,
        _ bytes: [UInt8],
        _ template: Member
    ) -> DeploymentDifference.File? {
        let places = parameters.flatMap { parameter in
            parameter.places.filter { $0.path == template.path }
                .compactMap { place in place.location.map { (parameter.name, $0.steps) } }
        }
        if places.isEmpty {
            if bytes == template.bytes || ImageMetadata.removed(from: bytes) == template.bytes { return nil }
            // What is no text has no lines.
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
                take(lines[left].values(in: text, known: [:]) ?? [], at: place, in: template.path)
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

    /// The lines of a key or certificate, of which the stand-in takes one; nil where it takes one, too.
    private func long(
        _ line: TemplateText.Line,
        at index: Int,
        _ own: [ArraySlice<UInt8>],
        _ bytes: [UInt8],
        taking added: inout Set<Int>
    ) -> ArraySlice<UInt8>? {
        let names = line.slots.flatMap(\.parameters).map(\.name)
        let kinds: Set<Kind> = [.privateKey, .publicKey, .certificate]
        guard parameters.contains(where: { names.contains($0.name) && kinds.contains($0.kind) }) else { return nil }
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

    /// Puts the lines of a file beside those of its template.
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

    /// The path of the deployment that is the template's with values in it; nil where there is none.
    mutating func path(of template: String, among paths: Set<String>) -> String? {
        let places = parameters.flatMap { parameter in
            parameter.places.filter { $0.path == template }
                .compactMap { place in place.pathSpan.map { (parameter.name, [Location.Step($0)]) } }
        }
        guard !places.isEmpty, let line = TemplateText(Array(template.utf8), places: places).lines.first else {
            return nil
        }
        let known = found.mapValues(\.value)
        let depth = template.utf8.count { $0 == UInt8(ascii: "/") }
        for path in paths.sorted(by: MemberPath.precedes)
        where path.utf8.count(where: { $0 == UInt8(ascii: "/") }) == depth {
            guard let values = line.values(in: Array(path.utf8)[...], known: known),
                values.allSatisfy({ known[$0.parameter] == nil || known[$0.parameter] == $0.bytes })
            else { continue }
            take(values, at: path, in: nil)
            return path
        }
        return nil
    }

    // MARK: - Values

    private mutating func take(_ values: [TemplateText.Value], at place: String, in template: String?) {
        for value in values {
            // Compose takes a `$` that is doubled for one.
            let isDoubled =
                template.map(ComposeText.isComposeFile) ?? false
                && parameters.first { $0.name == value.parameter }?.origin?.derivation != .doubledDollars
            let bytes = isDoubled ? Self.undoubled(value.bytes) : value.bytes
            if let known = found[value.parameter] {
                if known.value != bytes && disagreements[value.parameter] == nil {
                    disagreements[value.parameter] = [known.place, place]
                }
            } else {
                found[value.parameter] = (bytes, place)
            }
        }
    }

    private static func undoubled(_ value: [UInt8]) -> [UInt8] {
        let dollar = UInt8(ascii: "$")
        var result: [UInt8] = []
        var isSecond = false
        for byte in value {
            isSecond = byte == dollar && !isSecond && result.last == dollar
            if !isSecond { result.append(byte) }
        }
        return result
    }

    /// Reads what was left for later, and tells which parameters have two values.
    mutating func finished() -> [DeploymentDifference.Disagreement] {
        for (line, bytes, place) in later {
            let known = found.mapValues(\.value)
            take(line.values(in: bytes[...], known: known) ?? [], at: place, in: String(place.prefix { $0 != ":" }))
        }
        for parameter in parameters {
            // What follows from another value must do so.
            guard let origin = parameter.origin, let own = found[parameter.name], let other = found[origin.parameter],
                let derived = origin.derivation.apply(to: other.value), derived != own.value,
                disagreements[parameter.name] == nil
            else { continue }
            disagreements[parameter.name] = [other.place, own.place]
        }
        return disagreements.map { .init(parameter: $0.key, places: $0.value) }.sorted { $0.parameter < $1.parameter }
    }
}
