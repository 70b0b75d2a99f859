import Foundation

/// A text file of commands, what they print and how they end.
///
///     --- deployment/.env
///     PUBLIC_URL=https://meet.wren.test
///     $ scrubjay scan deployment
///     > what goes to standard output
///     ! what goes to standard error
///     ? 1
///
/// Lines behind `--- path` are a file's contents, up to a line that starts with `---` or `$`. `[..]` in an expected
/// line stands for any text. Lines that start with `#` before the first command are comments.
struct Transcript {
    /// One command and what is expected of it.
    struct Step {
        var command: String
        var expected: [String]
    }

    var comments: [String] = []
    var files: [(path: String, lines: [String])] = []
    var steps: [Step] = []

    init(parsing text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2)), expected: []))
            } else if line.hasPrefix("--- ") {
                files.append((String(line.dropFirst(4)), []))
            } else if !steps.isEmpty {
                if !line.isEmpty { steps[steps.count - 1].expected.append(line) }
            } else if files.isEmpty {
                if !line.isEmpty { comments.append(line) }
            } else {
                files[files.count - 1].lines.append(line)
            }
        }
    }

    /// The transcript as text, with what the commands did.
    func recorded(_ actual: [[String]]) -> String {
        var lines = comments
        for (path, contents) in files { lines += ["--- \(path)"] + contents }
        for (step, said) in zip(steps, actual) {
            lines.append("$ " + step.command)
            // A line that stands for any text goes on doing so.
            let wild = step.expected.filter { $0.contains("[..]") }
            lines += said.map { line in wild.first { Self.matches($0, line) } ?? line }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    /// What a run did, in the form of a transcript.
    static func lines(of run: Tool.Run) -> [String] {
        func marked(_ bytes: [UInt8], _ mark: String) -> [String] {
            var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            if lines.last == "" { lines.removeLast() }
            return lines.map { $0.isEmpty ? mark : "\(mark) \($0)" }
        }
        return marked(run.output, ">") + marked(run.notices, "!") + (run.status == 0 ? [] : ["? \(run.status)"])
    }

    /// Whether what was said is what is expected.
    static func matches(_ expected: [String], _ actual: [String]) -> Bool {
        expected.count == actual.count && zip(expected, actual).allSatisfy(matches)
    }

    private static func matches(_ pattern: String, _ line: String) -> Bool {
        let parts = pattern.components(separatedBy: "[..]")
        guard parts.count > 1 else { return pattern == line }
        guard let first = parts.first, let last = parts.last, line.hasPrefix(first) else { return false }
        var rest = line.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.range(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
