internal import ArgumentParser
internal import Collecting
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// The options for files of accepted findings.
struct BaselineOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Do not report findings that this file accepts.", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "Accept everything that is reported: write it to this file.",
            discussion: "To update an existing file, give it as --baseline too.",
            valueName: "file"
        )
    )
    var writeBaseline: String?

    @Flag(
        name: .customLong("report-kept"),
        help: "Also report values that a published tree's parameters.json declares as kept."
    )
    var reportsKept = false

    /// Whether reported findings are written to a baseline.
    var isWritten: Bool { writeBaseline != nil }

    /// Reads the baseline, and checks that the one to write can be written.
    func read(key: FingerprintKey) throws -> Baseline? {
        let known = try baseline.map { try BaselineFile.read(FilePath($0), key: key) }
        if let writeBaseline {
            try BaselineFile.check(FilePath(writeBaseline), key: key, isKnown: writeBaseline == baseline)
        }
        return known
    }

    /// The baseline files inside the scanned folder, which the scan skips.
    func places(in target: Scan.Target) -> [PathPattern] {
        Set([baseline, writeBaseline].compactMap(\.self))
            .compactMap { BaselineFile.place(of: FilePath($0), in: target) }
            .map { PathPattern(exactly: $0) }
    }

    /// Writes the reported findings to a baseline, if requested.
    ///
    /// - Returns: whether a baseline was written.
    func write(_ summary: Scan.Summary, key: FingerprintKey, console: Console) throws -> Bool {
        guard let writeBaseline else { return false }
        try BaselineFile.write(summary.accepted, to: FilePath(writeBaseline), key: key)
        let count = Count.of(summary.accepted.count, "entry", plural: "entries")
        console.say("wrote \(count) to the baseline \(Printable.text(writeBaseline))")
        return true
    }
}
