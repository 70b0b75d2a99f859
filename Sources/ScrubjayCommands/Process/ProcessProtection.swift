internal import CLinux
internal import Glibc

/// What the process asks of the system before it reads anything, so that what is in its memory stays there, and what it
/// writes is finished.
public enum ProcessProtection {
    /// The signals of a defect, for which the Swift runtime would start a program that shows registers and memory.
    private static let defects = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP]

    /// Asks for it; where the system refuses, the process ends before it has read anything.
    public static func apply() {
        // The limit counts where cores are files. Where they are handed to a program, as systemd-coredump, the kernel does
        // not look at it, but makes none of a process that is not dumpable; nor may others of the same user look into one.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0, forbid_dumps() == 0 else {
            let reason = unsafe String(cString: strerror(errno))
            let message = "scrubjay: core dumps cannot be switched off: \(reason)\n"
            _ = unsafe write(STDERR_FILENO, message, message.utf8.count)
            exit(ExitStatus.failure.rawValue)
        }
        for number in defects { signal(number, SIG_DFL) }
        // A reader that goes away, as in `scrubjay … 2>&1 | head`, must not end a run between two of its steps: writing says
        // that nobody reads any more.
        signal(SIGPIPE, SIG_IGN)
    }
}
