import Foundation
import Testing

@testable import Collecting

/// A program is waited for no longer than its time, whatever it and the programs that it starts hold open.
@Suite struct ProgramsTests {
    private let programs: Programs

    init() {
        let clock = ContinuousClock()
        let start = clock.now
        programs = Programs(
            environment: ["PATH": "/usr/bin:/bin"],
            pace: Pace(now: { clock.now - start }, wait: { _ in })
        )
    }

    private func shell(_ script: String, within limit: Duration = .seconds(60), outputLimit: Int = 1 << 20) throws
        -> Programs.Answer
    {
        try programs.run(["bash", "-c", script], within: limit, outputLimit: outputLimit)
    }

    /// Ends a program whose id another one printed.
    private func end(_ text: String) throws {
        let id = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(id, SIGKILL) == 0, "the program that was left is still there")
    }

    @Test func whatAProgramSaysIsRead() throws {
        let answer = try shell("echo said; echo wrong >&2; exit 3")
        #expect(answer.text == "said\n" && answer.lastError == "wrong" && answer.status == 3)
    }

    @Test func aProgramThatClosesItsOutputAndStaysIsEnded() {
        #expect(throws: ProcessError(.timedOut, of: "bash", "")) {
            try shell("exec 1>&- 2>&-; exec sleep 1000", within: .milliseconds(300))
        }
    }

    @Test func aProgramThatClosesItsOutputIsWaitedFor() throws {
        #expect(try shell("exec 1>&-; sleep 0.1; echo late >&2; exit 4").status == 4)
    }

    @Test func whoeverHoldsTheErrorsIsNotWaitedFor() throws {
        let answer = try shell("sleep 1000 >/dev/null & echo $!")
        #expect(answer.status == 0)
        try end(answer.text)
    }

    @Test func whoeverHoldsTheOutputIsNotWaitedFor() throws {
        let answer = try shell("sleep 1000 & echo $!; exit 5")
        #expect(answer.status == 5)
        try end(answer.text)
    }

    @Test func whatAProgramStartedEndsWithIt() throws {
        let file = FileManager.default.temporaryDirectory.path + "/scrubjay-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(throws: ProcessError(.timedOut, of: "bash", "")) {
            try shell("sleep 1000 & echo $! > '\(file)'; wait", within: .seconds(1))
        }
        let id = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        // It is gone, or waits for somebody who takes its status, as soon as a busy machine gets to it.
        func isGone() -> Bool {
            let state = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8))?.split(separator: " ")
            return state == nil || state?[2] == "Z" || state?[2] == "X"
        }
        for _ in 0..<1000 where !isGone() { usleep(10_000) }
        #expect(isGone())
    }

    @Test func aFloodIsEnded() {
        #expect(throws: ProcessError(.tooMuchOutput, of: "bash", "")) {
            try shell("exec yes", outputLimit: 1 << 18)
        }
    }

    @Test func aFloodOfErrorsFillsNoMemory() throws {
        let answer = try shell(
            "for i in 1 2 3 4 5 6 7 8; do yes wrong | head -c 100000 >&2; sleep 0.05; done; echo done"
        )
        #expect(answer.text == "done\n")
        #expect(answer.errors.count <= 1 << 16 && answer.errors.starts(with: Array("wrong\n".utf8)))
    }
}
