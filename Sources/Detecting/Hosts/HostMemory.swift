internal import Documents

/// Caches the registrable parts of host names, and which values identify no owner, because the same few occur again and
/// again.
///
/// It is not thread-safe.
final class HostMemory {
    /// The lengths of the domains at the ends of names, by the names' hashes; -1 if there is no domain.
    private var domains: [UInt64: Int] = [:]
    private var unknownDomains: [UInt64: Int] = [:]
    private var knownTopLevels: [UInt64: Bool] = [:]
    private var reservedValues: [Value: Bool] = [:]

    private struct Value: Hashable {
        var hash: UInt64
        var kind: Kind
    }

    private static let limit = 1 << 14

    /// Returns the result of ``HostNameReader/registrableDomain(at:)`` for `host`, calling `ask` the first time.
    func domain(of host: ArraySlice<UInt8>, endingAt end: Int, _ ask: () -> Span?) -> Span? {
        Self.remembered(&domains, host, end, ask)
    }

    /// Returns the domain of `host` in running text, calling `ask` the first time.
    func unknownDomain(of host: ArraySlice<UInt8>, endingAt end: Int, _ ask: () -> Span?) -> Span? {
        Self.remembered(&unknownDomains, host, end, ask)
    }

    /// Whether the last label of `host` is a top-level domain; see ``HostNameReader/isUnderKnownTopLevel(_:)``.
    func isUnderKnownTopLevel(_ host: ArraySlice<UInt8>) -> Bool {
        let label = host[((host.lastIndex(of: UInt8(ascii: ".")) ?? host.startIndex - 1) + 1)...]
        let hash = NameHash.of(label)
        if let known = knownTopLevels[hash] { return known }
        let answer = HostNameReader.isUnderKnownTopLevel("a." + String(decoding: label, as: UTF8.self))
        if knownTopLevels.count == Self.limit { knownTopLevels.removeAll(keepingCapacity: true) }
        knownTopLevels[hash] = answer
        return answer
    }

    /// Whether a value identifies no owner; see ``ReservedValues/contains(_:kind:)``.
    func isReserved(_ bytes: [UInt8], kind: Kind) -> Bool {
        let value = Value(hash: NameHash.of(bytes[...]), kind: kind)
        if let known = reservedValues[value] { return known }
        let answer = ReservedValues.builtIn.contains(bytes, kind: kind)
        if reservedValues.count == Self.limit { reservedValues.removeAll(keepingCapacity: true) }
        reservedValues[value] = answer
        return answer
    }

    private static func remembered(
        _ lengths: inout [UInt64: Int],
        _ host: ArraySlice<UInt8>,
        _ end: Int,
        _ ask: () -> Span?
    ) -> Span? {
        let name = NameHash.of(host)
        if let length = lengths[name] { return length < 0 ? nil : Span(end - length, end) }
        let answer = ask()
        if lengths.count == limit { lengths.removeAll(keepingCapacity: true) }
        lengths[name] = answer?.count ?? -1
        return answer
    }
}
