import Testing

@testable import ScrubjayKit

/// What may be seen of an owner's lines.
@Suite struct MaskedLinesTests {
    private func shown(_ line: String, path: String = "a.yml") -> String? {
        MaskedLines(among: [Array("known-name: x".utf8)]).masked([1], of: path, Array((line + "\n").utf8))[1]
    }

    @Test(arguments: ["JVB_AUTH_PASSWORD", "TZ", "ENABLE_IPV6", "P2P_PREFERRED_CODEC", "known-name"])
    func namesOfVariablesAreShown(name: String) throws {
        #expect(try #require(shown("\(name): otter-kelp-91")).hasPrefix(name + ": "))
    }

    /// A map may have what is secret for its keys.
    @Test(arguments: ["AKIAIOSFODNN7EXAMPLE", "ASIA_QWERTYUIOPASDFGH", "7F3A9C2E5B8D1046", "otter"])
    func keysThatMayBeValuesAreNot(name: String) throws {
        #expect(try #require(shown("\(name): production")).hasPrefix("…: "))
    }
}
