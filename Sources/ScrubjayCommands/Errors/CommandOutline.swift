internal import ArgumentParser
internal import Documents

/// The names of a command, its options and its subcommands.
struct CommandOutline {
    /// The word on the command line.
    var name: String
    /// The long options, with their dashes.
    var options: [String]
    /// The commands below it.
    var subcommands: [CommandOutline]

    /// Returns the outline of the whole program, from ArgumentParser's JSON description of it; nil if that cannot be
    /// read.
    static func ofScrubjay() -> CommandOutline? {
        do {
            _ = try Scrubjay.parseAsRoot(["--experimental-dump-help"])
            return nil
        } catch {
            let text = Scrubjay.fullMessage(for: error)
            return (try? JSONValue(parsing: Array(text.utf8)))?["command"].flatMap(CommandOutline.init)
        }
    }

    private init?(_ value: JSONValue) {
        guard case .string(let name)? = value["commandName"] else { return nil }
        let names = Self.elements(of: value["arguments"]).flatMap { Self.elements(of: $0["names"]) }
        let long = names.compactMap { option -> String? in
            guard option["kind"] == "long", case .string(let name)? = option["name"] else { return nil }
            return "--" + name
        }
        self.name = name
        options = long + ["--help", "--version"].filter { !long.contains($0) }
        subcommands = Self.elements(of: value["subcommands"]).compactMap(CommandOutline.init)
    }

    private static func elements(of value: JSONValue?) -> [JSONValue] {
        guard case .array(let elements)? = value else { return [] }
        return elements
    }
}
