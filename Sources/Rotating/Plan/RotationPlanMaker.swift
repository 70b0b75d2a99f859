internal import Collecting
internal import Detecting
internal import Documents
internal import Sodium

/// The steps from documents to a plan.
struct RotationPlanMaker {
    let documents: [Document]
    let archives: [ArchivedFiles]
    let catalogue: Catalogue
    let options: RotationOptions
    /// The indices of the documents that may be changed.
    let live: [Int]
    let grouping: SecretGrouping
    private let positions: [String: Int]

    init(documents: [Document], archives: [ArchivedFiles], catalogue: Catalogue, options: RotationOptions) throws {
        self.documents = documents
        self.archives = archives
        self.catalogue = catalogue
        self.options = options
        live = documents.indices.filter { index in
            StrayCopy(path: documents[index].path) == nil && !documents[index].isBinary
        }
        let keyFiles = KeyFiles(named: live.map { documents[$0] }, catalogue: catalogue)
        let known = live.flatMap { index in
            catalogue.knownSecrets(in: documents[index], index: index)
                + [keyFiles.key(in: documents[index], index: index)].compactMap { $0 }
        }
        grouping = SecretGrouping(known)
        positions = Dictionary(uniqueKeysWithValues: catalogue.settings.enumerated().map { ($1.name, $0) })
        try checkOptions()
    }

    func plan(random: RandomSource, keys: KeyPairMaker) throws -> RotationPlan {
        let (rotated, kept) = try decide()
        let minted = try rotated.map { try mint(for: $0, random: random, keys: keys) }
        let fresh = minted.map(\.fresh)
        let old = rotated.map { group in
            group.spellings.map { SecretGrouping.known($0, kind: settings(of: group)[0].holds ?? .secretKey) }
        }
        // A key's public half is replaced wherever it occurs in the deployment.
        let halves = minted.enumerated().flatMap { index, minted in
            minted.halves.map { (owner: index, old: $0.old, new: $0.new) }
        }
        let edits = RotationEdits(
            of: rotated + halves.map { SecretGrouping.Group(value: $0.old, settings: [], places: []) },
            old: old + halves.map { [SecretGrouping.known($0.old, kind: .publicKey)] },
            fresh: fresh.map(\.bytes) + halves.map(\.new),
            in: documents,
            at: live
        ).documents
        let published = published(old.flatMap { $0 })
        let owners = Array(rotated.indices) + halves.map(\.owner)
        let secrets = secrets(of: rotated, old: old, fresh: fresh, published: published) { index in
            edits.map { edits in
                RotationPlan.Place(path: edits.path, count: edits.owners.count { owners[$0] == index })
            }.filter { $0.count > 0 }
        }
        let changes = edits.map { RotationPlan.FileChange(before: documents[$0.document], edits: $0.edits) }
        let overlap = TURNOverlap(variables: turnVariables(of: rotated))
        let changed = Set(changes.map(\.before.path))
        let variables = DeploymentVariables(in: documents, catalogue: catalogue)
        let era = DeploymentEra(of: documents, variables: variables, catalogue: catalogue)
        let plan = RotationPlan(
            secrets: secrets,
            kept: kept,
            warnings: warnings(old: old.flatMap { $0 }),
            era: era,
            steps: RemainingSteps(
                documents: documents,
                variables: variables,
                era: era,
                catalogue: catalogue,
                changed: changed
            ).steps(for: secrets),
            knownSpans: knownSpans(),
            changes: changes,
            overlap: overlap,
            overlapFiles: live.map { documents[$0] }.filter { document in
                !changed.contains(document.path) && overlap.changes(document)
            },
            options: options
        )
        _ = try plan.editedFiles()
        return plan
    }

    /// Returns the secrets of the groups that get a fresh value; `places` returns the places of a group by its index.
    private func secrets(
        of rotated: [SecretGrouping.Group],
        old: [[KnownValue]],
        fresh: [FreshSecret],
        published: Set<[UInt8]>,
        places: (Int) -> [RotationPlan.Place]
    ) -> [RotationPlan.Secret] {
        rotated.indices.map { index in
            RotationPlan.Secret(
                settings: settings(of: rotated[index]),
                places: places(index),
                notes: notes(on: rotated[index]),
                isPublished: old[index].contains { published.contains($0.bytes) },
                old: old[index],
                fresh: fresh[index]
            )
        }
    }

