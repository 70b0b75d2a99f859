import Foundation
import Glibc

/// The resources that one run of a program used, as the system reports them when it has ended.
struct Measurement {
    /// The time from start to end in seconds.
    var wall: Double
    /// The CPU time in seconds, user and system, including child processes.
    var cpu: Double
    /// The peak memory of the program or of one of its child processes, in MiB.
    var peak: Double
    /// Whether it was stopped before its end.
    var isStopped: Bool
    /// The exit status; 128 plus the signal number if a signal ended the program.
    var status: Int32

    /// Runs a program and discards its output; nil if it cannot be started.
    static func run(_ executable: String, _ arguments: [String], limit: Int) -> Measurement? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var argv = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        let clock = ContinuousClock()
        let start = clock.now
        var process: pid_t = 0
        guard posix_spawn(&process, executable, &actions, nil, &argv, environ) == 0 else { return nil }
        let deadline = Deadline(process, seconds: limit)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let wall = start.duration(to: clock.now)
        let isStopped = deadline.end()
        return Measurement(
            wall: seconds(wall),
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peak: Double(usage.ru_maxrss) / 1024,
            isStopped: isStopped,
            status: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        )
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}

/// Stops a process that takes too long.
private final class Deadline: @unchecked Sendable {
    private let lock = NSLock()
    private var isOver = false
    private var wasReached = false

    init(_ process: pid_t, seconds: Int) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [self] in
            lock.withLock {
                // After the process has ended, its ID may belong to another process.
                guard !isOver else { return }
                wasReached = true
                kill(process, SIGKILL)
            }
        }
    }

    /// Ends the watch, and returns whether the process was stopped.
    func end() -> Bool {
        lock.withLock {
            isOver = true
            return wasReached
        }
    }
}
