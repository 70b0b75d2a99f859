@testable import Documents
@testable import Sanitizing
@testable import Sodium

/// The properties of age files: the first byte chooses how the input is read, the rest is the file.
enum AgeProperties {
    /// Created each time, because LeakSanitizer does not follow a tagged pointer in a global.
    private static var identities: [AgeIdentity] {
        let text = Array("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX".utf8)
        let passphrase = AgeIdentity.passphrase(SecretBytes(copying: [0x61]), maximumWorkFactor: 1)
        return [(try? AgeIdentity(SecretBytes(copying: text))) ?? .generate(), passphrase]
    }

    static func check(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let file = Array(bytes.dropFirst())
        checkHeader(file)
        let identities = identities
        let whole = try? AgeFile.open(file, with: identities).exposed()
        require(
            piecewise(file, with: identities, step: Int(first) + 1) == whole,
            "a file in pieces is another than the whole"
        )
        checkTexts(file)
    }

    /// Checks that an accepted header is written with the same bytes.
    private static func checkHeader(_ bytes: [UInt8]) {
        guard let (header, count) = try? AgeHeader.read(bytes, isAll: true) else { return }
        require(header.serialized() == Array(bytes[..<count]), "a header that was read is written in other bytes")
    }

    private static func piecewise(_ file: [UInt8], with identities: [AgeIdentity], step: Int) -> [UInt8]? {
        var content: [UInt8] = []
        do {
            var reader = AgeReader(with: identities)
            for start in stride(from: 0, to: file.count, by: step) {
                let part = Array(file[start..<min(start + step, file.count)])
                try part.withBytes { try reader.read($0) { $0.withUnsafeBytes { content += Array($0) } } }
            }
            try reader.finish { $0.withUnsafeBytes { content += Array($0) } }
        } catch {
            return nil
        }
        return content
    }

    /// Checks that an accepted recipient or identity has only one spelling.
    private static func checkTexts(_ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self), let recipient = try? AgeRecipient(text) {
            require(recipient.text == text, "a recipient has a second spelling")
        }
        let secret = SecretBytes(copying: bytes)
        if let identity = try? AgeIdentity(secret) {
            switch identity.text() {
            case .some(let text): require(text.exposed() == bytes, "an identity has a second spelling")
            case .none: require(false, "an identity has no text")
            }
        }
        _ = try? AgeIdentityFile.identities(in: secret)
    }

    /// Checks that a map survives writing and reading.
    static func checkMap(_ bytes: [UInt8]) {
        guard let map = try? SealedMap(parsing: bytes) else { return }
        require((try? SealedMap(parsing: map.serialized())) == map, "a map that is written is read as another")
    }
}
