import CMalloc
import Glibc
import ScrubjayCommands

// A crash must not write what is in memory to the disk.
var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
_ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)

// Memory that was given back is asked for again at once: the system's calls for that took a sixth of a scan.
_ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
_ = mallopt(M_TOP_PAD, 1 << 20)
_ = mallopt(M_MMAP_THRESHOLD, 32 << 20)

let status = Scrubjay.run(Array(CommandLine.arguments.dropFirst()), console: .ofThisProcess())
exit(status.rawValue)
