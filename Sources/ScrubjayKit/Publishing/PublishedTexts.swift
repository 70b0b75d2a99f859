/// The files that a repository gets with its first bundle.
///
/// From then on they belong to its owner.
enum PublishedTexts {
    /// Returns the paths and contents.
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

        A working deployment, published by Scrubjay without its secrets. `\(Publish.treeName)/` contains its files, with a
        stand-in for every secret and every personal value; `\(Publish.bundlesName)/` contains the same as signed archives.

        [\(PublishedGuide.name)](\(PublishedGuide.name)) explains how to verify an archive, which values you have to give,
        and how to start the deployment and take it down again.

        """
    }
}
