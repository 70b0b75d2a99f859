internal import Dispatch
internal import Synchronization

/// Bytes that another thread produces a few pieces ahead of the consumer.
final class ReadAhead: Sendable {
    /// The maximum number of waiting pieces.
    private static let depth = 8
    /// The minimum size in bytes of a piece: smaller ones are combined, because each hand-over blocks two threads.
    private static let least = 1 << 16

    private struct State {
        var pieces: [[UInt8]] = []
        var isDone = false
        var isCancelled = false
        var failure: (any Error)?
    }

    private let state = Mutex(State())
    /// The free room for pieces; it starts at zero and is signalled, because a semaphore that ends below its initial
    /// value traps.
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)
    private let group = DispatchGroup()

    /// Starts a thread with a function that delivers pieces; delivery throws when nobody wants more.
    init(_ produce: @escaping @Sendable (_ give: ([UInt8]) throws(ArchiveError) -> Void) throws -> Void) {
        for _ in 0..<Self.depth { room.signal() }
        let shared = Shared(state: self)
        group.enter()
        // A separate queue has a separate thread: the shared queue has as many as there are processors, and whoever
        // waits for the pieces may need them.
        DispatchQueue(label: "bytes of an archive").async { [group] in
            shared.run(produce)
            group.leave()
        }
    }

    /// Returns the same pieces; `look` also receives them, on a separate thread.
    func shown(to look: @escaping @Sendable ([UInt8]) -> Void) -> ReadAhead {
        ReadAhead { give in
            while let piece = try self.next() {
                look(piece)
                try give(piece)
            }
        }
    }

    /// Returns the next piece; nil after the last.
    ///
    /// - Throws: what the other thread threw.
    func next() throws -> [UInt8]? {
        filled.wait()
        let (piece, failure) = state.withLock { state -> ([UInt8]?, (any Error)?) in
            state.pieces.isEmpty ? (nil, state.failure) : (state.pieces.removeFirst(), nil)
        }
        guard let piece else {
            // A repeated request gets the same answer.
            filled.signal()
            if let failure { throw failure }
            return nil
        }
        room.signal()
        return piece
    }

    /// Stops the other thread, and waits for its end.
    func stop() {
        state.withLock { $0.isCancelled = true }
        room.signal()
        group.wait()
    }

    /// The state as used by the other thread.
    private struct Shared: Sendable {
        let state: ReadAhead

        func run(_ produce: (_ give: ([UInt8]) throws(ArchiveError) -> Void) throws -> Void) {
            var failure: (any Error)?
            var small: [UInt8] = []
            func giveSmall() throws(ArchiveError) {
                try give(small)
                small.removeAll()
            }
            do {
                try produce { piece throws(ArchiveError) in
                    guard piece.count < ReadAhead.least else {
                        try giveSmall()
                        return try give(piece)
                    }
                    small += piece
                    if small.count >= ReadAhead.least { try giveSmall() }
                }
            } catch {
                failure = error
            }
            do {
                // The consumer may refuse the pieces before the failure that came after them.
                try giveSmall()
            } catch {
                failure = failure ?? error
            }
            state.state.withLock { [failure] in
                $0.isDone = true
                $0.failure = failure
            }
            state.filled.signal()
        }

        private func give(_ piece: [UInt8]) throws(ArchiveError) {
            guard !piece.isEmpty else { return }
            state.room.wait()
            let isCancelled = state.state.withLock { state in
                if !state.isCancelled { state.pieces.append(piece) }
                return state.isCancelled
            }
            guard !isCancelled else {
                // The next piece is refused as well.
                state.room.signal()
                throw ArchiveError(.failed, "the reader of the archive has gone")
            }
            state.filled.signal()
        }
    }
}
