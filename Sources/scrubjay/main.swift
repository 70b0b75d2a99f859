import Glibc
import ScrubjayCommands

ProcessProtection.apply()
Interruption.announce()
let status = Scrubjay.run(Array(CommandLine.arguments.dropFirst()), console: .ofThisProcess())
exit(status.rawValue)
