public import Detecting
public import Documents

/// What sanitizing a deployment would change: a value that is shown, compared and then applied.
public struct SanitizePlan: Sendable {
    /// What happens to one file.
    public struct File: Sendable {
        /// The path of the original.
        public var source: String
        /// The path of the sanitized file.
        public var path: String
        /// The replacements in the contents.
        public var edits: [Edit]
        /// For each edit the position of its parameter in ``SanitizePlan/parameters``.
        public var parameterOfEdit: [Int]
        /// The stand-ins in the path, each with the position of its parameter.
        public var standInsInPath: [(span: Span, parameter: Int)]
        /// How many bytes of metadata an image loses; nil for what is no image.
        public var metadataByteCount: Int?
        /// Whether it is an archive, which is packed again with the files of the plan that are in it.
        public var isArchive = false
        /// The path of the original of the archive that it is in; nil for a file of the deployment itself.
        public var container: String?
    }

    /// What a value that was found got.
    public struct Assigned: Sendable {
        /// The value in its canonical spelling.
        public var value: OriginalBytes
        /// What it is.
        public var kind: Kind
        /// How it follows from another value; nil where it stands for itself.
        public var origin: SealedMap.Origin?
        /// Its stand-in.
        public var standIn: String
        /// Its spellings, each with the position of its parameter in ``SanitizePlan/parameters``.
        public var spellings: [(value: OriginalBytes, parameter: Int)]
    }

    /// The files that stay, in byte order of their original paths; those in an archive come behind it.
    public var files: [File]
    /// The parameters, without places: those are known when the files are written.
    public var parameters: [Parameter]
    /// How many of the first parameters are those of an earlier run, whose stand-ins are in the originals already.
    public var inheritedCount: Int
    /// The files that are left out, under the paths that they would have.
    public var omissions: [ParameterFile.Omission]
    /// What each value got, in the order of the parameters.
    public var assigned: [Assigned]
    /// What must not be left in the output.
    public var values: [ResidueCheck.Value]
    /// What the owner lets stand.
    public var keeping = Keeping()

    /// The number of replacements in contents and paths; a stand-in that was there before counts as none.
    public var replacementCount: Int { files.reduce(0) { $0 + replacementCount(in: $1) } }

    /// The number of replacements in one file and its path.
    public func replacementCount(in file: File) -> Int {
        (file.parameterOfEdit + file.standInsInPath.map(\.parameter)).count { $0 >= inheritedCount }
    }

    /// A file as it will be written, and what its parameters' places are then.
    public struct Result: Sendable {
        /// The path.
        public var path: String
        /// The contents.
        public var bytes: [UInt8]
        /// The places of stand-ins, each with the position of its parameter.
        public var places: [(place: Parameter.Place, parameter: Int)]
        /// For each edit where its stand-in stands.
        public var locations: [Location]
    }

    /// Replaces what `file` plans to replace in its original.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` where the document cannot take an edit.
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

    /// The places of stand-ins in a file, of which those in the contents stand at `locations`, in the order of its edits.
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

    /// How many values are named of those that cannot be replaced.
    private static let namedValues = 8

    /// The lines and parameters of the edits that a document does not take by themselves; nothing where it takes each.
    private func places(refusedBy original: Document, of file: File) -> String {
        let refused = zip(file.edits, file.parameterOfEdit).filter { edit, _ in
            (try? original.applying([edit])) == nil
        }
        guard !refused.isEmpty else { return "" }
        let bytes = original.bytes
        let named = refused.prefix(Self.namedValues).map { edit, parameter in
            let line = 1 + bytes[..<edit.location.fileSpan.start].count { $0 == UInt8(ascii: "\n") }
            let finder = rule(ofParameter: parameter).map { " (found by the rule \($0))" } ?? ""
            return "in line \(line) by '\(parameters[parameter].standIn)'\(finder)"
        }
        return " " + named.joined(separator: ", ") + (refused.count > named.count ? " and elsewhere" : "")
    }

    /// The ids of the rules that found what was replaced in a line of a file as it will be written, in their order there.
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

    /// The id of the rule that found the value of a parameter; nil where it is one of an earlier run.
    private func rule(ofParameter parameter: Int) -> String? {
        let spellings = assigned.flatMap(\.spellings).filter { $0.parameter == parameter }.map(\.value.bytes)
        return values.first { spellings.contains($0.bytes) }?.rule
    }

    /// The contents of `parameters.json` for the files as they were written.
    public func parameterFile(places: [(place: Parameter.Place, parameter: Int)]) -> ParameterFile {
        var parameters = parameters
        for (place, parameter) in places { parameters[parameter].places.append(place) }
        for index in parameters.indices { parameters[index].places.sort(by: Self.precedes) }
        // A value that stands in the path of a file that is left out needs a stand-in, and nobody needs to fill it in.
        let origins = Set(parameters.filter { !$0.places.isEmpty }.compactMap(\.origin?.parameter))
        let used = parameters.filter { !$0.places.isEmpty || origins.contains($0.name) }
        return ParameterFile(parameters: used, omissions: omissions, kept: keeping.published)
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
