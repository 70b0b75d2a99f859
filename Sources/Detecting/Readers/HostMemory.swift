internal import Documents

/// Remembers what part of a host name somebody has registered, since the same few hosts stand in a tree again and again.
///
/// It is for one thread.
final class HostMemory {
    /// The lengths of the domains at the ends of names; -1 where a name has none.
    private var domains: [[UInt8]: Int] = [:]
    private var unknownDomains: [[UInt8]: Int] = [:]

    private static let limit = 1 << 12

    /// What ``HostNameReader/registrableDomain(at:)`` says about `host`, asked by `ask` the first time.
    func domain(of host: ArraySlice<UInt8>, endingAt end: Int, _ ask: () -> Span?) -> Span? {
        Self.remembered(&domains, host, end, ask)
    }

    /// What is said about `host` in running text, asked by `ask` the first time.
    func unknownDomain(of host: ArraySlice<UInt8>, endingAt end: Int, _ ask: () -> Span?) -> Span? {
        Self.remembered(&unknownDomains, host, end, ask)
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
