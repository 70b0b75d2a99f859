import Glibc
import ScrubjayCommands

// A crash must not write memory to disk.
var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
_ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)

let status = Scrubjay.run(Array(CommandLine.arguments.dropFirst()), console: .ofThisProcess())
exit(status.rawValue)
