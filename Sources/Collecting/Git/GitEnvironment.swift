/// The environment of git, and the options that keep it from running other programs.
enum GitEnvironment {
    /// The options before every git command.
    ///
    /// They override the settings with which a repository's own configuration could start programs in the commands used
    /// here.
    static let options: [String] =
        ["--no-pager", "--no-replace-objects", "--no-optional-locks"]
        + ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.alternateRefsCommand=", "diff.external="]
        .flatMap { ["-c", $0] }

    /// The variables of every git command: English messages, no prompts, no network (not even for missing objects of a
    /// partial clone), and no grafts that hide history.
    private static let fixed = [
        "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
        "GIT_GRAFT_FILE": "/dev/null/none",
    ]

    /// The variables for programs and the user's configuration.
    private static let general: Set<String> = [
        "PATH", "HOME", "XDG_CONFIG_HOME", "GIT_EXEC_PATH", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    ]

    /// The variables for the location and parts of the repository: those of `git rev-parse --local-env-vars` that are
    /// used here, and the quarantine of a push.
    private static let ofRepository: Set<String> = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_CONFIG_PARAMETERS",
    ]

    /// The variables for commits: the identity in whose name they are made, and what signs them.
    private static let ofCommits: Set<String> = [
        "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
        "GIT_COMMITTER_DATE", "EMAIL", "GNUPGHOME", "GPG_TTY", "SSH_AUTH_SOCK",
    ]

    /// Returns the additional variables of the commands `var` and `commit`.
    static func forCommits(_ environment: [String: String]) -> [String: String] {
        environment.filter { ofCommits.contains($0.key) }
    }

    /// Returns the variables for git, including those that select the repository.
    static func whole(_ environment: [String: String]) -> [String: String] {
        environment.filter { isGeneral($0.key) || ofRepository.contains($0.key) }.merging(fixed) { $1 }
    }

    /// Returns the variables for git without those that select the repository, so that git finds it itself.
    static func withoutRepository(_ environment: [String: String]) -> [String: String] {
        environment.filter { isGeneral($0.key) }.merging(fixed) { $1 }
    }

    private static func isGeneral(_ name: String) -> Bool {
        general.contains(name) || name.hasPrefix("GIT_CONFIG_KEY_") || name.hasPrefix("GIT_CONFIG_VALUE_")
    }
}
