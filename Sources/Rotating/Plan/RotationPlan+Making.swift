package import Collecting
package import Documents
package import Sodium

extension RotationPlan {
    /// Plans fresh values for the secrets of a deployment.
    ///
    /// - Parameters:
    ///   - documents: All text files of the deployment.
    ///   - catalogue: What is known about its settings.
    ///   - options: The scope of the rotation.
    ///   - random: The source of fresh values.
    ///   - programs: Runs `openssl` for RSA keys; nil if it may not be run.
    /// - Throws: ``RotationError`` if the options name something that cannot be changed, if a secret to change and one
    ///   to keep have the same value, or if the edited files would be wrong; ``DocumentError`` if a file cannot be
    ///   edited.
    package init(
        for documents: [Document],
        catalogue: Catalogue,
        options: RotationOptions = RotationOptions(),
        random: RandomSource,
        programs: Programs? = nil
    ) throws {
        let documents = documents.sorted { $0.path.precedes($1.path) }
        let maker = try RotationPlanMaker(documents: documents, catalogue: catalogue, options: options)
        self = try maker.plan(random: random, keys: KeyPairMaker(random: random, programs: programs))
    }
}
