import Glibc
import ScrubjayCommands

ProcessProtection.apply()
ProcessMemory.giveBackLargeBlocks()
Interruption.announce()
let status = Scrubjay.run(Array(CommandLine.arguments.dropFirst()), console: .ofThisProcess())
exit(status.rawValue)
