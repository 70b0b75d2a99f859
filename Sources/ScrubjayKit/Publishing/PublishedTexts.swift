/// The files that a repository gets with its first bundle.
///
/// From then on they belong to its owner.
enum PublishedTexts {
    /// The paths and contents.
    static func files(name: String) -> [(path: String, text: String)] {
        [(".gitattributes", attributes), ("README.md", readme(name: name))]
    }

    /// Git must not change any packed and signed byte, whatever its line-end settings are.
    private static let attributes = """
        /\(Publish.treeName)/** -text
        /\(Publish.bundlesName)/** -text

        """

    private static func readme(name: String) -> String {
        """
        # \(name)

        A deployment that works, published by Scrubjay without its secrets. `\(Publish.treeName)/` is what runs, with a
        stand-in for every secret and every personal value; `\(Publish.bundlesName)/` has the same as signed archives.

        [\(PublishedGuide.name)](\(PublishedGuide.name)) says how to check an archive, which values of your own it takes, and
        how to start it and take it down again.

        """
    }
}
