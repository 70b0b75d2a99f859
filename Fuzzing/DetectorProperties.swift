@testable import Detecting
@testable import Documents

/// The properties of the readers of PEM and DER.
enum CertificateProperties {
    static func check(_ bytes: [UInt8]) {
        let reader = PEMReader(text: bytes)
        let mark = Array("-----BEGIN ".utf8)
        for start in bytes.indices.prefix(256) where bytes[start...].starts(with: mark) {
            let body = reader.body(behind: start + mark.count, where: { _ in true })
            require(body.allSatisfy { $0.end <= bytes.count && $0.start >= start }, "a body stands outside of its text")
            check(CertificateNames(base64: body.flatMap { bytes[$0.range] }))
        }
        check(CertificateNames(der: bytes))
        check(CertificateNames(base64: bytes))
    }

    private static func check(_ names: CertificateNames) {
        require(Set(names.names).count == names.names.count, "a name is given twice")
    }
}

/// The properties of a scan: the first byte chooses the kind of file, the rest is the file.
enum ScanProperties {
    private static let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))
    private static let paths = [
        "a.py", "a.json", "a.yaml", ".env", "a.md", "a.html", "a.tf", "nginx.conf", "passwd", "a", "a.txt", "a.sh",
        "a.js",
        "a.php", "a.ldif", "a.eml", "a.lua", "Dockerfile", "a.csv", "a.xml",
    ]

    static func check(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let file = (path: paths[Int(first) % paths.count], bytes: Array(bytes.dropFirst()))
        scanner.scan(BytesInMemory([file]), threads: 1) { text in
            for finding in text.findings {
                let end = finding.location?.fileSpan.end ?? finding.pathSpan?.end ?? 0
                require(end <= max(file.bytes.count, file.path.utf8.count), "a finding stands outside of its file")
                require(finding.location == nil || finding.line > 0, "a finding has no line")
            }
            require(text.regions.count == text.findings.count, "a finding has no region")
        }
    }
}

/// The properties of patterns: the input up to the first NUL is a pattern, the rest is the text.
enum PatternProperties {
    static func check(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        guard let source = parts.first.map({ String(decoding: $0, as: UTF8.self) }),
            let pattern = try? Pattern(source)
        else { return }
        let text = parts.count > 1 ? Array(parts[1]) : []
        for offset in 0...min(text.count, 32) {
            guard let match = pattern.match(text, at: offset) else { continue }
            require(match.whole.start == offset && match.whole.end <= text.count, "a match stands outside of its text")
            require(match.whole.contains(match.value), "the value of a match stands outside of it")
        }
        _ = pattern.matchesWhole(text)
    }
}
