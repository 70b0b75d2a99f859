/// The commands that start a hydrated deployment, preview it and take it down, by what it holds.
enum StartCommands {
    /// The commands, with a comment each.
    static func commands(for paths: [String], in output: String) -> [String] {
        var commands: [String] = []
        let composeNames: Set = ["docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"]
        for path in paths where composeNames.contains(name(of: path)) {
            let folder = quoted(folder(of: path, in: output))
            commands.append("(cd \(folder) && docker compose config --quiet)   # check it")
            commands.append("(cd \(folder) && docker compose up --detach)      # start it")
            commands.append("(cd \(folder) && docker compose down)             # take it down")
        }
        for folder in Set(paths.filter { $0.hasSuffix(".tf") }.map { folder(of: $0, in: output) }).sorted() {
            let folder = quoted(folder)
            commands.append("terraform -chdir=\(folder) init && terraform -chdir=\(folder) plan   # preview it")
            commands.append("terraform -chdir=\(folder) apply                      # start it")
            commands.append("terraform -chdir=\(folder) destroy                    # take it down")
        }
        return commands
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func folder(of path: String, in output: String) -> String {
        ([output] + path.split(separator: "/").dropLast().map(String.init)).joined(separator: "/")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-".utf8.contains(byte)
            }
        }
        return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
