/// Opens a stream in pieces; each chunk that is delivered is authentic.
///
/// Only ``finish(to:)`` shows that the stream is complete: if it throws, everything delivered before must be discarded.
public struct AgeReader: ~Copyable {
    private let identities: [AgeIdentity]
    private var armor = AgeArmor()
    /// Bytes that are not opened yet.
    private var pending: [UInt8] = []
    private var chunks: AgeChunks?
    private var chunk = SecretBytes(count: AgeChunks.size)
    private var isFirst = true

    /// Begins a file, binary or armored.
    public init(with identities: [AgeIdentity]) {
        self.identities = identities
    }

    /// Reads more bytes of the file, and delivers their contents to `sink`.
    ///
    /// - Throws: ``AgeError``, or what `sink` throws; after that, the stream cannot be continued.
    public mutating func read(_ bytes: RawSpan, to sink: (RawSpan) throws -> Void) throws {
        try take(bytes)
        while let count = try openChunk(isAll: false) {
            try chunk.withBytes { try sink($0.extracting(first: count)) }
        }
    }

    /// Ends the file.
    ///
    /// - Throws: ``AgeError`` if the file is incomplete, or what `sink` throws.
    public consuming func finish(to sink: (RawSpan) throws -> Void) throws {
        try end()
        while let count = try openChunk(isAll: true) {
            try chunk.withBytes { try sink($0.extracting(first: count)) }
        }
    }

    /// Opens a whole file at once, into memory of exactly its contents' size.
    consuming func readAll(_ bytes: RawSpan, limit: Int) throws(AgeError) -> SecretBytes {
        try take(bytes)
        try end()
        // If the last chunk does not even have room for a tag, nothing is opened into it.
        let (fullCount, rest) = pending.count.quotientAndRemainder(dividingBy: AgeChunks.sealedSize)
        let length = fullCount * AgeChunks.size + max(0, rest - ChaChaPoly.tagCount)
        guard length <= limit else {
            throw AgeError(.tooLong, "the file is larger than the limit of \(limit) bytes")
        }
        var content = SecretBytes(count: length)
        var position = 0
        while let count = try openChunk(isAll: true) {
            content.replace(at: position, withFirst: count, of: chunk)
            position += count
        }
        return content
    }

    // MARK: - Steps

    private mutating func take(_ bytes: RawSpan) throws(AgeError) {
        try armor.decode(bytes, into: &pending)
        try openHeader(isAll: false)
    }

    private mutating func end() throws(AgeError) {
        try armor.finish(into: &pending)
        try openHeader(isAll: true)
        guard chunks != nil else { throw AgeError(.tampered, "the age file ends before its content") }
    }

    /// Reads header and nonce once they are complete.
    private mutating func openHeader(isAll: Bool) throws(AgeError) {
        guard chunks == nil, isAll || !pending.isEmpty else { return }
        guard let (header, count) = try AgeHeader.read(pending, isAll: isAll) else { return }
        guard pending.count - count >= AgeChunks.nonceCount else { return }
        let fileKey = try fileKey(of: header)
        guard header.isAuthentic(fileKey: fileKey) else {
            throw AgeError(.tampered, "the header of the age file was changed after it was sealed")
        }
        let nonce = Array(pending[count..<(count + AgeChunks.nonceCount)])
        chunks = AgeChunks(fileKey: fileKey, nonce: nonce)
        pending.removeFirst(count + AgeChunks.nonceCount)
    }

    private borrowing func fileKey(of header: AgeHeader) throws(AgeError) -> SecretBytes {
        for identity in identities {
            if let key = try identity.unwrap(header.stanzas) { return key }
        }
        guard header.stanzas.contains(where: { $0.kind == .scrypt }) else {
            guard identities.contains(where: { !$0.isPassphrase }) else {
                throw AgeError(.noIdentity, "the file is sealed to keys, not with a passphrase")
            }
            throw AgeError(.noIdentity, "the file is not sealed to any of the given identities")
        }
        guard identities.contains(where: \.isPassphrase) else {
            throw AgeError(.passphraseRequired, "the file is sealed with a passphrase")
        }
        throw AgeError(.wrongPassphrase, "the passphrase is wrong")
    }

    private var isEnded = false
    /// The start of the next chunk in `pending`.
    private var position = 0

    /// Opens the next chunk, and returns its length; nil if more bytes are needed or the last one is open.
    private mutating func openChunk(isAll: Bool) throws(AgeError) -> Int? {
        let rest = pending.count - position
        // A chunk followed by others is not the last; until something follows, that is unknown.
        guard isAll ? !isEnded : rest > AgeChunks.sealedSize else {
            pending.removeFirst(position)
            position = 0
            return nil
        }
        let isLast = rest <= AgeChunks.sealedSize
        let end = position + min(rest, AgeChunks.sealedSize)
        let count = end - position - ChaChaPoly.tagCount
        let isOpen = Self.open(pending, position..<end, isLast: isLast, with: &chunks, into: &chunk)
        guard isOpen else {
            throw AgeError(.tampered, "the content of the age file was changed or cut off after it was sealed")
        }
        guard count > 0 || isFirst else {
            throw AgeError(.tampered, "the content of the age file ends in an empty chunk")
        }
        isFirst = false
        isEnded = isLast
        position = end
        return count
    }

    private static func open(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        isLast: Bool,
        with chunks: inout AgeChunks?,
        into chunk: inout SecretBytes
    ) -> Bool {
        chunk.withMutableBytes { target in
            bytes.withBytes { bytes in
                chunks?.open(bytes.extracting(range), isLast: isLast, into: &target) ?? false
            }
        }
    }
}

extension SecretBytes {
    /// Overwrites the bytes from `offset` on with the first ones of another secret; traps if they do not fit.
    fileprivate mutating func replace(at offset: Int, withFirst count: Int, of other: borrowing SecretBytes) {
        precondition(offset >= 0 && offset + count <= self.count, "what is written fits into the secret")
        other.withBytes { source in
            let part = source.extracting(first: count)
            withMutableBytes { target in
                unsafe target.withUnsafeMutableBytes { target in
                    unsafe part.withUnsafeBytes { part in
                        unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(from: part)
                    }
                }
            }
        }
    }
}
