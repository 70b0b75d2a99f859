internal import Collecting
internal import Detecting
public import Documents
public import Sodium

extension RotationPlan {
    /// Plans fresh values for the secrets of a deployment.
    ///
    /// - Parameters:
    ///   - documents: All text files of the deployment.
    ///   - catalogue: What is known about its settings.
    ///   - options: What is to change.
    ///   - random: Where fresh values come from.
    /// - Throws: ``RotationError`` where the options name what cannot be changed, where a secret that is to change and one
    ///   that is to stay hold one value, or where the edited files would not be as planned; ``DocumentError`` where a file
    ///   cannot be edited.
    public init(
        for documents: [Document],
        catalogue: Catalogue,
        options: RotationOptions = RotationOptions(),
        random: RandomSource
    ) throws {
        let documents = documents.sorted { $0.path.precedes($1.path) }
        let maker = try Maker(documents: documents, catalogue: catalogue, options: options)
        self = try maker.plan(random: random)
    }
}

/// The steps from documents to a plan.
private struct Maker {
    let documents: [Document]
    let catalogue: Catalogue
    let options: RotationOptions
    /// The indices of the documents that may change.
    let live: [Int]
    let grouping: SecretGrouping
    private let positions: [String: Int]

    init(documents: [Document], catalogue: Catalogue, options: RotationOptions) throws {
        self.documents = documents
        self.catalogue = catalogue
        self.options = options
        live = documents.indices.filter { index in
            StrayCopy(path: documents[index].path) == nil && !documents[index].isBinary
        }
        let known = live.flatMap { catalogue.knownSecrets(in: documents[$0], index: $0) }
        grouping = SecretGrouping(known)
        positions = Dictionary(uniqueKeysWithValues: catalogue.settings.enumerated().map { ($1.name, $0) })
        try checkOptions()
    }

    func plan(random: RandomSource) throws -> RotationPlan {
        let groups = grouping.groups.sorted { position(of: $0) < position(of: $1) }
        var rotated: [SecretGrouping.Group] = []
        var kept: [RotationPlan.Kept] = []
        for group in groups {
            let settings = settings(of: group)
            let chosen = settings.filter(isChosen)
            guard chosen.isEmpty || chosen.count == settings.count else {
                throw RotationError(
                    .sharedValue,
                    at: chosen[0].name,
                    "\(list(settings)) hold the same value, and only \(list(chosen)) would change: "
                        + "name all of them, or leave all of them out"
                )
            }
            if chosen.isEmpty {
                kept += settings.filter { setting in !kept.contains { $0.setting.name == setting.name } }
                    .map { keep($0, of: group) }
            } else {
                rotated.append(group)
            }
        }

        let fresh = rotated.map {
            FreshSecret(settings(of: $0)[0].shape.with(characters: options.length), from: random)
        }
        let old = rotated.map { group in
            group.spellings.map { SecretGrouping.known($0, kind: settings(of: group)[0].holds ?? .secretKey) }
        }
        let edits = edits(for: rotated, old: old, fresh: fresh)
        let published = published(old.flatMap { $0 })
        let secrets = rotated.indices.map { index in
            let places = edits.map { ($0.path, $0.owners.count { $0 == index }) }.filter { $0.1 > 0 }
            return RotationPlan.Secret(
                settings: settings(of: rotated[index]),
                places: places.map { RotationPlan.Place(path: $0.0, count: $0.1) },
                notes: notes(on: rotated[index]),
                isPublished: old[index].contains { published.contains($0.bytes) },
                old: old[index],
                fresh: fresh[index]
            )
        }
        let changes = edits.map { RotationPlan.FileChange(before: documents[$0.document], edits: $0.edits) }
        let plan = RotationPlan(
            secrets: secrets,
            kept: kept,
            warnings: warnings(old: old.flatMap { $0 }),
            steps: RemainingSteps(documents: documents, catalogue: catalogue, changed: Set(changes.map(\.before.path)))
                .steps(for: secrets),
            changes: changes,
            options: options
        )
        _ = try plan.editedFiles()
        return plan
    }

    // MARK: - What changes

    private func checkOptions() throws {
        let known = Set(catalogue.settings.map(\.name))
        for name in (options.only ?? []).union(options.except).sorted() where !known.contains(name) {
            throw RotationError(.unknownName, at: name, "the catalogue has no setting of this name")
        }
        for setting in catalogue.settings where options.only?.contains(setting.name) == true {
            guard let change = setting.change else {
                throw RotationError(.notASecret, at: setting.name, "this setting is no secret")
            }
            guard change != .issued else {
                throw RotationError(
                    .issuedElsewhere,
                    at: setting.name,
                    "its value is handed out by \(setting.owner ?? "somebody else"): get a new one there, and write it in "
                        + "the old one's place"
                )
            }
            guard grouping.valueCount(of: setting.name) > 0 else {
                throw RotationError(.notFound, at: setting.name, "the deployment has no value for it")
            }
        }
    }

    private func isChosen(_ setting: Catalogue.Setting) -> Bool {
        guard !options.except.contains(setting.name) else { return false }
        return options.only.map { $0.contains(setting.name) } ?? (setting.change == .fresh)
    }

