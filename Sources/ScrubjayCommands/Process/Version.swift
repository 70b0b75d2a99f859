/// The version of Scrubjay.
enum Version {
    /// The version printed by `--version`.
    static let text = "0.1.0"
}
