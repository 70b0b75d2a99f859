/// Says which files are named after a host, so that what follows the last dot of their name is no extension:
/// `sites-available/wren.org` is no outline of Org, and `bind/db.wren.pl` no program of Perl.
package enum HostFileName {
    /// Top-level domains that are extensions of programs or texts, too.
    private static let extensions: Set<String> = ["cc", "md", "org", "pl", "py", "rs", "sh"]
    /// Those of them that hardly any script has, which may lie beside the zones.
    private static let extensionsOfZones: Set<String> = ["cc", "org", "pl"]
    private static let foldersOfSites: Set<String> = [
        "conf.avail", "sites-available", "sites-enabled", "streams-enabled", "vhosts", "vhosts.d",
    ]
    private static let foldersOfZones: Set<String> = [
        "bind", "dns", "master", "masters", "named", "primary", "secondary", "slave", "slaves", "zone", "zones",
    ]

    /// Whether the last component of a path, in a folder, is the name of a host.
    ///
    /// - Parameters:
    ///   - name: the last component, in lower case.
    ///   - folder: the component before it, in lower case; empty where there is none.
    /// - Returns: whether it is one, by what follows its last dot and by where it lies.
    package static func contains(_ name: String, inFolder folder: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: .dot), dot > name.utf8.startIndex else { return false }
        let label = String(name[name.utf8.index(after: dot)...])
        guard extensions.contains(label) else { return false }
        return name.hasPrefix("db.") || foldersOfSites.contains(folder)
            || foldersOfZones.contains(folder) && extensionsOfZones.contains(label)
    }
}
