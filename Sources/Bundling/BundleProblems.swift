/// Several problems that are reported together, so that they need not be found one by one.
public struct BundleProblems: Error, Sendable {
    /// The problems; two or more.
    public let errors: [BundleError]

    /// Throws one problem as it is, and several together.
    ///
    /// - Throws: ``BundleError`` or ``BundleProblems``; nothing if there is no problem.
    public static func check(_ errors: [BundleError]) throws {
        guard let first = errors.first else { return }
        throw errors.count == 1 ? first : BundleProblems(errors: errors)
    }
}
