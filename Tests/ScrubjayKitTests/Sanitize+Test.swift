import Sanitizing
import SystemPackage
import TestKit

@testable import ScrubjayKit

extension Sanitize {
    /// Writes the sanitized tree at the beginning of time.
    func apply(_ preparation: Preparation, isInterrupted: () -> Bool = { false }) throws -> Outcome {
        try apply(preparation, time: 0, isInterrupted: isInterrupted)
    }

    /// Sanitizes files, given by their paths, and returns what they become.
    static func texts(of files: [String: String]) throws -> [String: String] {
        try textsAndParameters(of: files).texts
    }

    /// Sanitizes files, given by their paths, and returns what they become, and the list of parameters as it was
    /// written.
    static func textsAndParameters(of files: [String: String]) throws -> (texts: [String: String], parameters: String) {
        let folder = try TemporaryFolder()
        for (path, text) in files { try folder.write(text, to: "d/" + path) }
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        _ = try workflow.apply(workflow.prepare())
        var texts: [String: String] = [:]
        for path in try TemporaryFolder.files(in: folder.path + "/clean") {
            texts[path] = String(decoding: try folder.read("clean/" + path), as: UTF8.self)
        }
        let parameters = texts.removeValue(forKey: ParameterFile.name) ?? ""
        return (texts, parameters)
    }
}
