/// What is known about the settings of one kind of service: which hold secrets, who reads them, and how each gets a fresh
/// value.
public struct Catalogue: Sendable {
    /// How a service treats the accounts and settings of a deployment when it starts, over a range of releases.
    public struct Regime: Hashable, Sendable {
        /// A short name.
        public var name: String
        /// The releases that do so.
        public var releases: ReleaseRange
        /// Whether each start sets the passwords of the accounts from the environment.
        public var setsAccountsAtEachStart: Bool
        /// What it means for a rotation.
        public var meaning: String
    }

    /// The settings, in the order of the data.
    public let settings: [Setting]
    /// The regimes, from the oldest releases to the newest.
    public let regimes: [Regime]
    /// The layouts, from the oldest releases to the newest.
    public let layouts: [Layout]
    /// Further keys under which files say what a template of an account or a proof wants to know.
    let variables: [Variable]
    /// The components whose containers take new values, in the order in which they are recreated.
    public let order: [String]

    /// A variable of a template, and the last keys of paths that say it in other formats.
    struct Variable: Sendable {
        var name: String
        var patterns: [SettingPath.Pattern]
    }

    private let settingsByLastKey: [String: [Alias]]

    /// A path by which a setting is known, and which setting that is.
    private struct Alias: Sendable {
        var pattern: SettingPath.Pattern
        var index: Int
        var isName: Bool
    }

    /// What a path of keys names.
    struct Match: Sendable {
        /// The settings that it may stand for; several where a component names two settings alike.
        var settings: [Setting]
        /// Whether it is the setting's own name, and no other by which some format knows it.
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

    /// The variables that a value at a path says, under a name of another format.
    func variables(at path: SettingPath) -> [String] {
        variables.filter { variable in
            variable.patterns.contains { $0.lastKey == path.lastKey && $0.matches(path) }
        }.map(\.name)
    }

    /// The setting with this name.
    public func setting(named name: String) -> Setting? { settings.first { $0.name == name } }

    /// The settings that a value at `keyPath` may belong to, under their own names or one of their aliases.
    public func settings(at keyPath: [String]) -> [Setting] { match(SettingPath(keyPath))?.settings ?? [] }

    /// The regime of a release.
    public func regime(of release: Release) -> Regime? {
        regimes.last { $0.releases.contains(release) }
    }

    /// What a path names; the setting's own name comes before an alias, and a longer alias before a shorter one.
    func match(_ path: SettingPath) -> Match? {
        guard let lastKey = path.lastKey, let aliases = settingsByLastKey[lastKey] else { return nil }
        let fitting = aliases.filter { $0.pattern.matches(path) }
        if let name = fitting.first(where: \.isName) { return Match(settings: [settings[name.index]], isName: true) }
        guard let length = fitting.map(\.pattern.count).max() else { return nil }
        let longest = fitting.filter { $0.pattern.count == length }
        return Match(settings: longest.map { settings[$0.index] }, isName: false)
    }
}
