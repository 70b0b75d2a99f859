/// Which Scrubjay this is.
enum Version {
    /// The version as `--version` prints it.
    static let text = "0.1.0"
}
