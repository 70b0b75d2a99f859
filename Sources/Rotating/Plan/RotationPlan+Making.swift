package import Collecting
package import Documents
package import Sodium

extension RotationPlan {
    /// Plans fresh values for the secrets of a deployment.
    ///
    /// - Parameters:
    ///   - documents: All text files of the deployment.
    ///   - archives: What is in its archives, in order of their paths.
    ///   - catalogue: What is known about its settings.
    ///   - options: What is to change.
    ///   - random: Where fresh values come from.
    ///   - programs: Starts `openssl` where an RSA key is wanted; nil where it may not.
    ///   - isPreview: Whether the plan is shown and never written, so that an RSA key need not be one.
    /// - Throws: ``RotationError`` where the options name what cannot be changed, where a secret that is to change and one
    ///   that is to stay hold one value, or where the edited files would not be as planned; ``DocumentError`` where a file
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
