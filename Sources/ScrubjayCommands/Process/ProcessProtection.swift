internal import CLinux
internal import Glibc

/// Protects the process before it reads anything: its memory is not dumped, and a closed output does not end it.
public enum ProcessProtection {
    /// The signals of a crash, for which the Swift runtime would start a program that prints registers and memory.
    private static let defects = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP]

    /// Applies the protection; if the system refuses, the process ends before it has read anything.
    public static func apply() {
        // The limit applies if cores are written to files. If they are piped to a program such as systemd-coredump, the
        // kernel ignores it, but makes no core of a process that is not dumpable; such a process is also hidden from
        // others of the same user.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0, forbid_dumps() == 0 else {
            let reason = unsafe String(cString: strerror(errno))
            let message = "scrubjay: core dumps cannot be switched off: \(reason)\n"
            _ = unsafe write(STDERR_FILENO, message, message.utf8.count)
            exit(ExitStatus.failure.rawValue)
        }
        for number in defects { signal(number, SIG_DFL) }
        // If a reader goes away, as in `scrubjay … 2>&1 | head`, the run must not end between two steps. Writing fails
        // instead.
        signal(SIGPIPE, SIG_IGN)
    }
}
