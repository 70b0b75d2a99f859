public import Archive
internal import Detecting
internal import Documents
public import Sanitizing

/// Turns a bundle into a user's own deployment by filling in values and fresh secrets.
public struct Hydration: Sendable {
    /// The parameters of the bundle, and the files left out of it.
    public let parameterFile: ParameterFile
    /// The size in bytes up to which all files of a bundle are kept in memory.
    private static let smallSize = 1 << 24

    /// The files with parameters and other files in memory, without those that describe the bundle itself.
    let members: [Member]
    /// The files that are copied unchanged and are not in memory.
    let copies: [ArchiveEntry]
    /// The archives among the members that contain stand-ins of parameters.
    let archived: ArchivedTemplates
    /// The files with stand-ins that may have parameters: those of the bundle, and those in its archives under paths
    /// such as `a.tgz!/etc/x`.
    public let templates: [Member]
    /// The names of required parameters whose stand-ins stay because the user wants it.
    public var left: Set<String> = []
    /// The places of stand-ins by path, in order of the parameters.
    let places: [String: [PlacedParameter]]
    /// The index of each template by path.
    private let templateIndices: [String: Int]
    /// The index of each parameter by name.
    private let parameterIndices: [String: Int]

    /// A parameter at one of its places.
    struct PlacedParameter: Sendable {
        /// The name of the parameter.
        var name: String
        /// The place of its stand-in.
        var place: Parameter.Place
    }

    /// Takes the files of a verified bundle; in a large one, files without parameters are not read.
    ///
    /// - Parameters:
    ///   - bundle: the bundle.
    ///   - held: files that were kept when the bundle was verified; the bundle is read again only if one is missing.
    /// - Throws: ``BundleError`` with code `malformedParameters` if `parameters.json` is missing or malformed;
    ///   `misplacedStandIn` if a stand-in is not at one of its recorded places; `changed` if the file has changed.
    public init(of bundle: VerifiedBundle, held: [Member] = []) throws(BundleError) {
        do {
            let list = bundle.parameters.map { [Member(path: ParameterFile.name, bytes: $0)] } ?? []
            let names = try list.first.map { try ParameterFile(parsing: $0.bytes) }?.parameters ?? []
            let filled = Set(names.flatMap(\.places).flatMap { [$0.path] + ArchivePath.archives(around: $0.path) })
            let isSmall = bundle.manifest.files.reduce(0) { $0 + $1.size } <= Self.smallSize
            let files = bundle.manifest.files.filter { $0.path != ParameterFile.name }
            let wanted = Set(files.map(\.path).filter { isSmall || filled.contains($0) })
            let known = held.filter { wanted.contains($0.path) }
            let members = try known.count == wanted.count ? known : bundle.members { wanted.contains($0.path) }
            let copies = files.filter { !wanted.contains($0.path) }
            try self.init(
                members: list + members,
                copies: copies.map(\.entry)
            )
        } catch let error as DocumentError {
            throw BundleError(.malformedParameters, at: ParameterFile.name, error.message)
        } catch {
            throw BundleError(.changed, wrapping: error)
        }
    }

    /// Takes the files of a sanitized tree.
    ///
    /// - Throws: ``BundleError`` with code `malformedParameters` or `misplacedStandIn`.
    package init(members: [Member], copies: [ArchiveEntry] = []) throws(BundleError) {
        self.copies = copies
        guard let file = members.first(where: { $0.path == ParameterFile.name }) else {
            throw BundleError(.malformedParameters, "the bundle has no '\(ParameterFile.name)'")
        }
        do throws(DocumentError) {
            parameterFile = try ParameterFile(parsing: file.bytes)
        } catch {
            throw BundleError(.malformedParameters, at: ParameterFile.name, error.message)
        }
        self.members = members.filter { $0.path != ParameterFile.name && $0.path != Manifest.name }
        archived = try ArchivedTemplates(
            in: self.members,
            paths: Set(parameterFile.parameters.flatMap { $0.places.map(\.path) })
        )
        let templates = self.members + archived.files
        self.templates = templates
        templateIndices = Dictionary(templates.indices.map { (templates[$0].path, $0) }) { first, _ in first }
        let parameters = parameterFile.parameters
        parameterIndices = Dictionary(parameters.indices.map { (parameters[$0].name, $0) }) { first, _ in first }
        places = parameters.reduce(into: [:]) { places, parameter in
            for place in parameter.places {
                places[place.path, default: []].append(PlacedParameter(name: parameter.name, place: place))
            }
        }
        try checkPlaces()
    }

    /// Returns the file at a path that may have parameters; nil if there is none.
    func template(at path: String) -> Member? { templateIndices[path].map { templates[$0] } }

    /// Returns the parameter with a name; nil if there is none.
    func parameter(named name: String) -> Parameter? { parameterIndices[name].map { parameters[$0] } }

    /// The parameters in `parameters.json`.
    public var parameters: [Parameter] { parameterFile.parameters }
}

// MARK: - Checking the places

extension Hydration {
    /// Checks that every stand-in is at its parameter's places.
    private func checkPlaces() throws(BundleError) {
        var edits: [String: [Edit]] = [:]
        var pathSpans: [String: [Span]] = [:]
        for parameter in parameters {
            for place in parameter.places {
                guard templateIndices[place.path] != nil else {
                    throw misplaced(parameter, place, "there is no such file")
                }
                if let location = place.location {
                    edits[place.path, default: []].append(Edit(location, replacement: Array(parameter.standIn.utf8)))
                }
                guard let span = place.pathSpan else { continue }
                guard span.end <= place.path.utf8.count,
                    Array(place.path.utf8)[span.range].elementsEqual(parameter.standIn.utf8),
                    !pathSpans[place.path, default: []].contains(where: span.overlaps)
                else { throw misplaced(parameter, place, "the stand-in is not in the path") }
                pathSpans[place.path, default: []].append(span)
            }
        }
        for member in templates {
            // Replacing stand-ins with themselves must change nothing.
            let edits = edits[member.path] ?? []
            let rewritten: [UInt8]
            do throws(DocumentError) {
                rewritten = try Edit.apply(edits, to: member.bytes).bytes
            } catch {
                throw BundleError(.misplacedStandIn, at: member.path, error.message)
            }
            guard rewritten == member.bytes else {
                throw BundleError(.misplacedStandIn, at: member.path, "a stand-in is not where its parameter says")
            }
        }
    }

    private func misplaced(_ parameter: Parameter, _ place: Parameter.Place, _ reason: String) -> BundleError {
        let path = escaped(place.path.utf8)
        return BundleError(.misplacedStandIn, at: parameter.name, "a place is named in '\(path)', and \(reason)")
    }
}
