internal import Detecting
public import Sanitizing
public import Sodium

extension Hydration {
    /// Determines the value of each parameter: a given one, a fresh one, or one derived from another.
    ///
    /// - Parameters:
    ///   - values: the user's values by parameter name.
    ///   - source: the source of fresh secrets.
    /// - Returns: the plan; its `missing` lists the values that are still required.
    /// - Throws: ``BundleError`` with code `unknownParameter` or `invalidValue`, naming the parameter and never the
    ///   value, or `malformedParameters` if derivations form a cycle.
    public func plan(
        values: [String: [UInt8]],
        fresh source: RandomSource = .system
    ) throws(BundleError) -> HydrationPlan {
        if let problem = problems(with: values).first { throw problem }
        for name in left.sorted() where !parameters.contains(where: { $0.name == name && $0.origin == nil }) {
            throw BundleError(
                .unknownParameter,
                at: name,
                "the bundle has no parameter of this name whose stand-in could stay"
            )
        }
        var resolved = values
        for parameter in parameters where parameter.origin == nil && resolved[parameter.name] == nil {
            guard !left.contains(parameter.name) else { continue }
            resolved[parameter.name] = Self.fresh(parameter.generator, from: source)
        }
        for parameter in parameters where parameter.origin != nil {
            resolved[parameter.name] = try derivedValue(of: parameter, from: resolved)
        }
        let spellings = Dictionary(grouping: parameters) { $0.standIn.lowercased() }
        let parts = parameters.filter { $0.kind == .domain || $0.kind == .userName }
        for parameter in parameters where parameter.origin == nil && resolved[parameter.name] == nil {
            let twins = spellings[parameter.standIn.lowercased(), default: []]
            resolved[parameter.name] =
                value(of: parameter, amongTwins: twins, from: resolved)
                ?? composedValue(of: parameter, of: parts, from: resolved)
        }
        let provenances = parameters.map { parameter in
            (parameter, provenance(of: parameter, given: values, resolved: resolved))
        }
        return HydrationPlan(
            parameters: provenances,
            values: resolved,
            members: members,
            archived: archived,
            copies: copies
        )
    }

    /// Returns the plan in which each parameter has the given value, one derived from it, or else its stand-in.
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
            archived: archived,
            copies: copies
        )
    }

    /// Returns the problem of a value for a parameter, in one lower-case sentence without the value; nil if there is
    /// none.
    public func complaint(about value: [UInt8], for parameter: Parameter) -> String? {
        problem(with: value, for: parameter)?.message
    }

    /// Returns the problem of a value for a parameter, as an error that names the parameter; nil if there is none.
    private func problem(with value: [UInt8], for parameter: Parameter) -> BundleError? {
        if parameter.severity == .secret, value.elementsEqual(parameter.standIn.utf8) {
            return BundleError(.invalidValue, at: parameter.name, "the value is the stand-in, which is public")
        }
        if let complaint = ValueGrammar.complaint(about: value, for: parameter.kind, standIn: parameter.standIn) {
            return BundleError(.invalidValue, at: parameter.name, complaint)
        }
        return PlaceCheck(templates).complaint(about: value, for: parameter).map {
            BundleError(.invalidValue, at: parameter.name, $0, hint: PlaceCheck.hint(for: parameter))
        }
    }

    /// Finds the problems of values.
    ///
    /// - Parameter values: the user's values by parameter name.
    /// - Returns: for each problem an error that names the parameter and never the value, in order of the names.
    public func problems(with values: [String: [UInt8]]) -> [BundleError] {
        return values.sorted { $0.key < $1.key }.compactMap { name, value in
            guard let parameter = self.parameter(named: name) else {
                return BundleError(.unknownParameter, at: name, "the bundle has no parameter with this name")
            }
            if let origin = parameter.origin {
                return BundleError(
                    .unknownParameter,
                    at: name,
                    "the value is computed from '\(origin.parameter)' and cannot be given"
                )
            }
            return problem(with: value, for: parameter)
        }
    }

    private static func fresh(_ generator: Parameter.Generator?, from source: RandomSource) -> [UInt8]? {
        switch generator {
        case nil: nil
        case .hex(let count): source.hexSecret(bytes: count).exposed()
        case .base64url(let count): source.base64URLSecret(bytes: count).exposed()
        }
    }

    /// Returns the value derived from others; nil if one of these is missing.
    private func derivedValue(
        of parameter: Parameter,
        from values: [String: [UInt8]]
    ) throws(BundleError) -> [UInt8]? {
        let chain = try chain(from: parameter)
        guard let root = chain.last, var value = values[root.name] else { return nil }
        for step in chain.dropLast().reversed() {
            guard let derived = step.origin.flatMap({ $0.derivation.apply(to: value) }) else {
                throw BundleError(.invalidValue, at: root.name, "the value cannot be converted for '\(step.name)'")
            }
            value = derived
        }
        return value
    }

    /// Returns the value of one of `twins`, the parameters whose stand-ins differ from this one's only in letter case:
    /// they are two spellings of one value.
    private func value(
        of parameter: Parameter,
        amongTwins twins: [Parameter],
        from values: [String: [UInt8]]
    ) -> [UInt8]? {
        let twin = twins.first { other in
            other.name != parameter.name && other.kind == parameter.kind && values[other.name] != nil
        }
        return twin.flatMap { values[$0.name] }
    }

    /// Returns the stand-in of an address or a home folder with the values of `parts`, the parameters for domains and
    /// users, filled in; nil if it contains none of them, or the value must be given.
    private func composedValue(
        of parameter: Parameter,
        of parts: [Parameter],
        from values: [String: [UInt8]]
    ) -> [UInt8]? {
        guard !parameter.isRequired, parameter.kind == .email || parameter.kind == .homePath else { return nil }
        var text = parameter.standIn
        for part in parts {
            guard let value = values[part.name].map({ String(decoding: $0, as: UTF8.self) }) else { continue }
            let isAtEnd = ["@", ".", "/"].contains { text.hasSuffix($0 + part.standIn) }
            if isAtEnd {
                text = String(text.dropLast(part.standIn.count)) + value
            } else if part.kind == .userName && text.hasPrefix(part.standIn + "@") {
                text = value + text.dropFirst(part.standIn.count)
            }
        }
        return text == parameter.standIn ? nil : Array(text.utf8)
    }

    /// Returns the parameter, the one that it is derived from, and so on up to the independent one.
    private func chain(from parameter: Parameter) throws(BundleError) -> [Parameter] {
        var chain = [parameter]
        while let origin = chain.last?.origin {
            guard chain.count <= parameters.count, let next = self.parameter(named: origin.parameter) else {
                throw BundleError(
                    .malformedParameters,
                    at: parameter.name,
                    "the value is not computed from another one"
                )
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
        if let origin = parameter.origin, let source = self.parameter(named: origin.parameter) {
            // A value derived from a kept stand-in is kept, too.
            return provenance(of: source, given: given, resolved: resolved) == .kept ? .kept : .derived
        }
        if resolved[parameter.name] != nil { return parameter.generator == nil ? .derived : .generated }
        return parameter.isRequired && !left.contains(parameter.name) ? .missing : .kept
    }
}
