internal import Documents

/// Remembers what part of a host name somebody has registered, and what is nobody's, since the same few hosts and values stand
/// in a tree again and again.
///
/// It is for one thread.
final class HostMemory {
    /// The lengths of the domains at the ends of names; -1 where a name has none.
    private var domains: [[UInt8]: Int] = [:]
    private var unknownDomains: [[UInt8]: Int] = [:]
    private var knownTopLevels: [[UInt8]: Bool] = [:]
    private var reservedValues: [Value: Bool] = [:]

    private struct Value: Hashable {
        var bytes: [UInt8]
        var kind: Kind
    }

    private static let limit = 1 << 12

    /// What ``HostNameReader/registrableDomain(at:)`` says about `host`, asked by `ask` the first time.
    func domain(of host: ArraySlice<UInt8>, endingAt end: Int, _ ask: () -> Span?) -> Span? {
        Self.remembered(&domains, host, end, ask)
    }

    /// What is said about `host` in running text, asked by `ask` the first time.
    func unknownDomain(of host: ArraySlice<UInt8>, endingAt end: Int, _ ask: () -> Span?) -> Span? {
        Self.remembered(&unknownDomains, host, end, ask)
    }

    /// Whether the last label of `host` is a top-level domain, as ``HostNameReader/isUnderKnownTopLevel(_:)`` says.
    func isUnderKnownTopLevel(_ host: ArraySlice<UInt8>) -> Bool {
        let label = Array(host[((host.lastIndex(of: UInt8(ascii: ".")) ?? host.startIndex - 1) + 1)...])
        if let known = knownTopLevels[label] { return known }
        let answer = HostNameReader.isUnderKnownTopLevel("a." + String(decoding: label, as: UTF8.self))
        if knownTopLevels.count == Self.limit { knownTopLevels.removeAll(keepingCapacity: true) }
        knownTopLevels[label] = answer
        return answer
    }

    /// Whether a value is nobody's, as ``ReservedValues/contains(_:kind:)`` says.
    func isReserved(_ bytes: [UInt8], kind: Kind) -> Bool {
        let value = Value(bytes: bytes, kind: kind)
        if let known = reservedValues[value] { return known }
        let answer = ReservedValues.builtIn.contains(bytes, kind: kind)
        if reservedValues.count == Self.limit { reservedValues.removeAll(keepingCapacity: true) }
        reservedValues[value] = answer
        return answer
    }

    private static func remembered(
        _ lengths: inout [[UInt8]: Int],
        _ host: ArraySlice<UInt8>,
        _ end: Int,
        _ ask: () -> Span?
    ) -> Span? {
        let name = Array(host)
        if let length = lengths[name] { return length < 0 ? nil : Span(end - length, end) }
        let answer = ask()
        if lengths.count == limit { lengths.removeAll(keepingCapacity: true) }
        lengths[name] = answer?.count ?? -1
        return answer
    }
}
