internal import Synchronization

/// A hash that may be updated from any thread.
package final class RunningDigest: Sendable {
    private struct State: ~Copyable {
        var blake2b: BLAKE2b?
        var sha256: SHA256?
        var sha512: SHA512?
    }

    private let state: Mutex<State>

    /// Begins a hash.
    package init(_ algorithm: Digest.Algorithm) {
        switch algorithm {
        case .blake2b256: state = Mutex(State(blake2b: BLAKE2b(.bytes32), sha256: nil, sha512: nil))
        case .blake2b512: state = Mutex(State(blake2b: BLAKE2b(.bytes64), sha256: nil, sha512: nil))
        case .sha256: state = Mutex(State(blake2b: nil, sha256: SHA256(), sha512: nil))
        case .sha512: state = Mutex(State(blake2b: nil, sha256: nil, sha512: SHA512()))
        }
    }

    /// Adds bytes.
    package func update(_ bytes: [UInt8]) { update(bytes[...]) }

    /// Adds bytes.
    package func update(_ bytes: ArraySlice<UInt8>) {
        state.withLock { state in
            let bytes = unsafe bytes.span.bytes
            state.blake2b?.update(bytes)
            state.sha256?.update(bytes)
            state.sha512?.update(bytes)
        }
    }

    /// Ends the hash, once.
    package func finalize() -> Digest {
        state.withLock { state in
            if let hash = state.blake2b.take() { return hash.finalize() }
            if let hash = state.sha256.take() { return hash.finalize() }
            if let hash = state.sha512.take() { return hash.finalize() }
            preconditionFailure("a hash is ended once")
        }
    }
}
