internal import CLinux
internal import Glibc
package import Sodium
package import SystemPackage

/// A program that runs in parallel and whose output is read while it runs.
///
/// It inherits three streams and nothing else. Its standard error goes to a non-blocking pipe, so that neither side
/// blocks the other, no matter how much it writes there.
package struct ChildProcess: ~Copyable {
    /// The standard input of the program.
    package enum Input {
        /// Empty.
        case nothing
        /// The bytes passed to ``send(_:)``.
        case sent
        /// The output of another program.
        case descriptor(FileDescriptor)
    }

    /// The end of a program.
    package struct Ending: Sendable {
        /// Its exit status; 128 plus the signal number if a signal ended it.
        package var status: Int32
        /// The beginning of its standard error, as far as it was not read before.
        package var errors: [UInt8]
    }

    /// The program's standard output.
    package let output: FileDescriptor
    let errors: FileDescriptor
    /// This process's end of the program's standard input; nil if there is none, or it is closed.
    private var input: FileDescriptor?
    private var ownsOutput = true
    private let identifier: pid_t
    /// Whether its own child processes end with it.
    private let hasGroup: Bool
    private var isReaped = false

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: the program's name, which is looked up in PATH, and its arguments.
    ///   - environment: all of its variables.
    ///   - input: its standard input.
    ///   - hasGroup: whether its own child processes end with it when this value is dropped.
    /// - Throws: the system's error: `Errno.noSuchFileOrDirectory` if there is no such program.
    package init(
        _ arguments: [String],
        environment: [String: String],
        input: Input,
        hasGroup: Bool = false
    ) throws(Errno) {
        self.hasGroup = hasGroup
        var ends = Ends()
        defer { ends.close() }
        try ends.open(input)
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let streams = [
            (ends.childInput, STDIN_FILENO), (ends.childOutput, STDOUT_FILENO), (ends.childErrors, STDERR_FILENO),
        ]
        for (descriptor, stream) in streams {
            if let descriptor {
                unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.rawValue, stream)
            } else {
                unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
            }
        }
        identifier = try unsafe Self.spawn(arguments, environment: environment, actions: &actions, hasGroup: hasGroup)
        (output, errors, self.input) = ends.takeOurs()
    }

    deinit {
        try? input?.close()
        if ownsOutput { try? output.close() }
        try? errors.close()
        guard !isReaped else { return }
        // A dropped program is no longer needed.
        end()
        _ = Self.wait(for: identifier)
    }

    /// Writes to the program's standard input.
    ///
    /// - Throws: `Errno.brokenPipe` if the program has ended.
    package func send(_ bytes: [UInt8]) throws(Errno) { try send(unsafe bytes.span.bytes) }

    /// Writes a secret to the program's standard input, directly from locked memory.
    ///
    /// - Throws: `Errno.brokenPipe` if the program has ended.
    package func send(_ secret: borrowing SecretBytes) throws(Errno) {
        try secret.withBytes { bytes throws(Errno) in try send(bytes) }
    }

    private func send(_ bytes: RawSpan) throws(Errno) {
        guard let input else { throw Errno.brokenPipe }
        var sent = 0
        while sent < bytes.byteCount {
            let count = unsafe bytes.extracting(droppingFirst: sent).withUnsafeBytes { buffer in
                // The input is a socket, because writing to a pipe without a reader would end this process with a
                // signal.
                unsafe Glibc.send(input.rawValue, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno(rawValue: errno)
            }
            sent += count
        }
    }

    /// Closes the program's standard input.
    mutating func closeInput() {
        try? input?.close()
        input = nil
    }

    /// Releases the program's output, which another program reads from now on.
    mutating func closeOutput() {
        if ownsOutput { try? output.close() }
        ownsOutput = false
    }

    /// The maximum number of bytes kept of a program's standard error: what fits into a pipe on Linux.
    static let errorLimit = 1 << 16

    /// Whether the program itself has ended; programs that it started may still be running.
    var hasEnded: Bool { child_has_ended(identifier) != 0 }

    /// Waits for the end of the program, however long that takes; its output should have been read.
    ///
    /// It does not wait for programs that it started and that hold its standard error.
    package mutating func finish() -> Ending {
        closeInput()
        let status = Self.wait(for: identifier)
        isReaped = true
        return Ending(status: status, errors: pendingErrors())
    }

    /// Returns the bytes that are in the pipe of the standard error at this moment.
    private func pendingErrors() -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < Self.errorLimit {
            var polled = pollfd(fd: errors.rawValue, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&polled, 1, 0) > 0, polled.revents & Int16(POLLIN) != 0 else { break }
            let chunk = Self.chunk(of: errors)
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }

    /// Ends the program with a signal that it cannot catch; ``finish()`` must still wait for it.
    package func end() { kill(hasGroup ? -identifier : identifier, SIGKILL) }

    private static func spawn(
        _ arguments: [String],
        environment: [String: String],
        actions: inout posix_spawn_file_actions_t,
        hasGroup: Bool
    ) throws(Errno) -> pid_t {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (hasGroup ? POSIX_SPAWN_SETPGROUP : 0))
        )
        var vector = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (vector + variables).forEach { unsafe free($0) } }
        var identifier: pid_t = 0
        let code = unsafe posix_spawnp(&identifier, arguments[0], &actions, &attributes, &vector, &variables)
        guard code == 0 else { throw Errno(rawValue: code) }
        return identifier
    }

    private static func wait(for identifier: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0 {
            guard errno == EINTR else { return 128 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// The descriptors of both sides while a program starts.
    private struct Ends {
        var childInput: FileDescriptor?
        var childOutput: FileDescriptor?
        var childErrors: FileDescriptor?
        private var errors: FileDescriptor?
        private var ownsChildInput = false
        private var input: FileDescriptor?
        private var output: FileDescriptor?

        mutating func open(_ source: Input) throws(Errno) {
            (output, childOutput) = try Self.pipe()
            (errors, childErrors) = try Self.pipe()
            // Errors that do not fit into the pipe are dropped, so that the child does not wait for a reader.
            guard let childErrors, fcntl(childErrors.rawValue, F_SETFL, O_NONBLOCK) == 0 else {
                throw Errno(rawValue: errno)
            }
            switch source {
            case .nothing: break
            case .descriptor(let descriptor): childInput = descriptor
            case .sent:
                var pair: [Int32] = [-1, -1]
                let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                guard unsafe socketpair(AF_UNIX, kind, 0, &pair) == 0 else { throw Errno(rawValue: errno) }
                (input, childInput) = (FileDescriptor(rawValue: pair[0]), FileDescriptor(rawValue: pair[1]))
                ownsChildInput = true
            }
        }

        /// Returns the read and write ends of a pipe that no program inherits by accident.
        private static func pipe() throws(Errno) -> (FileDescriptor, FileDescriptor) {
            var pair: [Int32] = [-1, -1]
            guard unsafe pipe2(&pair, O_CLOEXEC) == 0 else { throw Errno(rawValue: errno) }
            return (FileDescriptor(rawValue: pair[0]), FileDescriptor(rawValue: pair[1]))
        }

        /// Transfers this process's ends to the caller; ``close()`` then leaves them open.
        mutating func takeOurs() -> (output: FileDescriptor, errors: FileDescriptor, input: FileDescriptor?) {
            guard let output, let errors else { preconditionFailure("the descriptors are open") }
            let ours = (output, errors, input)
            (self.output, self.errors, input) = (nil, nil, nil)
            return ours
        }

        func close() {
            for descriptor in [childOutput, childErrors, ownsChildInput ? childInput : nil, input, output, errors] {
                try? descriptor?.close()
            }
        }
    }
}
