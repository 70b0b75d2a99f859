internal import Detecting

/// A word on the command line that is not the name of any verb or option.
struct Misspelling {
    /// The message that names the unknown word.
    var message: String
    /// The names that may have been meant, or how to list all of them.
    var hint: String

    /// Finds the first unknown verb or option among the arguments; nil if all are known.
    static func first(in arguments: [String]) -> Misspelling? {
        guard var command = CommandOutline.ofScrubjay() else { return nil }
        var verbs: [String] = []
        var rest = arguments[...]
        if rest.first == "help" { rest.removeFirst() }
        while let word = rest.first, !command.subcommands.isEmpty {
            guard !word.hasPrefix("-") else { return nil }
            guard let next = command.subcommands.first(where: { $0.name == word }) else {
                return Misspelling("unknown command '\(word)'", word, among: command.subcommands.map(\.name), of: verbs)
            }
            command = next
            verbs.append(word)
            rest.removeFirst()
        }
        let unknown = rest.prefix { $0 != "--" }.first { word in
            word.hasPrefix("--") && !command.options.contains(String(word.prefix { $0 != "=" }))
        }
        guard let unknown else { return nil }
        let name = String(unknown.prefix { $0 != "=" })
        return Misspelling("'\(command.name)' has no option '\(name)'", name, among: command.options, of: verbs)
    }

    private init(_ message: String, _ name: String, among known: [String], of verbs: [String]) {
        self.message = message
        let command = (["scrubjay"] + verbs).joined(separator: " ")
        hint = NearestNames.question(about: name, among: known) ?? "see '\(command) --help'"
    }
}
