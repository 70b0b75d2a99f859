/// The secrets of a deployment that the catalogue knows.
public struct SecretListing: Hashable, Sendable {
    /// The secrets.
    public var secrets: [ListedSecret]
    /// Warnings for the owner, in sentences.
    public var warnings: [String]
    /// The number of secret settings in the catalogue.
    public var knownCount: Int
    /// The age of the deployment's images, as far as its files show it.
    public var era: DeploymentEra

    /// Makes a listing from a plan for all secrets.
    ///
    /// - Parameters:
    ///   - plan: a plan without options.
    ///   - catalogue: the catalogue that the plan was made with.
    ///   - changed: returns the time of a file's last change, in seconds since 1970; nil if unknown.
    package init(_ plan: RotationPlan, catalogue: Catalogue, changed: (String) -> Int?) {
        secrets = plan.secrets.map { secret in
            ListedSecret(
                names: secret.names,
                change: secret.settings.first?.change?.rawValue ?? "fresh",
                placeCount: secret.placeCount,
                notes: secret.notes.map(\.message)
                    + (secret.isPublished ? ["an old copy contains it too"] : []),
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
