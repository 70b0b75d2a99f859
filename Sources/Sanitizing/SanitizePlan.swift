public import Detecting
public import Documents

/// The changes of sanitizing a deployment, as a value to show, compare and apply.
public struct SanitizePlan: Sendable {
    /// The changes to one file.
    public struct File: Sendable {
        /// The path of the original.
        public var source: String
        /// The path of the sanitized file.
        public var path: String
        /// The replacements in the contents.
        public var edits: [Edit]
        /// The index in ``SanitizePlan/parameters`` of each edit's parameter.
        public var parameterOfEdit: [Int]
        /// The stand-ins in the path, each with the index of its parameter.
        public var standInsInPath: [(span: Span, parameter: Int)]
        /// The number of metadata bytes removed from an image; nil if it is not an image.
        public var metadataByteCount: Int?
        /// Whether it is an archive, which is repacked with its members' plans.
        public var isArchive = false
        /// The original path of the archive that it is in; nil for a file of the deployment itself.
        public var container: String?
    }

    /// A file that is left out.
    public struct Omission: Sendable {
        /// The path of the original.
        public var source: String
        /// The path that it would have had.
        public var path: String
        /// The reason, in a phrase.
        public var reason: String
        /// Whether a deployment makes the file itself, or its owner makes another.
        public var isMadeAfresh: Bool
    }

    /// The stand-in of a value.
    public struct Assigned: Sendable {
        /// The value in its canonical spelling.
        public var value: OriginalBytes
        /// The kind of the value.
        public var kind: Kind
        /// The derivation from another value; nil if it is independent.
        public var origin: SealedMap.Origin?
        /// Its stand-in.
        public var standIn: String
        /// Its spellings, each with the index of its parameter in ``SanitizePlan/parameters``.
        public var spellings: [(value: OriginalBytes, parameter: Int)]
        /// The confidence with which the next run searches for it; nil if it does not.
        public var confidence: Confidence?
        /// Its places that have no other value.
        public var places: [SealedMap.Place] = []
    }

    /// The files that stay, in byte order of their original paths; members follow their archive.
    public var files: [File]
    /// The parameters without places, which are known only when the files are written.
    public var parameters: [Parameter]
    /// The number of leading parameters from an earlier run, whose stand-ins are already in the originals.
    public var inheritedCount: Int
    /// The files that are left out; those of an earlier run come first.
    public var omissions: [Omission]
    /// The number of leading omissions from an earlier run, whose files are not in the originals.
    public var inheritedOmissionCount: Int
    /// The stand-in of each value, in order of the parameters.
    public var assigned: [Assigned]
    /// The values that must not be left in the output.
    public var values: [ResidueCheck.Value]
    /// The values that the owner keeps.
    public var keeping = Keeping()

    /// The number of replacements in contents and paths, not counting earlier stand-ins.
    public var replacementCount: Int { files.reduce(0) { $0 + replacementCount(in: $1) } }

    /// The number of replacements in one file and its path.
    public func replacementCount(in file: File) -> Int {
        (file.parameterOfEdit + file.standInsInPath.map(\.parameter)).count { $0 >= inheritedCount }
    }

    /// Whether a secret is replaced in the contents of a file.
    public func holdsSecret(_ file: File) -> Bool {
        file.parameterOfEdit.contains { parameters[$0].severity == .secret }
    }

    /// A file as it will be written, with the places of its parameters.
    public struct Result: Sendable {
        /// The path.
        public var path: String
        /// The contents.
        public var bytes: [UInt8]
        /// The places of stand-ins, each with the index of its parameter.
        public var places: [(place: Parameter.Place, parameter: Int)]
        /// The place of the stand-in of each edit.
        public var locations: [Location]
    }

    /// Applies the plan of a file to its original.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` if the document cannot take an edit.
    public func apply(_ file: File, to original: Document) throws(SanitizingError) -> Result {
        var bytes: [UInt8]
        let locations: [Location]
        do {
            (bytes, locations) = try original.applying(file.edits)
        } catch {
            throw SanitizingError(
                .irreplaceable,
                at: file.path,
                "a value cannot be replaced\(places(refusedBy: original, of: file)): \(error.message)"
            )
        }
        if let count = file.metadataByteCount, count > 0 {
            guard let picture = ImageMetadata.removed(from: bytes) else {
                throw SanitizingError(.irreplaceable, at: file.path, "an image cannot be read a second time")
            }
            bytes = picture
        }
        return Result(path: file.path, bytes: bytes, places: places(of: file, at: locations), locations: locations)
    }

