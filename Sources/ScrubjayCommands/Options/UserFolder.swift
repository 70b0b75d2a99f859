internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// The folders of a user, as the XDG Base Directory Specification says; nil where there is no home.
enum UserFolder {
    /// Where configuration is.
    static func configuration(_ environment: [String: String]) -> FilePath? {
        folder(environment, "XDG_CONFIG_HOME", inHome: ".config")
    }

    /// Where rules are kept that were compiled once.
    static func compiledRules(_ environment: [String: String]) -> CompiledCache? {
        folder(environment, "XDG_CACHE_HOME", inHome: ".cache").map { CompiledCache(folder: $0.appending("scrubjay")) }
    }

    private static func folder(_ environment: [String: String], _ variable: String, inHome name: String) -> FilePath? {
        if let folder = environment[variable], folder.hasPrefix("/") { return FilePath(folder) }
        // A home that is not there, as of accounts that nobody logs in to, is not made for our sake.
        guard let home = environment["HOME"], home.hasPrefix("/"), (try? Deployment.isFolder(FilePath(home))) == true
        else { return nil }
        return FilePath(home).appending(name)
    }
}
