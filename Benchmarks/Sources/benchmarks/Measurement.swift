import Foundation
import Glibc

/// What one run of a program took, as the system counts it when the program has ended.
struct Measurement {
    /// Seconds from start to end.
    var wall: Double
    /// Seconds on all processors, in the program and in the kernel for it, with those of its children.
    var cpu: Double
    /// The most memory that it, or one of its children, had at a time, in MiB.
    var peak: Double
    /// Whether it was stopped before its end.
    var isStopped: Bool
    /// What the program ended with; 128 and the signal where one has ended it.
    var status: Int32

    /// Runs a program with its output thrown away; nil where it cannot be started.
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
                // What has ended may have given its number to another process.
                guard !isOver else { return }
                wasReached = true
                kill(process, SIGKILL)
            }
        }
    }

    /// Ends the watch, and says whether the process was stopped.
    func end() -> Bool {
        lock.withLock {
            isOver = true
            return wasReached
        }
    }
}
