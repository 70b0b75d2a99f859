package import Collecting
package import Documents
package import Sodium

extension RotationPlan {
    /// Plans fresh values for the secrets of a deployment.
    ///
    /// - Parameters:
    ///   - documents: all text files of the deployment.
    ///   - archives: the contents of its archives, in order of their paths.
    ///   - catalogue: the catalogue of its settings.
    ///   - options: which secrets are changed, and how.
    ///   - random: the source of fresh values.
    ///   - programs: starts `openssl` if an RSA key is needed; nil if no program may be started.
    ///   - isPreview: whether the plan is only shown, so that an RSA key may be a placeholder.
    /// - Throws: ``RotationError`` if the options name something that cannot be changed, if a secret to change and one
    ///   to keep have the same value, or if the edited files would not be as planned; ``DocumentError`` if a file
    ///   cannot be edited.
    package init(
        for documents: [Document],
        archives: [ArchivedFiles] = [],
        catalogue: Catalogue,
        options: RotationOptions = RotationOptions(),
        random: RandomSource,
        programs: Programs? = nil,
        isPreview: Bool = false
    ) throws {
        let documents = documents.sorted { $0.path.precedes($1.path) }
        let maker = try RotationPlanMaker(
            documents: documents,
            archives: archives,
            catalogue: catalogue,
            options: options
        )
        self = try maker.plan(
            random: random,
            keys: KeyPairMaker(random: random, programs: programs, isPreview: isPreview)
        )
    }
}
