public import Archive
internal import Detecting
internal import Documents
public import Sanitizing

/// The value of each parameter of a bundle, and the resulting files.
///
/// It holds secrets and shows none.
public struct HydrationPlan: Sendable {
    /// The origin of a parameter's value.
    public enum Provenance: String, Hashable, Sendable, CaseIterable {
        /// The user gave it.
        case given
        /// It was generated.
        case generated
        /// It is derived from another parameter's value.
        case derived
        /// It is missing, and must be given.
        case missing
        /// It is missing, and its stand-in may stay.
        case kept
    }

    /// The parameters ordered by name, with the origins of their values.
    public let parameters: [(parameter: Parameter, provenance: Provenance)]
    private let values: [String: [UInt8]]
    /// The bundle's files that are in memory, with stand-ins.
    let members: [Member]
    private let archived: ArchivedTemplates
    /// The files that are copied unchanged; ``files()`` does not include them.
    public let copies: [ArchiveEntry]

    init(
        parameters: [(parameter: Parameter, provenance: Provenance)],
        values: [String: [UInt8]],
        members: [Member],
        archived: ArchivedTemplates,
        copies: [ArchiveEntry]
    ) {
        self.parameters = parameters
        self.values = values
        self.members = members
        self.archived = archived
        self.copies = copies
    }

    /// Returns the parameters whose values have the given origin, ordered by name.
    public func parameters(from provenance: Provenance) -> [Parameter] {
        parameters.filter { $0.provenance == provenance }.map(\.parameter)
    }

    /// The parameters that must be given before the files can be made.
    public var missing: [Parameter] { parameters(from: .missing) }

    /// Returns the plan with stand-ins in place of missing values, for a preview.
    public func keepingMissing() -> HydrationPlan {
        var values = values
        for parameter in missing { values[parameter.name] = Array(parameter.standIn.utf8) }
        return HydrationPlan(
            parameters: parameters.map { ($0, $1 == .missing ? .kept : $1) },
            values: values,
            members: members,
            archived: archived,
            copies: copies
        )
    }
}

// MARK: - Files

extension HydrationPlan {
    /// Returns the deployment's files with values, in byte order of their paths.
    ///
    /// - Throws: ``BundleError`` with code `missingValues`; `invalidValue` if a value cannot be written at one of its
    ///   places, or makes two file names collide; `malformedParameters` if a stand-in is not where it should be.
    public func files() throws(BundleError) -> [HydratedFile] {
        let missing = missing.map(\.name)
        guard missing.isEmpty else {
            let names = missing.joined(separator: ", ")
            throw BundleError(.missingValues, "a value is missing for \(names)")
        }
        let fillings = fillings()
        var inArchives: [String: HydratedFile] = [:]
        for member in archived.files {
            inArchives[member.path] = try file(from: member, fillings: fillings[member.path] ?? [])
        }
        var files: [HydratedFile] = []
        for member in members {
            let file = try file(from: member, fillings: fillings[member.path] ?? [])
            do throws(ArchiveError) {
                files.append(try archived.packed(member.path, file, with: inArchives))
            } catch {
                throw BundleError(.invalidValue, at: member.path, error.message)
            }
        }
        do throws(ArchiveError) {
            try MemberPath.checkCollisions(among: files.map(\.path) + copies.map(\.path))
        } catch {
            throw BundleError(.invalidValue, error)
        }
        return files.sorted { MemberPath.precedes($0.path, $1.path) }
    }

    /// One place of a parameter, with its value.
    private struct Filling {
        var parameter: Parameter
        var place: Parameter.Place
        var value: [UInt8]
    }

    /// Returns the places by the path of their files.
    private func fillings() -> [String: [Filling]] {
        var fillings: [String: [Filling]] = [:]
        for (parameter, _) in parameters {
            guard let value = values[parameter.name] else { continue }
            for place in parameter.places {
                let text = Self.text(of: value, for: parameter, at: place)
                fillings[place.path, default: []].append(Filling(parameter: parameter, place: place, value: text))
            }
        }
        return fillings
    }

    /// Returns the value of a parameter in the syntax of a place, before it is encoded.
    static func text(of value: [UInt8], for parameter: Parameter, at place: Parameter.Place) -> [UInt8] {
        parameter.origin?.derivation == .doubledDollars ? value : ComposeDollars.escaped(value, at: place)
    }

    private func file(from member: Member, fillings: [Filling]) throws(BundleError) -> HydratedFile {
        let inContents = fillings.filter { $0.place.location != nil }
        let holdsSecret = inContents.contains { $0.parameter.severity == .secret }
        return HydratedFile(
            path: try path(of: member, fillings: fillings),
            mode: holdsSecret ? member.mode & 0o700 : member.mode,
            bytes: try bytes(of: member, fillings: inContents)
        )
    }

    private func bytes(of member: Member, fillings: [Filling]) throws(BundleError) -> [UInt8] {
        let edits = fillings.compactMap { filling in
            filling.place.location.map { Edit($0, replacement: filling.value) }
        }
        for filling in fillings where !filling.value.allSatisfy(Interpreter.isPlain) {
            guard
                let interpreter = filling.place.location.flatMap({
                    Interpreter.reading($0, of: member.path, member.bytes)
                }), !interpreter.takes(filling.value, like: Array(filling.parameter.standIn.utf8))
            else { continue }
            throw blame(on: [filling], in: member)
        }
        do throws(DocumentError) {
            return try Edit.apply(edits, to: member.bytes).bytes
        } catch {
            throw blame(error, on: fillings, in: member)
        }
    }

    /// Makes an error that names the first parameter that cannot be written even alone.
    private func blame(_ error: DocumentError? = nil, on fillings: [Filling], in member: Member) -> BundleError {
        for filling in fillings {
            guard
                let complaint = PlaceCheck.complaint(
                    about: filling.value,
                    for: filling.parameter,
                    at: filling.place,
                    in: member
                )
            else {
                continue
            }
            return BundleError(
                .invalidValue,
                at: filling.parameter.name,
                complaint,
                hint: PlaceCheck.hint(for: filling.parameter)
            )
        }
        return BundleError(.malformedParameters, at: member.path, error?.message ?? "")
    }

    private func path(of member: Member, fillings: [Filling]) throws(BundleError) -> String {
        var bytes = Array(member.path.utf8)
        // Replaced from the end, so that earlier spans stay valid.
        let spans = fillings.filter { $0.place.pathSpan != nil }.sorted {
            ($0.place.pathSpan?.start ?? 0) > ($1.place.pathSpan?.start ?? 0)
        }
        guard !spans.isEmpty else { return member.path }
        for filling in spans {
            guard let span = filling.place.pathSpan else { continue }
            guard !filling.value.contains(UInt8(ascii: "/")) else {
                throw BundleError(
                    .invalidValue,
                    at: filling.parameter.name,
                    "the value has a slash but is used in a file name"
                )
            }
            bytes.replaceSubrange(span.range, with: filling.value)
        }
        let path = String(decoding: bytes, as: UTF8.self)
        do throws(ArchiveError) {
            try MemberPath.check(path)
        } catch {
            throw BundleError(.invalidValue, at: spans[0].parameter.name, "as a file name, \(error.message)")
        }
        return path
    }
}

extension HydrationPlan: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number of parameters.
    public var description: String { "HydrationPlan(\(parameters.count) parameters, \(missing.count) missing)" }
    /// The number of parameters.
    public var debugDescription: String { description }
    /// Shows the parameters and the origins of their values, and hides the values.
    public var customMirror: Mirror { Mirror(self, children: ["parameters": parameters]) }
}
