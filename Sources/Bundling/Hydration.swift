public import Archive
internal import Detecting
internal import Documents
public import Sanitizing
public import Sodium

/// Turns a bundle into somebody's own deployment: their values and fresh secrets where the stand-ins are.
public struct Hydration: Sendable {
    /// What the bundle wants filled in, and what was left out of it.
    public let parameterFile: ParameterFile
    /// The files of a bundle of so few bytes are all held in memory.
    private static let smallSize = 1 << 24

    /// The files in which something is filled in, and others, without those that describe the bundle itself.
    private let members: [Member]
    /// The files that are copied as they are, which are not in memory.
    private let copies: [ArchiveEntry]

    /// Takes the files of a bundle that was verified; of a large one, those in which nothing is filled in are not read.
    ///
    /// - Throws: ``BundleError`` with code `malformedParameters` where `parameters.json` is missing, is not what its
    ///   format wants, or names a place where its stand-in does not stand; `changed` where the file is not what it was.
    public init(of bundle: VerifiedBundle) throws(BundleError) {
        do {
            let list = bundle.parameters.map { [Member(path: ParameterFile.name, bytes: $0)] } ?? []
            let names = try list.first.map { try ParameterFile(parsing: $0.bytes) }?.parameters ?? []
            let filled = Set(names.flatMap { $0.places.map(\.path) })
            let isSmall = bundle.manifest.files.reduce(0) { $0 + $1.size } <= Self.smallSize
            let isHeld = { (path: String) in isSmall || filled.contains(path) }
            let members = try bundle.members { isHeld($0.path) && $0.path != ParameterFile.name }
            let copies = bundle.manifest.files.filter { !isHeld($0.path) && $0.path != ParameterFile.name }
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
    init(members: [Member], copies: [ArchiveEntry] = []) throws(BundleError) {
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
        try checkPlaces()
    }

    /// The bundle's own files in which something may be filled in, with stand-ins.
    public var templates: [Member] { members }

    /// What `parameters.json` names.
    public var parameters: [Parameter] { parameterFile.parameters }
}

// MARK: - Checking the places

extension Hydration {
    /// Checks that every stand-in stands where its parameter says.
    private func checkPlaces() throws(BundleError) {
        let files = Dictionary(members.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var edits: [String: [Edit]] = [:]
        var pathSpans: [String: [Span]] = [:]
        for parameter in parameters {
            for place in parameter.places {
                guard files[place.path] != nil else {
                    throw misplaced(parameter, place, "there is no such file")
                }
                if let location = place.location {
                    edits[place.path, default: []].append(Edit(location, replacement: Array(parameter.standIn.utf8)))
                }
                guard let span = place.pathSpan else { continue }
                guard span.end <= place.path.utf8.count,
                    Array(place.path.utf8)[span.range].elementsEqual(parameter.standIn.utf8),
                    !pathSpans[place.path, default: []].contains(where: span.overlaps)
                else { throw misplaced(parameter, place, "the stand-in is not there in the path") }
                pathSpans[place.path, default: []].append(span)
            }
        }
        for member in members {
            // Writing the stand-ins over themselves must change nothing.
            let edits = edits[member.path] ?? []
            let rewritten: [UInt8]
            do throws(DocumentError) {
                rewritten = try Edit.apply(edits, to: member.bytes).bytes
            } catch {
                throw BundleError(.malformedParameters, at: member.path, error.message)
            }
            guard rewritten == member.bytes else {
                throw BundleError(.malformedParameters, at: member.path, "a stand-in is not where its parameter says")
            }
        }
    }

    private func misplaced(_ parameter: Parameter, _ place: Parameter.Place, _ reason: String) -> BundleError {
        let path = escaped(place.path.utf8)
        return BundleError(.malformedParameters, at: parameter.name, "a place is named in '\(path)', and \(reason)")
    }
}

// MARK: - Planning

extension Hydration {
    /// Decides which value each parameter gets: the given one, a fresh one, or the one that follows from another.
    ///
    /// - Parameters:
    ///   - values: the values that the user gives, by the names of their parameters.
    ///   - source: where fresh secrets come from.
    /// - Returns: the plan; its `missing` lists what must still be given.
    /// - Throws: ``BundleError`` with code `unknownParameter` or `invalidValue`, naming the parameter and never the value,
    ///   or `malformedParameters` where parameters follow from each other in a circle.
    public func plan(
        values: [String: [UInt8]],
        fresh source: RandomSource = .system
    ) throws(BundleError) -> HydrationPlan {
        try check(values)
        var resolved = values
        for parameter in parameters where parameter.origin == nil && resolved[parameter.name] == nil {
            resolved[parameter.name] = Self.fresh(parameter.generator, from: source)
        }
        for parameter in parameters where parameter.origin != nil {
            resolved[parameter.name] = try derivedValue(of: parameter, from: resolved)
        }
        for parameter in parameters where parameter.origin == nil && resolved[parameter.name] == nil {
            resolved[parameter.name] =
                valueInOtherCase(of: parameter, from: resolved) ?? composedValue(of: parameter, from: resolved)
        }
        let provenances = parameters.map { parameter in
            (parameter, provenance(of: parameter, given: values, resolved: resolved))
        }
        return HydrationPlan(parameters: provenances, values: resolved, members: members, copies: copies)
    }

    /// The plan in which each parameter has the given value, or the one that follows from it, or else its stand-in.
    ///
    /// - Throws: ``BundleError`` with code `invalidValue` or `malformedParameters`.
    func planKeepingStandIns(values: [String: [UInt8]]) throws(BundleError) -> HydrationPlan {
        var resolved = values
        for parameter in parameters where parameter.origin == nil && resolved[parameter.name] == nil {
            resolved[parameter.name] = Array(parameter.standIn.utf8)
        }
        for parameter in parameters where parameter.origin != nil {
            resolved[parameter.name] = try derivedValue(of: parameter, from: resolved)
        }
        return HydrationPlan(
            parameters: parameters.map { ($0, .given) },
            values: resolved,
            members: members,
            copies: copies
        )
    }

    /// What is wrong with a value for a parameter, in one lower-case sentence without the value; nil where nothing is.
    public func complaint(about value: [UInt8], for parameter: Parameter) -> String? {
        if parameter.severity == .secret, value.elementsEqual(parameter.standIn.utf8) {
            return "the value is the stand-in, which everybody knows"
        }
        return ValueGrammar.complaint(about: value, for: parameter.kind, standIn: parameter.standIn)
    }

    private func check(_ values: [String: [UInt8]]) throws(BundleError) {
        let known = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let parameter = known[name] else {
                throw BundleError(.unknownParameter, at: name, "the bundle has no parameter of this name")
            }
            if let origin = parameter.origin {
                throw BundleError(
                    .unknownParameter,
                    at: name,
                    "the value follows from '\(origin.parameter)', and is not given"
                )
            }
            if let complaint = complaint(about: value, for: parameter) {
                throw BundleError(.invalidValue, at: name, complaint)
            }
        }
    }

    private static func fresh(_ generator: Parameter.Generator?, from source: RandomSource) -> [UInt8]? {
        switch generator {
        case nil: nil
        case .hex(let count): source.hexSecret(bytes: count).exposed()
        case .base64url(let count): source.base64URLSecret(bytes: count).exposed()
        }
    }

    /// The value that follows from others; nil where theirs is missing.
    private func derivedValue(
        of parameter: Parameter,
        from values: [String: [UInt8]]
    ) throws(BundleError) -> [UInt8]? {
        let chain = try chain(from: parameter)
        guard let root = chain.last, var value = values[root.name] else { return nil }
        for step in chain.dropLast().reversed() {
            guard let derived = step.origin.flatMap({ $0.derivation.apply(to: value) }) else {
                throw BundleError(.invalidValue, at: root.name, "the value has no form for '\(step.name)'")
            }
            value = derived
        }
        return value
    }

    /// The value of another parameter whose stand-in is this one's in other letter case: one value, spelled twice.
    private func valueInOtherCase(of parameter: Parameter, from values: [String: [UInt8]]) -> [UInt8]? {
        let twin = parameters.first { other in
            other.name != parameter.name && other.kind == parameter.kind && values[other.name] != nil
                && other.standIn.lowercased() == parameter.standIn.lowercased()
        }
        return twin.flatMap { values[$0.name] }
    }

    /// The stand-in of an address or a home folder with the domain and the user in it that were given; nil where there is
    /// nothing of the kind in it, or the value must be given.
    private func composedValue(of parameter: Parameter, from values: [String: [UInt8]]) -> [UInt8]? {
        guard !parameter.isRequired, parameter.kind == .email || parameter.kind == .homePath else { return nil }
        var text = parameter.standIn
        for part in parameters {
            guard let value = values[part.name].map({ String(decoding: $0, as: UTF8.self) }) else { continue }
            let isAtEnd = ["@", ".", "/"].contains { text.hasSuffix($0 + part.standIn) }
            if isAtEnd && (part.kind == .domain || part.kind == .userName) {
                text = String(text.dropLast(part.standIn.count)) + value
            } else if part.kind == .userName && text.hasPrefix(part.standIn + "@") {
                text = value + text.dropFirst(part.standIn.count)
            }
        }
        return text == parameter.standIn ? nil : Array(text.utf8)
    }

    /// The parameter, the one that it follows from, and so on to the one that stands for itself.
    private func chain(from parameter: Parameter) throws(BundleError) -> [Parameter] {
        var chain = [parameter]
        while let origin = chain.last?.origin {
            guard chain.count <= parameters.count, let next = parameters.first(where: { $0.name == origin.parameter })
            else {
                throw BundleError(.malformedParameters, at: parameter.name, "the value follows from no other one")
            }
            chain.append(next)
        }
        return chain
    }

    private func provenance(
        of parameter: Parameter,
        given: [String: [UInt8]],
        resolved: [String: [UInt8]]
    ) -> HydrationPlan.Provenance {
        if given[parameter.name] != nil { return .given }
        if let origin = parameter.origin, let source = parameters.first(where: { $0.name == origin.parameter }) {
            // What follows from a stand-in that stays, stays.
            return provenance(of: source, given: given, resolved: resolved) == .kept ? .kept : .derived
        }
        if resolved[parameter.name] != nil { return parameter.generator == nil ? .derived : .generated }
        return parameter.isRequired ? .missing : .kept
    }
}
