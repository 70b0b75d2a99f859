public import Collecting
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// The parts of the process that a command may use: its streams, its environment and its clock.
public struct Console: Sendable {
    /// Writes to standard output: results.
    public var output: @Sendable ([UInt8]) -> Void
    /// The error that kept output from being written; nil if there is none, or the reader has gone.
    public var outputFailure: @Sendable () -> String?
    /// Whether nobody reads the output any more, as in `scrubjay scan | head`.
    public var isOutputClosed: @Sendable () -> Bool
    /// Writes to standard error: everything that is meant for people.
    public var notice: @Sendable ([UInt8]) -> Void
    /// The environment variables that commands read.
    public var environment: [String: String]
    /// Returns the current time, in seconds since 1970.
    public var clock: @Sendable () -> Int
    /// Finds the terminal at which a person can be asked for a secret; nil if there is none.
    public var terminal: @Sendable () -> TerminalDevice?
    /// Writes a question for the person at the terminal.
    public var ask: @Sendable ([UInt8]) -> Void
    /// Reads a typed line without its end; nil at the end of the input.
    public var readLine: @Sendable () -> String?
    /// The clock for waiting and time limits.
    public var pace: Pace
    /// Whether there is a terminal with a person who sees the notices, so that questions about them can be asked.
    public var isInteractive: Bool
    /// Whether the output is a terminal with colour.
    public var showsColour: Bool
    /// Whether the notices go to a terminal on which a line can be erased.
    public var showsProgress: Bool
    /// Returns the width of the terminal that people read at, in columns; nil if there is none.
    public var columns: @Sendable () -> Int?
    /// The absolute path of the working folder.
    public var workingFolder: String

    /// Makes the console of the running process.
    public static func ofThisProcess() -> Console {
        let environment = readEnvironment()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let device = LazyTerminal()
        let failure = Failure()
        return Console(
            output: { bytes in
                let code = Self.write(bytes, to: STDOUT_FILENO)
                if code != 0 { failure.code.store(code, ordering: .relaxed) }
            },
            outputFailure: {
                let code = failure.code.load(ordering: .relaxed)
                return code == 0 || code == EPIPE ? nil : "\(Errno(rawValue: code))"
            },
            isOutputClosed: { failure.code.load(ordering: .relaxed) == EPIPE },
            notice: { _ = Self.write($0, to: STDERR_FILENO) },
            environment: environment,
            clock: { Int(time(nil)) },
            terminal: { device.terminal },
            ask: { question in
                if let terminal = device.terminal { _ = Self.write(question, to: terminal.output) }
            },
            readLine: { device.terminal?.readLine() },
            pace: Pace(now: steadyTime, wait: sleep),
            isInteractive: isatty(STDERR_FILENO) == 1 && device.terminal != nil,
            showsColour: isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb",
            showsProgress: isatty(STDERR_FILENO) == 1 && environment["TERM", default: "dumb"] != "dumb",
            columns: terminalWidth,
            workingFolder: readWorkingFolder()
        )
    }

    /// The variables with which other programs find their configuration, their login and the network.
    private static let ofOtherPrograms: Set = [
        "ALL_PROXY", "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF", "CONTAINER_CONNECTION", "CONTAINER_HOST",
        "CONTAINER_SSHKEY", "GOOGLE_APPLICATION_CREDENTIALS", "HTTPS_PROXY", "HTTP_PROXY",
        "NO_PROXY", "USER", "XDG_RUNTIME_DIR", "all_proxy", "http_proxy", "https_proxy", "no_proxy",
    ]

    /// Reads the variables of commands, and those passed to git, ssh-keygen, gcloud and docker.
    private static func readEnvironment() -> [String: String] {
        let names: Set = [
            "COLUMNS", "DISPLAY", "HOME", "LANG", "LC_ALL", "NO_COLOR", "PATH", "SOURCE_DATE_EPOCH", "TERM",
            "WAYLAND_DISPLAY", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
        ]
        let prefixes = ["CLOUDSDK_", "DOCKER_", "GIT_", "SSH_", "SCRUBJAY_SET_"]
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard parts.count == 2 else {
                unsafe entry += 1
                continue
            }
            if names.contains(String(parts[0])) || prefixes.contains(where: parts[0].hasPrefix)
                || ofOtherPrograms.contains(String(parts[0]))
            {
                variables[String(parts[0])] = String(parts[1])
            }
            unsafe entry += 1
        }
        return variables
    }

    /// The system's steady clock.
    private static func steadyTime() -> Duration {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
    }

    private static func sleep(_ time: Duration) {
        var left = timespec(
            tv_sec: Int(time.components.seconds),
            tv_nsec: Int(time.components.attoseconds / 1_000_000_000)
        )
        var rest = timespec()
        while unsafe nanosleep(&left, &rest) != 0 && errno == EINTR { left = rest }
    }

    @Sendable private static func terminalWidth() -> Int? {
        for descriptor in [STDERR_FILENO, STDOUT_FILENO] {
            var size = winsize()
            if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        }
        return nil
    }

    private static func readWorkingFolder() -> String {
        guard let path = unsafe getcwd(nil, 0) else { return "" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// Writes a line of results, or several.
    ///
    /// A name chosen by somebody else cannot move the cursor.
    func print(_ text: String) { output(Array((Printable.lines(text) + "\n").utf8)) }

    /// Writes a line for people, or several, as ``print(_:)`` does.
    func say(_ text: String) { notice(Array((Printable.lines(text) + "\n").utf8)) }

    /// The last error in writing the output.
    private final class Failure: Sendable {
        let code = Atomic<Int32>(0)
    }

    /// Writes all bytes, and returns the system's error code if that fails.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return errno }
            written += count
        }
        return 0
    }
}