    private func keep(_ setting: Catalogue.Setting, of group: SecretGrouping.Group) -> RotationPlan.Kept {
        let reason: RotationPlan.Kept.Reason =
            switch setting.change {
            case .fresh: .notAsked
            case .elsewhere: options.except.contains(setting.name) ? .notAsked : .sharedWithAnother
            case .issued, nil: .issuedElsewhere
            }
        return RotationPlan.Kept(setting: setting, reason: reason, notes: notes(on: group))
    }

    private func settings(of group: SecretGrouping.Group) -> [Catalogue.Setting] {
        group.settings.compactMap { positions[$0] }.sorted().map { catalogue.settings[$0] }
    }

    private func position(of group: SecretGrouping.Group) -> Int {
        group.settings.compactMap { positions[$0] }.min() ?? catalogue.settings.count
    }

    private func list(_ settings: [Catalogue.Setting]) -> String { settings.map(\.name).joined(separator: ", ") }

    // MARK: - Where it changes

    /// A place of a value that is replaced.
    private struct Found {
        var location: Location
        var owner: Int
        var isSetting: Bool
    }

    /// The edits of one document, each with the index of the secret that it belongs to.
    private struct DocumentEdits {
        var document: Int
        var path: String
        var edits: [Edit]
        var owners: [Int]
    }

    private func edits(
        for groups: [SecretGrouping.Group],
        old: [[KnownValue]],
        fresh: [FreshSecret]
    ) -> [DocumentEdits] {
        guard !groups.isEmpty else { return [] }
        let propagation = Propagation(values: old.flatMap { $0 })
        let owners = old.indices.flatMap { index in old[index].map { _ in index } }
        let replacements = fresh.map(\.bytes)
        return live.compactMap { document in
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
                edits: places.map { Edit($0.location, replacement: replacements[$0.owner]) },
                owners: places.map(\.owner)
            )
        }
    }

    /// Each byte once: what was found both by its setting and by its value, and a value inside a longer one, goes.
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

    /// Of places that may overlap, those that no longer one takes, in the order of the file; the setting's own comes first.
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

    // MARK: - What to know

    private func notes(on group: SecretGrouping.Group) -> [RotationNote] {
        let settings = settings(of: group)
        let text = String(decoding: group.value, as: UTF8.self)
        var notes: [RotationNote] = []
        if catalogue.settings.contains(where: { $0.weakValues.contains(text) }) || SecretGrouping.isCommon(group.value)
        {
            notes.append(.weak)
        } else if group.value.count < 16 {
            notes.append(.short(bytes: group.value.count))
        }
        if settings.count > 1 { notes.append(.reused) }
        let values = settings.map { grouping.valueCount(of: $0.name) }.max() ?? 1
        if values > 1 { notes.append(.several(values: values)) }
        if SecretGrouping.isCommon(group.value) { notes.append(.common) }
        return notes
    }

    /// Those of the values that a copy of an earlier state holds, too.
    private func published(_ old: [KnownValue]) -> Set<[UInt8]> {
        guard !old.isEmpty else { return [] }
        let propagation = Propagation(values: old)
        let copies = documents.filter { StrayCopy(path: $0.path) != nil }
        return Set(copies.flatMap { propagation.occurrences(in: $0).map { old[$0.value].bytes } })
    }

    private func warnings(old: [KnownValue]) -> [RotationWarning] {
        let propagation = old.isEmpty ? nil : Propagation(values: old)
        func replaced(in document: Document) -> Set<[UInt8]> {
            Set(propagation?.occurrences(in: document).map { old[$0.value].bytes } ?? [])
        }
        var warnings: [RotationWarning] = []
        for (index, document) in documents.enumerated() {
            let replaced = replaced(in: document)
            if let copy = StrayCopy(path: document.path) {
                let known = Set(catalogue.knownSecrets(in: document, index: index).map(\.value))
                let others = known.subtracting(replaced).count
                guard !replaced.isEmpty || others > 0 else { continue }
                warnings.append(
                    .secretsRemain(path: document.path, copy: copy, replaced: replaced.count, others: others)
                )
            } else if document.isBinary {
                guard !replaced.isEmpty else { continue }
                warnings.append(.notText(path: document.path, replaced: replaced.count))
            } else if !document.notes.isEmpty {
                warnings.append(.unread(path: document.path))
            }
        }
        return warnings
    }
}

extension Document {
    /// Whether the file is no text, so that another length of a value could break it.
    fileprivate var isBinary: Bool { layers.first?.format == .binary }
}

extension Location {
    /// How many bytes the value's innermost spelling has.
    fileprivate var length: Int { steps[steps.count - 1].span.count }

    /// Whether the two would change a byte in common.
    fileprivate func overlaps(_ other: Location) -> Bool {
        for (step, otherStep) in zip(steps, other.steps) {
            guard step.span == otherStep.span, step.encodings == otherStep.encodings else {
                return step.span.overlaps(otherStep.span)
            }
        }
        // One is the other, or lies inside of it.
        return true
    }

    /// The order of the places in the file.
    fileprivate func precedes(_ other: Location) -> Bool {
        for (step, otherStep) in zip(steps, other.steps) where step.span != otherStep.span {
            return step.span < otherStep.span
        }
        return steps.count < other.steps.count
    }
}
