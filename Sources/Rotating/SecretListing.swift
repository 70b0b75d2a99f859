/// One secret of a deployment as a list shows it: where it stands and how good it is, and never the value.
public struct ListedSecret: Hashable, Sendable {
    /// The settings that hold it.
    public var names: [String]
    /// What a rotation does with it, as a word: `fresh`, `elsewhere`, `issued`.
    public var change: String
    /// How many places of it the deployment has; nil where it stays, and its places were not counted.
    public var placeCount: Int?
    /// How the value is bad, in sentences; empty where it is not.
    public var notes: [String]
    /// The seconds since 1970 at which a file that holds it was last changed, the latest; nil where that is not known.
    public var lastChange: Int?
}

/// What a deployment holds of the secrets that the catalogue knows.
public struct SecretListing: Hashable, Sendable {
    /// The secrets.
    public var secrets: [ListedSecret]
    /// What the owner should see to, in sentences.
    public var warnings: [String]
    /// How many settings the catalogue knows that hold a secret.
    public var knownCount: Int
    /// Of which time the deployment's images are, as far as its files say it.
    public var era: DeploymentEra

    /// Makes a listing of a plan for all secrets.
    ///
    /// - Parameters:
    ///   - plan: a plan without options.
    ///   - catalogue: what the plan was made with.
    ///   - changed: when a file was last changed, in seconds since 1970.
    package init(_ plan: RotationPlan, catalogue: Catalogue, changed: (String) -> Int?) {
        secrets = plan.secrets.map { secret in
            ListedSecret(
                names: secret.names,
                change: secret.settings.first?.change?.rawValue ?? "fresh",
                placeCount: secret.placeCount,
                notes: secret.notes.map(\.message)
                    + (secret.isPublished ? ["a copy of an earlier state holds it, too"] : []),
                lastChange: secret.places.compactMap { changed($0.path) }.max()
            )
        }
        secrets += plan.kept.map { kept in
            ListedSecret(
                names: [kept.setting.name],
                change: kept.setting.change?.rawValue ?? "issued",
                placeCount: nil,
                notes: kept.notes.map(\.message),
                lastChange: nil
            )
        }
        warnings = plan.warnings.map(\.message)
        era = plan.era
        knownCount = catalogue.settings.count { $0.change != nil }
    }
}
