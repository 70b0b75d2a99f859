import Foundation
import TestKit
import Testing

@Suite struct TranscriptTests {
    static let folder = Repository.root + "/Tests/CommandTests/Transcripts"
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    @Test func thereAreTranscripts() { #expect(Self.names.count >= 10) }

    @Test(arguments: names)
    func says(name: String) throws {
        let file = URL(fileURLWithPath: Self.folder + "/" + name)
        let transcript = Transcript(parsing: try String(contentsOf: file, encoding: .utf8))
        let place = try TemporaryFolder()
        for (path, lines) in transcript.files { try place.write(lines.joined(separator: "\n") + "\n", to: path) }
        let tool = Tool(folder: place.path, environment: ["SOURCE_DATE_EPOCH": "1767225600", "FIXTURE": Repository.fixture])
        var actual: [[String]] = []
        for step in transcript.steps {
            let said = Transcript.lines(of: try tool.shell(step.command))
                .map { $0.replacing(place.path, with: "/[folder]") }
            actual.append(said)
            let comment = "\(name): $ \(step.command)\n" + said.joined(separator: "\n")
            if !isRecording { #expect(Transcript.matches(step.expected, said), Comment(rawValue: comment)) }
        }
        if isRecording { try transcript.recorded(actual).write(to: file, atomically: true, encoding: .utf8) }
    }

    private var isRecording: Bool { ProcessInfo.processInfo.environment["SCRUBJAY_RECORD"] == "1" }
}
