import Glibc
import ScrubjayCommands

let console = Console.ofThisProcess()
let status = Scrubjay.run(Array(CommandLine.arguments.dropFirst()), console: console)
exit(status.rawValue)
