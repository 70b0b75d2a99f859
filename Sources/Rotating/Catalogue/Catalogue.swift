/// The known settings of one kind of service: which ones hold secrets, which components read them, and how each gets a
/// fresh value.
public struct Catalogue: Sendable {
    /// How a service treats the accounts and settings of a deployment at startup, over a range of releases.
    public struct Regime: Hashable, Sendable {
        /// A short name.
        public var name: String
        /// The releases with this behaviour.
        public var releases: ReleaseRange
        /// Whether each start sets the accounts' passwords from the environment.
        public var setsAccountsAtEachStart: Bool
        /// The consequence for a rotation.
        public var meaning: String
    }

    /// The settings, in order of the data.
    public let settings: [Setting]
    /// The regimes, from the oldest releases to the newest.
    public let regimes: [Regime]
    /// The layouts, from the oldest releases to the newest.
    public let layouts: [Layout]
    /// Additional keys under which files set variables that the templates of accounts and proofs need.
    let variables: [Variable]
    /// The components whose containers take new values, in order of recreation.
    public let order: [String]

    /// A variable of a template, and the last keys of paths that set it in other formats.
    struct Variable: Sendable {
        var name: String
        var patterns: [SettingPath.Pattern]
    }

    private let settingsByLastKey: [String: [Alias]]

    /// A path that identifies a setting.
    private struct Alias: Sendable {
        var pattern: SettingPath.Pattern
        var index: Int
        var isName: Bool
    }

    /// The meaning of a path of keys.
    struct Match: Sendable {
        /// The possible settings; several if a component uses one name for two settings.
        var settings: [Setting]
        /// Whether it is the setting's own name rather than an alias in some format.
        var isName: Bool
    }

    /// Makes a catalogue.
    init(settings: [Setting], regimes: [Regime], layouts: [Layout], variables: [Variable], order: [String]) {
        self.settings = settings
        self.variables = variables
        self.regimes = regimes
        self.layouts = layouts
        self.order = order
        var byLastKey: [String: [Alias]] = [:]
        for (index, setting) in settings.enumerated() {
            var paths = setting.aliases.map { (text: $0, isName: false) }
            if setting.isVariable { paths.append((setting.name, true)) }
            for path in paths {
                let pattern = SettingPath.Pattern(path.text)
                byLastKey[pattern.lastKey, default: []].append(
                    Alias(pattern: pattern, index: index, isName: path.isName)
                )
            }
        }
        settingsByLastKey = byLastKey
    }

    /// Returns the variables that a value at a path sets, under a name of another format.
    func variables(at path: SettingPath) -> [String] {
        variables.filter { variable in
            variable.patterns.contains { $0.lastKey == path.lastKey && $0.matches(path) }
        }.map(\.name)
    }

    /// Returns the setting with this name; nil if there is none.
    public func setting(named name: String) -> Setting? { settings.first { $0.name == name } }

    /// Returns the settings that a value at `keyPath` may belong to, under their own names or an alias.
    public func settings(at keyPath: [String]) -> [Setting] { match(SettingPath(keyPath))?.settings ?? [] }

    /// Returns the regime of a release; nil if it is unknown.
    public func regime(of release: Release) -> Regime? {
        regimes.last { $0.releases.contains(release) }
    }

    /// Returns the meaning of a path.
    ///
    /// The setting's own name takes precedence over an alias, and a longer alias over a shorter one.
    func match(_ path: SettingPath) -> Match? {
        guard let lastKey = path.lastKey, let aliases = settingsByLastKey[lastKey] else { return nil }
        let fitting = aliases.filter { $0.pattern.matches(path) }
        if let name = fitting.first(where: \.isName) { return Match(settings: [settings[name.index]], isName: true) }
        guard let length = fitting.map(\.pattern.count).max() else { return nil }
        let longest = fitting.filter { $0.pattern.count == length }
        return Match(settings: longest.map { settings[$0.index] }, isName: false)
    }
}
