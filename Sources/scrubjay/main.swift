import Glibc
import ScrubjayCommands

ProcessProtection.apply()
let status = Scrubjay.run(Array(CommandLine.arguments.dropFirst()), console: .ofThisProcess())
exit(status.rawValue)
