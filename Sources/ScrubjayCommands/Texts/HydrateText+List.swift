internal import ArgumentParser
internal import Bundling
internal import Detecting
internal import Documents
internal import Sanitizing
internal import ScrubjayKit

// The list of the parameters of a bundle.
extension HydrateText {
    /// The format of the list of parameters.
    enum ListFormat: String, ExpressibleByArgument, CaseIterable {
        case yaml, table, json
    }

    /// Returns the parameters in a format.
    static func list(of hydration: Hydration, as format: ListFormat) -> [UInt8] {
        switch format {
        case .yaml: valuesFile(for: hydration)
        case .table: table(of: hydration)
        case .json: json(of: hydration)
        }
    }

    /// Describes a parameter's purpose, stand-in and place: `public domain, set as PUBLIC_URL; example.org, as in
    /// https://meet.example.org at .env:3`.
    static func purpose(of parameter: Parameter, in hydration: Hydration) -> String {
        let summary = Printable.text(parameter.summary)
        guard let sight = hydration.sight(of: parameter) else { return summary }
        // A secret's stand-in is not informative.
        if parameter.severity == .secret { return "\(summary); at \(place(sight))" }
        let word = sight.word.map { ", as in \(Printable.text($0))" } ?? ""
        return "\(summary); \(shown(parameter.standIn))\(word) at \(place(sight))"
    }

    static func place(_ sight: PlaceSight) -> String {
        Printable.text(sight.path) + (sight.line.map { ":\($0)" } ?? "")
    }

    /// Returns a line for each parameter: whether it is required, its name, kind and stand-in, and its place.
    private static func table(of hydration: Hydration) -> [UInt8] {
        let rows =
            [["", "name", "kind", "stand-in", "for"]]
            + hydration.parameters.sorted(by: precedes).map { parameter in
                let sight = hydration.sight(of: parameter)
                let word = sight?.word.flatMap { parameter.severity == .secret ? nil : ", as in \(Printable.text($0))" }
                return [
                    need(of: parameter), parameter.name, parameter.kind.rawValue, shown(parameter.standIn),
                    parameter.summary + (word ?? "") + (sight.map { " at \(place($0))" } ?? ""),
                ]
            }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ") + "  "
                + row[4]
        }
        return lines.flatMap { Array(($0 + "\n").utf8) }
    }

    private static func json(of hydration: Hydration) -> [UInt8] {
        let list = hydration.parameters.sorted(by: precedes).map { parameter -> JSONValue in
            let sight = hydration.sight(of: parameter)
            return [
                "name": .string(parameter.name),
                "kind": .string(parameter.kind.rawValue),
                "severity": .string(parameter.severity.rawValue),
                "need": .string(need(of: parameter)),
                "standIn": .string(parameter.standIn),
                "description": .string(parameter.summary),
                "places": .integer(parameter.places.count),
                "place": sight.map { .string(place($0)) } ?? .null,
                "word": sight?.word.map { .string($0) } ?? .null,
            ]
        }
        return JSONValue.array(list).serialized(.indented)
    }

    /// Describes what happens to a parameter without a given value.
    private static func need(of parameter: Parameter) -> String {
        if parameter.origin != nil { return "derived" }
        if parameter.generator != nil { return "made" }
        return parameter.isRequired ? "wanted" : "kept"
    }

    static func shown(_ standIn: String) -> String {
        let text = Printable.text(standIn)
        return text.count > 40 ? text.prefix(39) + "…" : text
    }
}
