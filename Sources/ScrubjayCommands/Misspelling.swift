internal import ArgumentParser

/// A verb or an option on a command line that does not exist, which is named before anything else is said to be missing.
struct Misspelling {
    /// What is wrong, in one lower-case sentence.
    var message: String
    /// The names that were meant, perhaps, or where to look.
    var hint: String

    /// Looks for the first word of a command line that no verb knows; nil where each is known.
    static func first(in arguments: [String]) -> Misspelling? {
        var command: any ParsableCommand.Type = Scrubjay.self
        var rest = arguments[...]
        if rest.first == "help" { rest.removeFirst() }
        while let word = rest.first, !command.configuration.subcommands.isEmpty {
            guard !word.hasPrefix("-") else { return nil }
            let verbs = command.configuration.subcommands
            guard let next = verbs.first(where: { $0._commandName == word }) else {
                return Misspelling(
                    "there is no verb '\(word)'",
                    word,
                    among: verbs.map { $0._commandName },
                    of: command
                )
            }
            command = next
            rest.removeFirst()
        }
        let known = options(of: command)
        let unknown = rest.prefix { $0 != "--" }.first { word in
            word.hasPrefix("--") && !known.contains(String(word.prefix { $0 != "=" }))
        }
        guard let unknown else { return nil }
        let name = String(unknown.prefix { $0 != "=" })
        return Misspelling("'\(command._commandName)' has no option '\(name)'", name, among: known, of: command)
    }

    private init(
        _ message: String,
        _ name: String,
        among known: [String],
        of command: any ParsableCommand.Type
    ) {
        self.message = message
        let verb = command == Scrubjay.self ? "" : " " + command._commandName
        hint = NearestNames.question(about: name, among: known) ?? "'scrubjay\(verb) --help' shows what there is"
    }

    /// The long options of a verb, which its help lists.
    private static func options(of command: any ParsableCommand.Type) -> [String] {
        let help = Scrubjay.helpMessage(for: command, includeHidden: true, columns: 400)
        let words = help.split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return Set(words.filter { $0.hasPrefix("--") && $0.count > 2 }.map(String.init)).sorted() + [
            "--help", "--version",
        ]
    }
}
