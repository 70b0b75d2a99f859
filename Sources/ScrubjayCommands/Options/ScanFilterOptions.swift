internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit

/// The options that select findings.
struct ScanFilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Report only findings of this rule; may be repeated.", valueName: "id")
    )
    var rule: [String] = []

    @Option(help: ArgumentHelp("Report only values of this kind; may be repeated.", valueName: "kind"))
    var kind: [String] = []

    @Option(help: "Report only findings of this severity or worse.")
    var minSeverity = LeastSeverity.infrastructure

    /// Makes the filter.
    ///
    /// - Parameter known: the ids of all rules.
    /// - Returns: the filter.
    /// - Throws: ``KitError`` `unknownName` with the nearest names.
    func filter(known: [String]) throws -> FindingFilter {
        for id in rule where !known.contains(id) {
            throw KitError(
                .usage,
                "there is no rule '\(id)'" + Self.suggestion(id, among: known),
                hint: "see 'scrubjay rules list'"
            )
        }
        let kinds = try kind.map { name in
            if let kind = Kind(rawValue: name) { return kind }
            let known = Kind.allCases.map(\.rawValue)
            throw KitError(
                .usage,
                "there is no kind '\(name)'" + Self.suggestion(name, among: known),
                hint: "the kinds are " + known.joined(separator: ", ")
            )
        }
        return FindingFilter(rules: Set(rule), kinds: Set(kinds), minimumSeverity: minSeverity.severity)
    }

    private static func suggestion(_ name: String, among known: [String]) -> String {
        let names = NearestNames.of(name, among: known)
        return names.isEmpty ? "" : "; did you mean " + names.joined(separator: " or ") + "?"
    }
}
