internal import Archive
internal import Documents
package import Sanitizing

/// Finds the places of stand-ins in a sanitized tree that has been edited: an added comment moves everything after it.
///
/// In a file with moved stand-ins, each must occur as often as before and in the same encodings; anything else would be
/// a guess.
package struct MovedPlaces {
    /// A stand-in found in a file.
    private struct Sighting {
        var parameter: String
        var location: Location
    }

    private let file: ParameterFile
    /// The places in each file, with the index of their parameter.
    private let places: [String: [(parameter: Int, location: Location)]]

    private init(_ file: ParameterFile) {
        self.file = file
        var places: [String: [(parameter: Int, location: Location)]] = [:]
        for (index, parameter) in file.parameters.enumerated() {
            for place in parameter.places {
                guard let location = place.location else { continue }
                places[place.path, default: []].append((index, location))
            }
        }
        self.places = places
    }

    /// Returns the list of parameters with the current places of the stand-ins.
    ///
    /// - Parameters:
    ///   - file: the list that was made with the tree.
    ///   - contents: returns the bytes of a file of the tree; nil if it does not exist.
    /// - Returns: the list, unchanged if nothing has moved.
    /// - Throws: ``BundleError`` with code `misplacedStandIn`, naming the file; what `contents` throws.
    package static func following(
        _ file: ParameterFile,
        contents: (_ path: String) throws -> [UInt8]?
    ) throws -> ParameterFile {
        let finder = MovedPlaces(file)
        var result = file
        let paths = Set(file.parameters.flatMap { $0.places.map(\.path) })
        for path in paths.sorted(by: MemberPath.precedes) {
            guard let bytes = try contents(path) else {
                throw BundleError(
                    .misplacedStandIn,
                    at: path,
                    "this file has stand-ins but does not exist"
                )
            }
            guard !finder.stands(in: path, bytes) else { continue }
            try finder.findAgain(in: path, bytes, updating: &result)
        }
        return result
    }

    /// Whether every stand-in is at its parameter's places.
    private func stands(in path: String, _ bytes: [UInt8]) -> Bool {
        (places[path] ?? []).allSatisfy { index, location in
            (try? Document.value(in: bytes, at: location)) == Array(file.parameters[index].standIn.utf8)
        }
    }

    private func findAgain(
        in path: String,
        _ bytes: [UInt8],
        updating result: inout ParameterFile
    ) throws(BundleError) {
        let sightings = Dictionary(grouping: sightings(in: path, bytes), by: \.parameter)
        let known = Dictionary(grouping: places[path] ?? [], by: \.parameter)
        for (index, here) in known.sorted(by: { $0.key < $1.key }) {
            let parameter = file.parameters[index]
            let old = here.map(\.location)
            let found = (sightings[parameter.name] ?? []).map(\.location)
            guard Self.spellings(of: old) == Self.spellings(of: found) else {
                throw BundleError(
                    .misplacedStandIn,
                    at: path,
                    "the stand-in of \(parameter.name) is not where it was and cannot be located reliably"
                )
            }
            var places = result.parameters[index].places.filter { $0.path != path || $0.location == nil }
            let start = places.firstIndex { MemberPath.precedes(path, $0.path) } ?? places.endIndex
            places.insert(contentsOf: found.map { Parameter.Place(path: path, location: $0) }, at: start)
            result.parameters[index].places = places
        }
    }

    /// Returns the encodings of places, in a fixed order.
    private static func spellings(of locations: [Location]) -> [String] {
        locations.map { location in
            location.steps.map { $0.encodings.map(\.rawValue).joined(separator: " ") }.joined(separator: "/")
        }.sorted()
    }

    /// Returns every stand-in in a file and its nested texts, in order of the places.
    private func sightings(in path: String, _ bytes: [UInt8]) -> [Sighting] {
        // Of two stand-ins that begin at one place, the longer one counts: `192.0.2.1` and `192.0.2.10`.
        let wanted = file.parameters.map { (name: $0.name, text: Array($0.standIn.utf8)) }
            .filter { !$0.text.isEmpty }
            .sorted { $0.text.count > $1.text.count }
        var sightings: [Sighting] = []
        for layer in Document(path: path, bytes: bytes).layers {
            var taken = layer.covered
            for (name, text) in wanted {
                for span in Self.spans(of: text, in: layer.text) where !taken.contains(where: span.overlaps) {
                    taken.append(span)
                    sightings.append(Sighting(parameter: name, location: layer.location(of: span)))
                }
            }
        }
        return sightings.sorted { left, right in
            left.location.steps.lexicographicallyPrecedes(right.location.steps) { $0.span < $1.span }
        }
    }

    private static func spans(of needle: [UInt8], in text: [UInt8]) -> [Span] {
        var spans: [Span] = []
        var start = 0
        while let range = text[start...].firstRange(of: needle) {
            spans.append(Span(range.lowerBound, range.upperBound))
            start = range.upperBound
        }
        return spans
    }
}
