import Foundation
import TestKit
import Testing

extension TemporaryFolder {
    /// Runs a line of shell in the folder, which must succeed, and returns its output.
    @discardableResult
    func shell(_ line: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(line)")
        return String(decoding: text, as: UTF8.self)
    }
}
