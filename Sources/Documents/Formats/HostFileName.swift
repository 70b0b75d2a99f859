/// Recognises files named after a host, whose last label is not an extension: `sites-available/wren.org` is not an Org
/// outline, and `bind/db.wren.pl` is not a Perl program.
package enum HostFileName {
    /// Top-level domains that are also extensions of programs or texts.
    private static let extensions: Set<String> = ["cc", "md", "org", "pl", "py", "rs", "sh"]
    /// The extensions among them that scripts next to zone files rarely have.
    private static let extensionsOfZones: Set<String> = ["cc", "org", "pl"]
    private static let foldersOfSites: Set<String> = [
        "conf.avail", "sites-available", "sites-enabled", "streams-enabled", "vhosts", "vhosts.d",
    ]
    private static let foldersOfZones: Set<String> = [
        "bind", "dns", "master", "masters", "named", "primary", "secondary", "slave", "slaves", "zone", "zones",
    ]

    /// Whether the last component of a path, in a folder, is a host name.
    ///
    /// - Parameters:
    ///   - name: the last component, in lower case.
    ///   - folder: the component before it, in lower case; empty if there is none.
    /// - Returns: true if it is, judging by the text after its last dot and by its folder.
    package static func contains(_ name: String, inFolder folder: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: .dot), dot > name.utf8.startIndex else { return false }
        let label = String(name[name.utf8.index(after: dot)...])
        guard extensions.contains(label) else { return false }
        return name.hasPrefix("db.") || foldersOfSites.contains(folder)
            || foldersOfZones.contains(folder) && extensionsOfZones.contains(label)
    }
}
