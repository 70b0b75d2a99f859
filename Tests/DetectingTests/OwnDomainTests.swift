import Documents
import Testing

@testable import Detecting

/// The name of an organisation is replaced if its domain is its own, also where no setting says so.
@Suite struct OwnDomainTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private func found(_ text: String, path: String = "README.md") -> [String] {
        let result = Self.scanner.scan([Document(path: path, bytes: Array(text.utf8))])
        return result.findings.indices.map { String(decoding: result.value(ofFinding: $0).bytes, as: UTF8.self) }
    }

    @Test(arguments: [
        "Machines of Waldhoerberg. Ask the admins at treffen.waldhoerberg.eu, org \"waldhoerberg\".\n",
        "Machines of Waldhoerberg. Write to lia.auk@waldhoerberg.eu, org \"waldhoerberg\".\n",
        "Machines of Waldhoerberg, *.waldhoerberg.eu, org \"waldhoerberg\".\n",
    ])
    func theNameOfAnOwnDomainIsFound(text: String) {
        #expect(found(text).count { $0 == "waldhoerberg" } == 2, "\(found(text))")
    }

    @Test(arguments: [
        "Waldhoerberg is a program, see https://docs.waldhoerberg.eu/install and image: \"waldhoerberg\".\n",
        "Waldhoerberg is a program, see www.waldhoerberg.eu, support@waldhoerberg.eu, image: \"waldhoerberg\".\n",
        "Waldhoerberg is a program, see waldhoerberg.eu, image: \"waldhoerberg\".\n",
    ])
    func theNameOfACitedOneIsNot(text: String) {
        #expect(!found(text).contains("waldhoerberg"), "\(found(text))")
    }
}
