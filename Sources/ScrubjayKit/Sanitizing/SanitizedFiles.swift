internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

/// The written files of a plan by their paths, including those in archives; each is made again when it is needed.
struct SanitizedFiles {
    /// The places of the stand-ins in a file and in its path.
    struct StandIns {
        fileprivate var inContents = LocationSet([])
        fileprivate var inPath = LocationSet([])

        /// Whether a finding is at a stand-in, or inside one.
        func contains(_ finding: Finding) -> Bool {
            if let span = finding.pathSpan { return inPath.contains(Location(span)) }
            return finding.replacedLocation.map(inContents.contains) ?? false
        }
    }

    private let preparation: Sanitize.Preparation
    private let written: Sanitize.Written
    private let byPath: [String: SanitizePlan.File]

    /// Takes a plan and what was written.
    init(_ preparation: Sanitize.Preparation, _ written: Sanitize.Written) {
        self.preparation = preparation
        self.written = written
        byPath = Dictionary(preparation.plan.files.map { ($0.path, $0) }) { first, _ in first }
    }

    /// The plan of the file at `path`; nil if it is none of the deployment's.
    func file(at path: String) -> SanitizePlan.File? { byPath[path] }

    /// Returns the places of stand-ins; there are none in `parameters.json`.
    ///
    /// - Throws: ``CollectingError``, ``SanitizingError``.
    func standIns(in path: String) throws -> StandIns {
        guard let file = byPath[path] else { return StandIns() }
        // What is written down about an archive is not about its files.
        let locations = try written.done[file.source]?.locations ?? result(of: file).locations
        return StandIns(
            inContents: LocationSet(locations),
            inPath: LocationSet(file.standInsInPath.map { Location($0.span) })
        )
    }

    /// Returns a written file, without contents if it is an archive; nil for a path that the plan does not have.
    ///
    /// - Throws: ``CollectingError``, ``SanitizingError``.
    func document(at path: String) throws -> Document? {
        if path == ParameterFile.name { return Document(path: path, bytes: written.parameters.serialized()) }
        guard let file = byPath[path] else { return nil }
        return Document(path: path, bytes: file.isArchive ? [] : try result(of: file).bytes)
    }

    private func result(of file: SanitizePlan.File) throws -> SanitizePlan.Result {
        try preparation.plan.apply(file, to: try preparation.original(of: file))
    }
}
