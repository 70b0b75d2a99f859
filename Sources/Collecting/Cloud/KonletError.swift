/// The reason why a container declaration cannot become a cloud-init.
struct KonletError: Error, Hashable, Sendable {
    /// The problem, in one lower-case sentence.
    var message: String
}
