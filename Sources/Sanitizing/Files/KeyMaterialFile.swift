/// Recognises files that hold nothing but PEM blocks (RFC 7468) of keys and certificates.
enum KeyMaterialFile {
    /// What the file is; nil where it holds something else too, or no key and no certificate.
    static func keyMaterial(of bytes: [UInt8]) -> OmissionRules.Contents? {
        // A file of keys is small; the limit keeps this from reading a log of gigabytes.
        guard bytes.count <= 1 << 20, bytes.contains(UInt8(ascii: "-")) else { return nil }
        var labels: [Substring] = []
        var isInside = false
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\u{FEFF}" }
            if line.hasPrefix("-----BEGIN ") {
                labels.append(line.dropFirst("-----BEGIN ".count).prefix { $0 != "-" })
                isInside = true
            } else if line.hasPrefix("-----END ") {
                isInside = false
            } else if !isInside && !line.isEmpty {
                return nil
            }
        }
        if labels.contains(where: { $0.hasSuffix("PRIVATE KEY") || $0.hasSuffix("PRIVATE KEY BLOCK") }) {
            return .privateKey
        }
        return labels.contains(where: holdsCertificate) ? .certificate : nil
    }

    /// Whether a block is a certificate, a request for one, or holds several (RFC 7468 sections 5 to 9).
    private static func holdsCertificate(_ label: Substring) -> Bool {
        label.hasSuffix("CERTIFICATE") || label.hasSuffix("CERTIFICATE REQUEST") || label == "PKCS7" || label == "CMS"
    }
}
