internal import ArgumentParser

/// An unknown verb or option on a command line, which is reported before anything is reported as missing.
struct Misspelling {
    /// The problem, in one lower-case sentence.
    var message: String
    /// The names that may have been meant, or where to look.
    var hint: String

    /// Finds the first unknown word of a command line; nil if all are known.
    static func first(in arguments: [String]) -> Misspelling? {
        var command: any ParsableCommand.Type = Scrubjay.self
        var rest = arguments[...]
        if rest.first == "help" { rest.removeFirst() }
        while let word = rest.first, !command.configuration.subcommands.isEmpty {
            guard !word.hasPrefix("-") else { return nil }
            let verbs = command.configuration.subcommands
            guard let next = verbs.first(where: { $0._commandName == word }) else {
                return Misspelling(
                    "unknown command '\(word)'",
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
        hint = NearestNames.question(about: name, among: known) ?? "'scrubjay\(verb) --help' lists them"
    }

    /// The long options of a verb, from its help.
    private static func options(of command: any ParsableCommand.Type) -> [String] {
        let help = Scrubjay.helpMessage(for: command, includeHidden: true, columns: 400)
        let words = help.split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return Set(words.filter { $0.hasPrefix("--") && $0.count > 2 }.map(String.init)).sorted() + [
            "--help", "--version",
        ]
    }
}
