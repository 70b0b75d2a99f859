internal import Dispatch
internal import Synchronization

/// Bytes that another thread makes, a few pieces ahead of who takes them.
final class ReadAhead: Sendable {
    /// How many pieces wait to be taken.
    private static let depth = 8
    /// Pieces of fewer bytes are handed over together with those behind them: each costs two threads a wait.
    private static let least = 1 << 16

    private struct State {
        var pieces: [[UInt8]] = []
        var isDone = false
        var isCancelled = false
        var failure: (any Error)?
    }

    private let state = Mutex(State())
    /// Starts at nothing and is signalled: a semaphore that ends below the value it started with traps.
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)
    private let group = DispatchGroup()

    /// Starts a thread that hands out pieces by the function it is given, which throws when nobody wants more.
    init(_ produce: @escaping @Sendable (_ give: ([UInt8]) throws(ArchiveError) -> Void) throws -> Void) {
        for _ in 0..<Self.depth { room.signal() }
        let shared = Shared(state: self)
        group.enter()
        // A queue of its own has a thread of its own: those of the shared queue are as many as there are processors, and
        // whoever waits for the pieces may need them.
        DispatchQueue(label: "bytes of an archive").async { [group] in
            shared.run(produce)
            group.leave()
        }
    }

    /// The same pieces, which `look` is shown on a thread of its own.
    func shown(to look: @escaping @Sendable ([UInt8]) -> Void) -> ReadAhead {
        ReadAhead { give in
            while let piece = try self.next() {
                look(piece)
                try give(piece)
            }
        }
    }

    /// The next piece; nil behind the last.
    ///
    /// - Throws: what the other thread threw.
    func next() throws -> [UInt8]? {
        filled.wait()
        let (piece, failure) = state.withLock { state -> ([UInt8]?, (any Error)?) in
            state.pieces.isEmpty ? (nil, state.failure) : (state.pieces.removeFirst(), nil)
        }
        guard let piece else {
            // Whoever asks again is told the same.
            filled.signal()
            if let failure { throw failure }
            return nil
        }
        room.signal()
        return piece
    }

    /// Stops the other thread, and waits until it has.
    func stop() {
        state.withLock { $0.isCancelled = true }
        room.signal()
        group.wait()
    }

    /// What the other thread does with the state.
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
                // Whoever takes the pieces may refuse what is in them, before the failure that came behind.
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
                throw ArchiveError(.failed, "nobody reads the archive any more")
            }
            state.filled.signal()
        }
    }
}
