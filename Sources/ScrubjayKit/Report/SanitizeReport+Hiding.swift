internal import Sanitizing

extension SanitizeReport.Lines {
    private typealias Run = [SanitizeReport.Line]

    /// Leaves out the lines in which a check finds a value.
    ///
    /// In the code of a program, the proof allows a name that looks like a value. A report is no program, so such a
    /// line in it could not be told from one with the value.
    mutating func hide(by check: ResidueCheck) {
        let changedCount = hunks.joined().count(where: \.isChanged)
        hunks = hunks.flatMap { Self.shown(of: $0[...], by: check) }
        hiddenCount += changedCount - hunks.joined().count(where: \.isChanged)
    }

    /// Returns the runs that are left of a run without the lines that hold a value.
    private static func shown(of lines: ArraySlice<SanitizeReport.Line>, by check: ResidueCheck) -> [Run] {
        guard !lines.isEmpty else { return [] }
        let text = lines.map { $0.pieces.map(\.text).joined() }.joined(separator: "\n")
        let residues = check.reading(path: "", contents: Array(text.utf8)).residues
        guard !residues.isEmpty else { return [Array(lines)] }
        // A value without a line spans several.
        guard residues.allSatisfy({ $0.line > 0 }) else { return [] }
        let hidden = Set(residues.map { lines.startIndex + $0.line - 1 })
        return lines.indices.split { hidden.contains($0) }.flatMap { shown(of: lines[$0], by: check) }
    }
}
