internal import CNettle

/// One of nettle's hash functions, computed piece by piece; its state is wiped at the end.
@safe struct NettleHash: ~Copyable {
    /// The supported functions.
    enum Function: Sendable {
        case md5
        case sha1
        case sha256
        case sha512

        /// nettle's description of the function: its sizes and entry points.
        var description: nettle_hash {
            switch self {
            case .md5: unsafe nettle_md5
            case .sha1: unsafe nettle_sha1
            case .sha256: unsafe nettle_sha256
            case .sha512: unsafe nettle_sha512
            }
        }
    }

    private let description: nettle_hash
    private let state: HashState

    init(_ function: Function) {
        let description = unsafe function.description
        unsafe self.description = unsafe description
        state = unsafe HashState(count: Int(description.context_size))
        unsafe state.withPointer { unsafe description.`init`($0) }
    }

    mutating func update(_ bytes: RawSpan) {
        let length = bytes.byteCount
        let description = unsafe description
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { unsafe description.update($0, length, bytes) }
        }
    }

    consuming func finalize() -> [UInt8] {
        var value = unsafe [UInt8](repeating: 0, count: Int(description.digest_size))
        let count = value.count
        let description = unsafe description
        unsafe state.withPointer { unsafe description.digest($0, count, &value) }
        return value
    }

    /// Returns the hash of bytes in memory.
    static func hash(_ function: Function, _ bytes: [UInt8]) -> [UInt8] {
        var hash = NettleHash(function)
        bytes.withBytes { hash.update($0) }
        return hash.finalize()
    }
}
