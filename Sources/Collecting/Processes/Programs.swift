internal import Glibc
package import Sodium
internal import SystemPackage

/// Starts other programs and reads their output, within limits of time and size.
///
/// A secret reaches a program only through its standard input: arguments and environment are visible to other users
/// through `/proc` or a container engine.
package struct Programs: Sendable {
    /// All variables that a program gets.
    package let environment: [String: String]
    /// The clock used for waiting and time limits.
    package let pace: Pace

    /// The default limit of a program's output in bytes, beyond which it is ended: twice an engine's descriptions of
    /// some hundred containers, which take 10 to 20 KB each.
    package static let outputLimit = 8 << 20
    /// The interval of checks whether a program has ended while its output is open and silent.
    private static let glance = Duration.milliseconds(100)
    /// How long the output of an ended program must be silent to count as complete while another process still holds it
    /// open.
    private static let silence = Duration.seconds(1)
    /// The maximum number of characters of a program's last line that are repeated in an error.
    private static let lastErrorLimit = 300

    /// Configures how programs are started.
    package init(environment: [String: String], pace: Pace) {
        self.environment = environment
        self.pace = pace
    }

    /// The output and exit status of a program.
    package struct Answer: Sendable {
        /// Its exit status; 128 plus the signal number if a signal ended it.
        package var status: Int32
        /// Its standard output.
        package var output: [UInt8]
        /// The beginning of its standard error.
        package var errors: [UInt8]

        /// The output as text.
        package var text: String { String(decoding: output, as: UTF8.self) }
        /// The last non-empty line of its standard error, truncated.
        package var lastError: String {
            let line = errors.split(separator: UInt8(ascii: "\n")).last ?? []
            return String(String(decoding: line, as: UTF8.self).prefix(Programs.lastErrorLimit))
        }
    }

    /// Starts a program for an interactive exchange.
    ///
    /// - Throws: ``ProcessError`` `notInstalled` or `notStarted`.
    package func start(
        _ arguments: [String],
        variables: [String: String] = [:],
        input: ChildProcess.Input
    ) throws(ProcessError) -> ChildProcess {
        let name = arguments[0]
        do throws(Errno) {
            let environment = environment.merging(variables) { $1 }
            return try ChildProcess(arguments, environment: environment, input: input, hasGroup: true)
        } catch {
            guard error != .noSuchFileOrDirectory else {
                throw ProcessError(.notInstalled, of: name, "the program '\(name)' is not installed")
            }
            throw ProcessError(.notStarted, of: name, "'\(name)' cannot be started: \(error)")
        }
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - arguments: its name and its arguments.
    ///   - variables: the variables that it gets in addition to ``environment``.
    ///   - limit: the time within which it must have ended; then it is killed, with the programs that it started
    ///     itself.
    ///   - outputLimit: the maximum size of its output in bytes.
    /// - Returns: its output and exit status.
    /// - Throws: ``ProcessError``; a non-zero exit status is not an error here.
    package func run(
        _ arguments: [String],
        variables: [String: String] = [:],
        within limit: Duration,
        outputLimit: Int = Self.outputLimit
    ) throws(ProcessError) -> Answer {
        let process = try start(arguments, variables: variables, input: .nothing)
        return try drain(process, named: arguments[0], within: limit, outputLimit: outputLimit)
    }

    /// Runs a program to its end, with a secret as its input.
    ///
    /// - Throws: ``ProcessError``; a non-zero exit status is not an error here.
    package func run(
        _ arguments: [String],
        variables: [String: String] = [:],
        sending secret: borrowing SecretBytes,
        within limit: Duration
    ) throws(ProcessError) -> Answer {
        var process = try start(arguments, variables: variables, input: .sent)
        do throws(Errno) {
            try process.send(secret)
        } catch {
            // It ended early; its status and standard error show why.
        }
        process.closeInput()
        return try drain(process, named: arguments[0], within: limit, outputLimit: Self.outputLimit)
    }

    /// Runs a program to its end and returns its output.
    ///
    /// - Throws: ``ProcessError`` `failed` with the end of its standard error if it fails.
    package func output(of arguments: [String], within limit: Duration) throws(ProcessError) -> [UInt8] {
        let answer = try run(arguments, within: limit)
        guard answer.status == 0 else {
            let reason = answer.lastError.isEmpty ? "status \(answer.status)" : answer.lastError
            throw ProcessError(.failed, of: arguments[0], "'\(arguments[0])' failed: \(reason)")
        }
        return answer.output
    }

    /// Reads a program's output and waits for its end, both within the time limit.
    private func drain(
        _ process: consuming ChildProcess,
        named name: String,
        within limit: Duration,
        outputLimit: Int
    ) throws(ProcessError) -> Answer {
        var process = process
        let end = pace.now() + limit
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var isOpen = true
        var hasEnded = false
        while isOpen || !hasEnded {
            let left = end - pace.now()
            guard left > .zero else {
                process.end()
                throw ProcessError(
                    .timedOut,
                    of: name,
                    "'\(name)' took longer than \(limit.components.seconds) seconds"
                )
            }
            guard isOpen else {
                process.waitForEnd(atMost: left)
                hasEnded = process.hasEnded
                continue
            }
            let said = process.wait(for: min(left, hasEnded ? Self.silence : Self.glance))
            for ready in said {
                switch ready {
                case .output(let bytes):
                    output += bytes
                    isOpen = !bytes.isEmpty
                case .errors(let bytes):
                    errors += bytes.prefix(max(0, ChildProcess.errorLimit - errors.count))
                }
            }
            guard output.count <= outputLimit else {
                process.end()
                throw ProcessError(.tooMuchOutput, of: name, "'\(name)' printed more than \(outputLimit) bytes")
            }
            // Its output is still held open by a program that it started and left running.
            if hasEnded, said.isEmpty { break }
            hasEnded = process.hasEnded
        }
        let ending = process.finish()
        errors += ending.errors.prefix(max(0, ChildProcess.errorLimit - errors.count))
        return Answer(status: ending.status, output: output, errors: errors)
    }
}

extension ChildProcess {
    /// A piece of a program's output.
    package enum Said {
        /// Standard output; empty at its end.
        case output([UInt8])
        /// Standard error.
        case errors([UInt8])
    }

    /// Waits until the program writes something or ends, or the time is over.
    ///
    /// - Returns: what it wrote; empty if the time is over.
    package borrowing func wait(for time: Duration) -> [Said] {
        var polled = [
            pollfd(fd: output.rawValue, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.rawValue, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = Self.milliseconds(of: time)
        var count: Int32
        repeat { count = unsafe poll(&polled, 2, milliseconds) } while count < 0 && errno == EINTR
        guard count > 0 else { return [] }
        var said: [Said] = []
        if polled[1].revents & Int16(POLLIN) != 0 {
            let bytes = Self.chunk(of: errors)
            if !bytes.isEmpty { said.append(.errors(bytes)) }
        }
        if polled[0].revents != 0 { said.append(.output(Self.chunk(of: output))) }
        // If only the standard error is closed, this waits for the output instead of polling in a busy loop.
        if said.isEmpty { _ = unsafe poll(&polled, 1, min(milliseconds, 50)) }
        return said
    }

    /// Waits for the end of a program whose output is closed, or until the time is over.
    borrowing func waitForEnd(atMost time: Duration) {
        // Most programs end as soon as they have closed their output, so the first checks come early.
        var pause: Int32 = 1
        var left = Self.milliseconds(of: time)
        while left > 0, !hasEnded {
            _ = poll(nil, 0, min(pause, left))
            left -= pause
            pause = min(2 * pause, Self.longestPause)
        }
    }

    /// The maximum time between two checks whether a program has ended, in milliseconds.
    private static let longestPause: Int32 = 32

    /// Returns a duration in milliseconds for `poll`: at least one, so that waiting makes progress.
    private static func milliseconds(of time: Duration) -> Int32 {
        Int32(clamping: max(1, time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000))
    }

    /// The number of bytes read at once: what fits into a pipe on Linux.
    private static let chunkSize = 1 << 16

    /// Returns the bytes that can be read now; empty at the end.
    static func chunk(of descriptor: FileDescriptor) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: chunkSize) { bytes, count in
            let received = unsafe read(descriptor.rawValue, bytes.baseAddress, bytes.count)
            count = max(0, received)
        }
    }
}
