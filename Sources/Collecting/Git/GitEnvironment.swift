/// What git may know of this process, and how it is kept from running anything.
enum GitEnvironment {
    /// The options before every command of git.
    ///
    /// The settings are those by which a repository's own configuration starts programs in the commands that are used here.
    static let options: [String] =
        ["--no-pager", "--no-replace-objects", "--no-optional-locks"]
        + ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.alternateRefsCommand=", "diff.external="]
        .flatMap { ["-c", $0] }

    /// What every git gets: English messages, no questions, no network (not even for the missing objects of a partial
    /// clone), no grafts that hide history.
    private static let fixed = [
        "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
        "GIT_GRAFT_FILE": "/dev/null/none",
    ]

    /// Where programs and the user's configuration are.
    private static let general: Set<String> = [
        "PATH", "HOME", "XDG_CONFIG_HOME", "GIT_EXEC_PATH", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    ]

    /// Where the repository is and what it is made of: those of `git rev-parse --local-env-vars` that are used here, and
    /// the quarantine of a push.
    private static let ofRepository: Set<String> = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_CONFIG_PARAMETERS",
    ]

    /// The variables for git, with those that say which repository is meant.
    static func whole(_ environment: [String: String]) -> [String: String] {
        environment.filter { isGeneral($0.key) || ofRepository.contains($0.key) }.merging(fixed) { $1 }
    }

    /// The variables for git, which then looks for the repository itself.
    static func withoutRepository(_ environment: [String: String]) -> [String: String] {
        environment.filter { isGeneral($0.key) }.merging(fixed) { $1 }
    }

    private static func isGeneral(_ name: String) -> Bool {
        general.contains(name) || name.hasPrefix("GIT_CONFIG_KEY_") || name.hasPrefix("GIT_CONFIG_VALUE_")
    }
}
