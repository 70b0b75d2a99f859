/// The textual header of an age file: the file key, wrapped for each recipient, and an authentication code.
struct AgeHeader: Sendable {
    /// The maximum size of a header in bytes: enough for thousands of recipients.
    static let limit = 1 << 20
    private static let versionLine = Array("age-encryption.org/v1\n".utf8)
    private static let anyVersion = Array("age-encryption.org/".utf8)
    private static let endMark = Array("---".utf8)

    /// The stanzas of the recipients, at least one.
    let stanzas: [AgeStanza]
    /// The authenticated bytes: everything up to and including the `---`.
    private let covered: [UInt8]
    private let code: [UInt8]

    /// Makes the header of a new file.
    init(stanzas: [AgeStanza], fileKey: borrowing SecretBytes) {
        self.stanzas = stanzas
        covered = Self.versionLine + stanzas.flatMap { $0.serialized() } + Self.endMark
        code = Self.code(of: covered, fileKey: fileKey).exposed()
    }

    /// The bytes of the header.
    func serialized() -> [UInt8] {
        covered + Array(" \(Base64.encode(code, as: .standardUnpadded))\n".utf8)
    }

    /// Whether the header was authenticated with this file key.
    func isAuthentic(fileKey: borrowing SecretBytes) -> Bool {
        Self.code(of: covered, fileKey: fileKey).withBytes { expected in
            code.withBytes { ConstantTime.isEqual($0, expected) }
        }
    }

    private static func code(of covered: [UInt8], fileKey: borrowing SecretBytes) -> SecretBytes {
        let key = HKDFSHA256.key(from: fileKey, salt: [], info: "header")
        var code = key.withBytes { HMACSHA256(key: $0) }
        code.update(covered)
        return code.finalize()
    }

    // MARK: - Reading

    /// Reads the header at the start of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: the start of a file, or all of it.
    ///   - isAll: whether `bytes` are the whole file.
    /// - Returns: the header and its length; nil if more bytes are needed.
    /// - Throws: ``AgeError`` `notAge`, `unsupportedVersion` or `malformed`.
    static func read(_ bytes: [UInt8], isAll: Bool) throws(AgeError) -> (header: AgeHeader, count: Int)? {
        try checkVersion(bytes, isAll: isAll)
        guard bytes.count >= versionLine.count else { return nil }
        var lines = Lines(bytes: bytes, position: versionLine.count, isAll: isAll)
        var stanzas: [AgeStanza] = []
        while true {
            let start = lines.position
            guard let line = try lines.next() else { return nil }
            if line.starts(with: endMark) {
                guard !stanzas.isEmpty else { throw malformed("the header names no recipient") }
                let end = start + endMark.count
                let code = try readCode(line.dropFirst(endMark.count))
                try check(stanzas)
                return (AgeHeader(stanzas: stanzas, covered: Array(bytes[..<end]), code: code), lines.position)
            }
            guard let stanza = try readStanza(line, &lines) else { return nil }
            stanzas.append(stanza)
        }
    }

    private init(stanzas: [AgeStanza], covered: [UInt8], code: [UInt8]) {
        self.stanzas = stanzas
        self.covered = covered
        self.code = code
    }

    private static func checkVersion(_ bytes: [UInt8], isAll: Bool) throws(AgeError) {
        let start = bytes.prefix(versionLine.count)
        if versionLine.starts(with: start) && (start.count == versionLine.count || !isAll) { return }
        guard bytes.starts(with: anyVersion) else { throw AgeError(.notAge, "this is not an age file") }
        let version = bytes.dropFirst(anyVersion.count).prefix { $0 != UInt8(ascii: "\n") }
        guard !version.isEmpty, version.count < bytes.count - anyVersion.count,
            version.allSatisfy(isVisible)
        else { throw malformed("the version line is malformed") }
        throw AgeError(.unsupportedVersion, "the file is not of age version v1")
    }

    private static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

    private static func readStanza(_ line: ArraySlice<UInt8>, _ lines: inout Lines) throws(AgeError) -> AgeStanza? {
        guard line.starts(with: Array("-> ".utf8)) else { throw malformed("a line does not start a recipient") }
        let arguments = line.dropFirst(3).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard arguments.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isVisible) }) else {
            throw malformed("a recipient has an empty argument or characters that are not allowed")
        }
        var body: [UInt8] = []
        while true {
            guard let line = try lines.next() else { return nil }
            guard line.count <= AgeStanza.columns,
                let bytes = try? Base64.decode(Array(line), as: .standardUnpadded)
            else { throw malformed("the body of a recipient is not base64 in lines of 64 letters") }
            body += bytes
            if line.count < AgeStanza.columns { break }
        }
        return AgeStanza(arguments: arguments.map { String(decoding: $0, as: UTF8.self) }, body: body)
    }

    private static func readCode(_ rest: ArraySlice<UInt8>) throws(AgeError) -> [UInt8] {
        guard rest.first == UInt8(ascii: " "),
            let code = try? Base64.decode(Array(rest.dropFirst()), as: .standardUnpadded),
            code.count == HMACSHA256.count
        else { throw malformed("the last line has no authentication code") }
        return code
    }

    private static func check(_ stanzas: [AgeStanza]) throws(AgeError) {
        for stanza in stanzas { try stanza.check() }
        if stanzas.count > 1 && stanzas.contains(where: { $0.kind == .scrypt }) {
            throw malformed("a passphrase is combined with other recipients")
        }
    }

    static func malformed(_ what: String) -> AgeError { AgeError(.malformed, "malformed age header: \(what)") }

    /// The lines of the header, in sequence.
    private struct Lines {
        let bytes: [UInt8]
        var position: Int
        let isAll: Bool

        /// Returns the next line without its line feed; nil if it is incomplete.
        mutating func next() throws(AgeError) -> ArraySlice<UInt8>? {
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
                guard bytes.count <= AgeHeader.limit else { throw AgeHeader.malformed("it is too long") }
                guard !isAll else { throw AgeHeader.malformed("it ends too early") }
                return nil
            }
            guard end <= AgeHeader.limit else { throw AgeHeader.malformed("it is too long") }
            defer { position = end + 1 }
            return bytes[position..<end]
        }
    }
}