    /// Returns the places of stand-ins in a file; `locations` are those in the contents, in order of its edits.
    public func places(
        of file: File,
        at locations: [Location]
    ) -> [(place: Parameter.Place, parameter: Int)] {
        let inContents = zip(locations, file.parameterOfEdit).map { location, parameter in
            (place: Parameter.Place(path: file.path, location: location), parameter: parameter)
        }
        let inPath = file.standInsInPath.map { standIn in
            (place: Parameter.Place(path: file.path, pathSpan: standIn.span), parameter: standIn.parameter)
        }
        return inPath + inContents
    }

    /// The maximum number of irreplaceable values that are named.
    private static let namedValues = 8

    /// Returns the lines and parameters of the edits that a document refuses one by one; empty if it accepts each.
    private func places(refusedBy original: Document, of file: File) -> String {
        let refused = zip(file.edits, file.parameterOfEdit).filter { edit, _ in
            (try? original.applying([edit])) == nil
        }
        guard !refused.isEmpty else { return "" }
        let bytes = original.bytes
        let named = refused.prefix(Self.namedValues).map { edit, parameter in
            let line = 1 + bytes[..<edit.location.fileSpan.start].count { $0 == UInt8(ascii: "\n") }
            let finder = rule(ofParameter: parameter).map { " (found by rule \($0))" } ?? ""
            return "in line \(line) by '\(parameters[parameter].standIn)'\(finder)"
        }
        return " " + named.joined(separator: ", ") + (refused.count > named.count ? " and elsewhere" : "")
    }

    /// Returns the ids of the rules that found what was replaced in a line of the sanitized file, in order of their
    /// places.
    public func rules(inLine line: Int, of result: Result, _ file: File) -> [String] {
        var rules: [String] = []
        for (location, parameter) in zip(result.locations, file.parameterOfEdit) {
            let before = result.bytes.prefix(location.fileSpan.start)
            guard 1 + before.count(where: { $0 == UInt8(ascii: "\n") }) == line,
                let rule = rule(ofParameter: parameter),
                !rules.contains(rule)
            else { continue }
            rules.append(rule)
        }
        return rules
    }

    /// Returns the id of the rule that found the value of a parameter; nil if the value is from an earlier run.
    private func rule(ofParameter parameter: Int) -> String? {
        let spellings = assigned.flatMap(\.spellings).filter { $0.parameter == parameter }.map(\.value.bytes)
        return values.first { spellings.contains($0.bytes) }?.rule
    }

    /// Returns the contents of `parameters.json` for the written files.
    public func parameterFile(places: [(place: Parameter.Place, parameter: Int)]) -> ParameterFile {
        var parameters = parameters
        for (place, parameter) in places { parameters[parameter].places.append(place) }
        for index in parameters.indices { parameters[index].places.sort(by: Self.precedes) }
        // A value in the path of a left-out file needs a stand-in, but does not have to be filled in.
        let origins = Set(parameters.filter { !$0.places.isEmpty }.compactMap(\.origin?.parameter))
        let used = parameters.filter { !$0.places.isEmpty || origins.contains($0.name) }
        let omitted = omissions.map {
            ParameterFile.Omission(path: $0.path, reason: $0.reason, isMadeAfresh: $0.isMadeAfresh)
        }
        return ParameterFile(parameters: used, omissions: omitted, kept: keeping.published)
    }

    private static func precedes(_ left: Parameter.Place, _ right: Parameter.Place) -> Bool {
        if left.path != right.path { return left.path.utf8.lexicographicallyPrecedes(right.path.utf8) }
        func key(_ place: Parameter.Place) -> [Int] {
            if let span = place.pathSpan { return [-1, span.start] }
            return place.location?.steps.map(\.span.start) ?? []
        }
        return key(left).lexicographicallyPrecedes(key(right))
    }
}
