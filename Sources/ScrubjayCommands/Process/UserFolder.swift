internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// The folders of a user by the XDG Base Directory Specification; nil if there is no home.
enum UserFolder {
    /// The folder of configuration.
    static func configuration(_ environment: [String: String]) -> FilePath? {
        folder(environment, "XDG_CONFIG_HOME", inHome: ".config")
    }

    /// The cache of compiled rules.
    static func compiledRules(_ environment: [String: String]) -> CompiledCache? {
        folder(environment, "XDG_CACHE_HOME", inHome: ".cache").map { CompiledCache(folder: $0.appending("scrubjay")) }
    }

    private static func folder(_ environment: [String: String], _ variable: String, inHome name: String) -> FilePath? {
        if let folder = environment[variable], folder.hasPrefix("/") { return FilePath(folder) }
        // A missing home, as for accounts without login, is not created.
        guard let home = environment["HOME"], home.hasPrefix("/"), (try? Deployment.isFolder(FilePath(home))) == true
        else { return nil }
        return FilePath(home).appending(name)
    }
}
