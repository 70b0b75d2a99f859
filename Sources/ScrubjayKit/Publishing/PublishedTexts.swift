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
        let file = "\(Publish.bundlesName)/\(name)-VERSION.tar.gz"
        let key = "\(Publish.bundlesName)/\(name).pub"
        return """
            # \(name)

            A working deployment, published by Scrubjay without its secrets. `\(Publish.treeName)/` contains its files, with a
            stand-in for every secret and every personal value; `\(Publish.bundlesName)/` contains the same as signed archives.

            Verify an archive, list the values that it needs, and turn it into your own deployment with fresh secrets:

                scrubjay verify \(file) --public-key \(key)
                scrubjay hydrate \(file) --public-key \(key) --list
                scrubjay hydrate \(file) --public-key \(key) --output mine

            `minisign -V -p \(key) -m \(file)` also verifies the signature. `\(Publish.treeName)/parameters.json` lists every
            parameter and its places.

            """
    }
}
