/// Recognises files that consist of PEM blocks (RFC 7468) of keys and certificates, or of OpenPGP's blocks (RFC 9580),
/// with comments and OpenSSL's descriptions between them.
public enum KeyMaterialFile {
    /// Returns what the file holds; nil if it holds anything else, or neither a key nor a certificate.
    static func keyMaterial(of bytes: [UInt8]) -> OmissionRules.Contents? {
        guard let labels = labels(of: bytes) else { return nil }
        if labels.contains(where: { $0.hasSuffix("PRIVATE KEY") || $0.hasSuffix("PRIVATE KEY BLOCK") }) {
            return .privateKey
        }
        return labels.contains(where: holdsCertificate) ? .certificate : nil
    }

    /// Whether a file consists of public keys of OpenPGP, which hold the names and addresses of their owners.
    public static func isPublicOpenPGP(_ bytes: [UInt8]) -> Bool {
        guard let labels = labels(of: bytes) else { return false }
        return !labels.isEmpty && labels.allSatisfy { $0 == "PGP PUBLIC KEY BLOCK" }
    }

    /// Returns the labels of the blocks; nil if the file holds anything else.
    private static func labels(of bytes: [UInt8]) -> [Substring]? {
        // Key files are small; the limit prevents reading a log of gigabytes.
        guard bytes.count <= 1 << 20, bytes.contains(UInt8(ascii: "-")) else { return nil }
        var labels: [Substring] = []
        var isInside = false
        // Line by line: the first line of nearly every file rules it out.
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        while !rest.isEmpty {
            let line = rest.prefix { !$0.isNewline }
            rest = rest[line.endIndex...].dropFirst()
            let trimmed = line.drop { $0 == " " || $0 == "\u{FEFF}" }
            if trimmed.hasPrefix("-----BEGIN ") {
                labels.append(trimmed.dropFirst("-----BEGIN ".count).prefix { $0 != "-" })
                isInside = true
            } else if trimmed.hasPrefix("-----END ") {
                isInside = false
            } else if !isInside && !trimmed.isEmpty && !describesCertificate(line) {
                return nil
            }
        }
        return labels
    }

    /// Whether a line outside of the blocks says what is in them: a comment, or a line that OpenSSL writes.
    private static func describesCertificate(_ line: Substring) -> Bool {
        line.hasPrefix("#") || line.hasPrefix("    ") || openSSLLines.contains(where: line.hasPrefix)
    }

    private static let openSSLLines = [
        "Bag Attributes", "Key Attributes", "Certificate:", "Certificate Request:", "subject=", "subject:", "issuer=",
        "issuer:", "SHA1 Fingerprint=", "SHA256 Fingerprint=", "sha256 Fingerprint=", "MD5 Fingerprint=", "serial=",
        "notBefore=", "notAfter=",
    ]

    /// Whether a block is a certificate, a certificate request, or holds several (RFC 7468 sections 5 to 9).
    private static func holdsCertificate(_ label: Substring) -> Bool {
        label.hasSuffix("CERTIFICATE") || label.hasSuffix("CERTIFICATE REQUEST") || label == "PKCS7" || label == "CMS"
    }
}
