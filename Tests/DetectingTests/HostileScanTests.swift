import Documents
import Foundation
import Testing

@testable import Detecting

/// Inputs made to exhaust the time of a scan.
///
/// Work that grows with the square of these sizes does not end within the limit.
@Suite(.serialized) struct HostileScanTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    /// Stretches that open, name or quote something, and files in which they are read as that.
    static let files: [(path: String, head: String, pattern: String, size: Int)] = [
        ("a.txt", "", "password=$a;", 30_000),
        ("a.php", "<?php ", "<< ", 200_000),
        ("a.js", "x = ", "/[", 200_000),
        ("a.yml", "k: ", "--a b ", 200_000),
        ("a.yml", "k: ", "--user b ", 200_000),
        ("a.sh", "run ", "--user b ", 200_000),
        (".env", "K=", "${", 300_000),
        (".env", "PUBLIC_URL=", "a.bc ", 200_000),
        ("a.yml", "k: ", "a=b} ", 500_000),
        ("a.yml", "k: a=b", ")", 300_000),
        ("a.eml", "From: x\nSubject: ", "=?", 200_000),
        ("a.yml", "", "A1_PASSWORD_FILE=/run/secrets/x1\n", 400_000),
        ("a.yml", "", "A1_PASSWORD_FILE=/run/secrets/x1 ./y:/run/secrets/x2\n", 400_000),
        ("a.txt", "", "-----BEGIN PRIVATE KEY-----\n", 1_000_000),
        ("a.sh", "", "A=\"x\n", 300_000),
        ("a.sh", "", "A='$(x\n", 300_000),
        ("a.sh", "", "A=x\\\n", 150_000),
        ("Dockerfile", "", "ENV A b \\\n", 300_000),
        ("a.lua", "", "x = [[a\n", 300_000),
        ("a.lua", "", "x = [=[a]\n", 300_000),
        ("a.ldif", "x: y", "\n z", 300_000),
    ]

    @Test(.serialized, .timeLimit(.minutes(5)), arguments: files)
    func endsInTime(path: String, head: String, pattern: String, size: Int) {
        let text = Array((head + String(repeating: pattern, count: size / pattern.utf8.count)).utf8)
        var files = 0
        Self.scanner.scan(BytesInMemory([(path: path, bytes: text)]), threads: 1) { _ in files += 1 }
        #expect(files <= 1)
        #expect(Document(path: path, bytes: text).bytes == text)
    }

    /// Nothing here is hostile: a list of addresses that is stored in base64.
    @Test(.timeLimit(.minutes(5))) func manyValuesInOneEncodedText() {
        let lines = (0..<4_000).map { "10.\($0 / 250).\($0 % 250).7\n" }
        let text = Array("x: \(Data(lines.joined().utf8).base64EncodedString())\n".utf8)
        var addresses: Set<[Location.Step]> = []
        Self.scanner.scan(BytesInMemory([(path: "a.yml", bytes: text)]), threads: 1) { text in
            for finding in text.findings { addresses.insert(finding.location?.steps ?? []) }
        }
        #expect(addresses.count == 4_000)
    }
}
