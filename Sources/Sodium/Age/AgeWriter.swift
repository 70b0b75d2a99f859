/// Seals a stream in chunks of 64 KiB.
public struct AgeWriter: ~Copyable {
    private var pendingOutput: [UInt8]
    private var chunks: AgeChunks
    private var chunk = SecretBytes(count: AgeChunks.size)
    private var chunkCount = 0

    /// Begins a file with a fresh key.
    ///
    /// - Parameters:
    ///   - recipients: at least one; a passphrase must be the only one.
    ///   - random: the source of the key, the nonce and the shares.
    /// - Throws: ``AgeError`` `unsuitableRecipients`, `malformedRecipient` or `workFactor`.
    public init(to recipients: [AgeRecipient], random: RandomSource = .system) throws(AgeError) {
        guard !recipients.isEmpty else {
            throw AgeError(.unsuitableRecipients, "a file needs at least one recipient")
        }
        guard recipients.count == 1 || !recipients.contains(where: \.isPassphrase) else {
            throw AgeError(.unsuitableRecipients, "a file sealed with a passphrase has no other recipients")
        }
        let fileKey = random.secret(AgeFileKey.count)
        var stanzas: [AgeStanza] = []
        for recipient in recipients { stanzas.append(try recipient.wrap(fileKey, random: random)) }
        let nonce = random.bytes(AgeChunks.nonceCount)
        pendingOutput = AgeHeader(stanzas: stanzas, fileKey: fileKey).serialized() + nonce
        chunks = AgeChunks(fileKey: fileKey, nonce: nonce)
    }

    /// Adds bytes, and delivers sealed ones to `sink`.
    ///
    /// - Throws: what `sink` throws; after that, the file cannot be finished.
    public mutating func write<Failure: Error>(
        _ bytes: RawSpan,
        to sink: (RawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        var position = 0
        while position < bytes.byteCount {
            // A full chunk waits until it is known not to be the last.
            if chunkCount == AgeChunks.size {
                sealChunk(isLast: false)
                try flush(to: sink)
            }
            let count = min(AgeChunks.size - chunkCount, bytes.byteCount - position)
            let part = bytes.extracting(position..<(position + count))
            let start = chunkCount
            chunk.withMutableBytes { target in
                unsafe target.withUnsafeMutableBytes { target in
                    unsafe part.withUnsafeBytes { part in
                        unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...]).copyMemory(from: part)
                    }
                }
            }
            chunkCount += count
            position += count
        }
        try flush(to: sink)
    }

    /// Ends the file.
    ///
    /// - Throws: what `sink` throws.
    public consuming func finish<Failure: Error>(to sink: (RawSpan) throws(Failure) -> Void) throws(Failure) {
        sealChunk(isLast: true)
        try flush(to: sink)
    }

    private mutating func sealChunk(isLast: Bool) {
        let count = chunkCount
        // Moved out for the call, because the chunk is borrowed while the output grows.
        var output = pendingOutput
        pendingOutput = []
        let content = chunk.extract(0..<count)
        content.withBytes { chunks.seal($0, isLast: isLast, into: &output) }
        pendingOutput = output
        chunkCount = 0
    }

    private mutating func flush<Failure: Error>(to sink: (RawSpan) throws(Failure) -> Void) throws(Failure) {
        guard !pendingOutput.isEmpty else { return }
        let output = pendingOutput
        pendingOutput = []
        try output.withBytes { bytes throws(Failure) in try sink(bytes) }
    }
}
