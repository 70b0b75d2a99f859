import Foundation
import TestKit

/// Runs scrubjay on a pseudo-terminal, which Python opens, and types answers.
struct TerminalDriver {
    /// Control-D and Control-C, as answers.
    static let endOfInput = "\u{4}"
    static let interrupt = "\u{3}"

    /// Whether it runs here.
    static let runs = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

    /// The ends of the questions that are answered, each with the next answer.
    let prompts: [String]

    private static let program = """
        import json, os, pty, signal, sys
        prompts, answers, arguments = json.load(open(sys.argv[1]))
        pid, terminal = pty.fork()
        if pid == 0:
            # What the test blocks is not blocked on anybody's terminal.
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(arguments[0], arguments)
        shown = b""
        asked = 0
        while True:
            try:
                data = os.read(terminal, 4096)
            except OSError:
                break
            if not data:
                break
            shown += data
            while asked < len(answers) and sum(shown.count(prompt.encode()) for prompt in prompts) > asked:
                answer = answers[asked]
                os.write(terminal, answer.encode() if answer and ord(answer[0]) < 32 else (answer + "\\n").encode())
                asked += 1
        sys.stdout.buffer.write(shown)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.exit(code if code >= 0 else 128 - code)

        """

    /// Runs it, or another program, and gives what the terminal showed and the exit status, 128 and the signal where
    /// one ended it.
    func run(
        _ arguments: [String],
        of program: String = "scrubjay",
        in folder: TemporaryFolder,
        answering answers: [String]
    ) throws -> (shown: String, status: Int32) {
        let place = try TemporaryFolder()
        try place.write(Self.program, to: "driver.py")
        try place.write(
            Array(JSONSerialization.data(withJSONObject: [prompts, answers, [program] + arguments])),
            to: "script.json"
        )
        let run = try Tool(folder: folder.path).run(
            "/usr/bin/python3",
            [place.path + "/driver.py", place.path + "/script.json"],
            input: []
        )
        return (run.text, run.status)
    }
}
