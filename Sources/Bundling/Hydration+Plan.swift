internal import Detecting
public import Sanitizing
public import Sodium

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
        problem(with: value, for: parameter)?.message
    }

    /// What is wrong with a value for a parameter, as an error that names it.
    private func problem(with value: [UInt8], for parameter: Parameter) -> BundleError? {
        if parameter.severity == .secret, value.elementsEqual(parameter.standIn.utf8) {
            return BundleError(.invalidValue, at: parameter.name, "the value is the stand-in, which everybody knows")
        }
        if let complaint = ValueGrammar.complaint(about: value, for: parameter.kind, standIn: parameter.standIn) {
            return BundleError(.invalidValue, at: parameter.name, complaint)
        }
        return PlaceCheck(members).complaint(about: value, for: parameter).map {
            BundleError(.invalidValue, at: parameter.name, $0, hint: PlaceCheck.hint)
        }
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
            if let problem = problem(with: value, for: parameter) { throw problem }
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