    /// Decides which groups get a fresh value, in order of the catalogue, and which settings are not changed.
    private func decide() throws -> (rotated: [SecretGrouping.Group], kept: [RotationPlan.Kept]) {
        var rotated: [SecretGrouping.Group] = []
        var kept: [RotationPlan.Kept] = []
        for group in grouping.groups.sorted(by: { position(of: $0) < position(of: $1) }) {
            let settings = settings(of: group)
            let chosen = settings.filter(isChosen)
            guard chosen.isEmpty || chosen.count == settings.count else {
                throw RotationError(
                    .sharedValue,
                    at: chosen[0].name,
                    "\(list(settings)) have the same value, but only \(list(chosen)) would change: "
                        + "name all of them, or none"
                )
            }
            if chosen.isEmpty {
                kept += settings.filter { setting in !kept.contains { $0.setting.name == setting.name } }
                    .map { keep($0, of: group) }
            } else {
                rotated.append(group)
            }
        }
        return (rotated, kept)
    }

    /// A fresh value, with the changes to a key's public half.
    private struct Minted {
        var fresh: FreshSecret
        var halves: [(old: [UInt8], new: [UInt8])]
    }

    private func mint(for group: SecretGrouping.Group, random: RandomSource, keys: KeyPairMaker) throws -> Minted {
        let setting = settings(of: group)[0]
        guard let form = setting.key else {
            let shape = setting.shape.with(characters: options.length)
            return Minted(fresh: FreshSecret(shape, from: random), halves: [])
        }
        do {
            let old = try keys.pair(form, of: SecretBytes(copying: group.value)).publicHalf
            let fresh = FreshSecret(try keys.fresh(form, like: group.value))
            return Minted(fresh: fresh, halves: Array(zip(old, fresh.publicHalf)).map { (old: $0, new: $1) })
        } catch let error as RotationError {
            throw RotationError(error.code, at: setting.name, error.message)
        }
    }

    /// Returns the variables that hold a changing TURN secret, with their current values.
    private func turnVariables(of rotated: [SecretGrouping.Group]) -> [String: SharedSecret] {
        let groups = rotated.filter { settings(of: $0).contains(where: \.isOfTURN) }
        guard !groups.isEmpty else { return [:] }
        var variables: [String: SharedSecret] = [:]
        for value in live.flatMap({ documents[$0].settingValues }) {
            guard let name = value.keyPath.last, groups.contains(where: { $0.value == value.value }) else { continue }
            variables[name] = SharedSecret(copying: value.value)
        }
        return variables
    }

    // MARK: - What changes

    private func checkOptions() throws {
        let known = Set(catalogue.settings.map(\.name))
        for name in (options.only ?? []).union(options.except).sorted() where !known.contains(name) {
            throw RotationError(.unknownName, at: name, "there is no known setting with this name")
        }
        for setting in catalogue.settings where options.only?.contains(setting.name) == true {
            guard let change = setting.change else {
                throw RotationError(.notASecret, at: setting.name, "this setting is not a secret")
            }
            guard change != .issued else {
                throw RotationError(
                    .issuedElsewhere,
                    at: setting.name,
                    "its value is issued by \(setting.owner ?? "somebody else"): get a new one there, and replace the old "
                        + "one with it"
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

    func settings(of group: SecretGrouping.Group) -> [Catalogue.Setting] {
        group.settings.compactMap { positions[$0] }.sorted().map { catalogue.settings[$0] }
    }

    private func position(of group: SecretGrouping.Group) -> Int {
        group.settings.compactMap { positions[$0] }.min() ?? catalogue.settings.count
    }

    private func list(_ settings: [Catalogue.Setting]) -> String { settings.map(\.name).joined(separator: ", ") }
}

extension Document {
    /// Whether a TURN server reads its options from the file: a compose file, or one of the server's own.
    var configuresTURN: Bool {
        layers.first?.format == .yaml || path.split(separator: "/").last?.hasPrefix("turnserver") == true
    }
}
