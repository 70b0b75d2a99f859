import TestKit
import Testing

@testable import ScrubjayKit

/// Passwords in every way of quoting: each deployment is sanitized, and none is refused.
@Suite struct QuotedSecretTests {
    @Test(arguments: stride(from: 0, to: 80, by: 10).map { $0..<($0 + 10) })
    func noneIsRefused(seeds: Range<Int>) throws {
        for seed in seeds {
            do {
                let files = QuotedSettings(seed: UInt64(seed)).files
                #expect(try Set(Sanitize.texts(of: files).keys) == Set(files.keys), "seed \(seed)")
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    @Test(arguments: [
        ("a.ini", "API_TOKEN = `auk;nest#44` ; comment\n", "API_TOKEN = `REPLACE-api-token` ; comment\n"),
        ("a.ini", "password=\"\"\"auk-nest-44\"\"\" ;x\n", "password=\"\"\"REPLACE-password\"\"\" ;x\n"),
        (
            "a.ini", ";password= `auknest44` ; x\npasswd: 'auknest44' # y\n",
            ";password= `REPLACE-password` ; x\npasswd: 'REPLACE-password' # y\n"
        ),
        ("a.ini", "secret =\"auk\"\"nest44\"\n", "secret =\"REPLACE-secret-key\"\n"),
        (".env", "API_TOKEN=`auknest44`\n", "API_TOKEN=`REPLACE-api-token`\n"),
        (
            "run.sh", "cmd --metadata=a=b,script=sudo\\ apt$'\\n'curl\\ https://ci.auk.test/\n",
            "cmd --metadata=a=b,script=sudo\\ apt$'\\n'curl\\ https://ci.example.org/\n"
        ),
    ])
    func quotesStay(path: String, text: String, expected: String) throws {
        #expect(try Sanitize.texts(of: [path: text]) == [path: expected])
    }
}
