internal import Collecting
internal import Sodium

/// Controls a running Prosody with its own `prosodyctl`.
struct ProsodyControl: Sendable {
    /// The place where it runs.
    let reach: Reach
    /// The path of its configuration file there; nil for its default.
    let configuration: String?
    let programs: Programs

    /// The time limit for one command.
    private static let limit = Duration.seconds(30)

    /// Makes a control.
    init(reach: Reach, configuration: String?, programs: Programs) {
        self.reach = reach
        self.configuration = configuration
        self.programs = programs
    }

    /// The result of changing a password.
    enum Outcome: Hashable, Sendable {
        /// The password is changed, and sessions with the old one are ended.
        case changedAndEnded
        /// The password is changed; sessions continue until Prosody is restarted.
        case changed
        /// Prosody has no such account.
        case noAccount
        /// The change failed, for this reason.
        case failed(String)
    }

    /// Changes the password of an account.
    ///
    /// `prosodyctl shell` ends the sessions of the old password; `prosodyctl passwd`, the only way in Prosody 0.11,
    /// does not. Both read the password from standard input, so it appears in no argument and no environment.
    ///
    /// - Parameters:
    ///   - address: the account, `user@domain`.
    ///   - password: the new password.
    /// - Returns: the result.
    /// - Throws: ``ProcessError`` if `prosodyctl` cannot be run.
    func setPassword(of address: String, to password: borrowing SecretBytes) throws(ProcessError) -> Outcome {
        let call = Self.call("user:password", address, password)
        switch try shell(call) {
        case .done: return .changedAndEnded
        case .refused(let reason):
            let isMissing = ["No such user", "No such host", "does not exist"].contains { reason.contains($0) }
            return isMissing ? .noAccount : .failed("Prosody's shell refuses it")
        case .unavailable: return try passwd(address, password)
        }
    }

    /// Makes Prosody reload its configuration files.
    ///
    /// - Returns: whether it did.
    func reload() throws(ProcessError) -> Bool {
        guard case .done = try shell(SecretBytes(copying: Array("config:reload()\n".utf8))) else { return false }
        return true
    }

    /// The answer of Prosody's shell to one line.
    private enum ShellAnswer {
        case done
        case refused(String)
        case unavailable
    }

    private func shell(_ line: borrowing SecretBytes) throws(ProcessError) -> ShellAnswer {
        // readline is disabled, because it would store the input in a file `.shell_history`.
        let withoutHistory = "package.preload.readline = function() error('not wanted') end"
        let command = reach.command(arguments(["shell", "--quiet"]), variables: ["LUA_INIT": withoutHistory])
        let answer = try programs.run(
            command.arguments,
            variables: command.variables,
            sending: line,
            within: Self.limit
        )
        if Reach.isMissingProgram(answer.status) {
            throw ProcessError(.notInstalled, of: "prosodyctl", "'prosodyctl' is not installed where Prosody runs")
        }
        for line in answer.text.split(separator: "\n") {
            if Self.words(behind: "| OK:", in: line) != nil { return .done }
            if let words = Self.words(behind: "! ", in: line) { return .refused(words) }
        }
        return .unavailable
    }

    private func passwd(_ address: String, _ password: borrowing SecretBytes) throws(ProcessError) -> Outcome {
        let command = reach.command(arguments(["passwd", address]))
        var twice = SecretBytes(count: 2 * (password.count + 1))
        for start in [0, password.count + 1] {
            twice.replace(at: start, with: password)
            twice.replace(at: start + password.count, with: [UInt8(ascii: "\n")])
        }
        let answer = try programs.run(
            command.arguments,
            variables: command.variables,
            sending: twice,
            within: Self.limit
        )
        if answer.status == 0 { return .changed }
        if answer.text.contains("does not exist") || answer.text.contains("No such user") { return .noAccount }
        return .failed("prosodyctl passwd ends with status \(answer.status)")
    }

    private func arguments(_ arguments: [String]) -> [String] {
        ["prosodyctl"] + (configuration.map { ["--config", $0] } ?? []) + arguments
    }

    /// Returns the text after a mark, which the shell's prompt may precede; nil if the line has no such mark.
    private static func words(behind mark: String, in line: Substring) -> String? {
        var text = line
        let prompt = "prosody> "
        while text.hasPrefix(prompt) { text = text.dropFirst(prompt.count) }
        return text.hasPrefix(mark) ? String(text.dropFirst(mark.count)) : nil
    }

    /// Returns a line for the shell: a function call with two texts, escaped so that Lua reads any bytes unchanged.
    private static func call(_ function: String, _ first: String, _ second: borrowing SecretBytes) -> SecretBytes {
        let start = Array("\(function)(\"".utf8) + Array(first.utf8).flatMap(spelled) + Array("\", \"".utf8)
        let end = Array("\")\n".utf8)
        var line = SecretBytes(count: start.count + 4 * second.count + end.count)
        line.replace(at: 0, with: start)
        for index in 0..<second.count { line.replace(at: start.count + 4 * index, with: spelled(second[index])) }
        line.replace(at: start.count + 4 * second.count, with: end)
        return line
    }

    /// Returns a byte as Lua's decimal escape.
    private static func spelled(_ byte: UInt8) -> [UInt8] {
        let zero = UInt8(ascii: "0")
        return [UInt8(ascii: "\\"), zero + byte / 100, zero + byte / 10 % 10, zero + byte % 10]
    }
}
