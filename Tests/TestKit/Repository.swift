/// The checkout that the tests run in.
public enum Repository {
    /// The absolute path of the checkout's root, without a final slash.
    public static let root: String = {
        var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(3)
        return components.joined(separator: "/")
    }()

    /// The absolute path of the invented deployment that most tests use.
    public static let fixture = root + "/fixtures/jitsi-gcp"
}
