internal import Sanitizing

/// The page of a published repository that explains how to deploy and remove the latest version.
///
/// It is rewritten with every version as long as it begins with its first line.
struct PublishedGuide {
    /// The name of the page.
    static let name = "DEPLOY.md"
    /// The first line of the page; without it, the page belongs to the owner of the repository.
    static let mark = """
        <!-- 'scrubjay publish' rewrites this page with every version; remove this line to keep your own. -->
        """
    /// The folder of a downloader's own deployment in the commands.
    static let folder = "mine"
    /// The maximum size of the page in bytes.
    static let longest = 1 << 24

    /// The name of the bundle, without its version.
    var name: String
    /// The path of the archive.
    var archive: String
    /// The path of the public key that verifies the archive.
    var key: String
    /// The parameters.
    var parameters: [Parameter]
    /// The commands that start, preview and remove the deployment.
    var commands: [String]

    /// The page, in Markdown.
    var text: String {
        """
        \(Self.mark)

        # How to deploy \(name)

        You need `scrubjay`; its repository explains how to build and install it. `minisign` and `tar` are enough to verify and
        unpack an archive, but not to fill in values.

        1. Verify the archive:

               scrubjay verify \(archive) --public-key \(key)
               minisign -V -p \(key) -m \(archive)        # the signature alone, without Scrubjay

        2. List the values, edit the list, and fill them in. Without `--values` you are asked for each:

               scrubjay hydrate \(archive) --public-key \(key) --list > values.yml
               scrubjay hydrate \(archive) --public-key \(key) --values values.yml --output \(Self.folder)

        \(start)
        ## Values

        \(table)
        To update to a later version, use `scrubjay hydrate --update`, which keeps your values and your changes.

        """
    }

    private var start: String {
        guard !commands.isEmpty else { return "3. Start it as its own documentation explains.\n" }
        return "3. Start it, or take it down:\n\n" + commands.map { "       \($0)\n" }.joined()
    }

    private var table: String {
        let own = parameters.filter { $0.origin == nil }
        guard !own.isEmpty else { return "There are no values to give.\n" }
        let rows = own.sorted { rank($0) < rank($1) }.map { parameter in
            "| `\(parameter.name)` | \(Self.cell(parameter.summary)) | \(need(of: parameter)) | `\(Self.cell(parameter.standIn))` |\n"
        }
        return "| name | what | | stand-in |\n|---|---|---|---|\n" + rows.joined()
    }

    private func rank(_ parameter: Parameter) -> (Int, String) {
        (parameter.generator != nil ? 1 : parameter.isRequired ? 0 : 2, parameter.name)
    }

    private func need(of parameter: Parameter) -> String {
        if parameter.generator != nil { return "generated" }
        return parameter.isRequired ? "required" : "optional"
    }

    /// Returns a text without characters that would end a table cell.
    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("`", with: "'").replacing("\n", with: " ")
    }
}
