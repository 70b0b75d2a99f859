internal import Dispatch
internal import Glibc
internal import Synchronization

/// Threads that take work from a common queue until it is empty.
enum Workers {
    /// The number of processors, at least one.
    static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs `work` on at most `count` threads, including this one; each has a number, and all share one queue of
    /// `items`.
    ///
    /// - Returns: the results of the threads, in order of their numbers; at least one.
    static func run<Result: Sendable>(
        _ count: Int,
        on items: Range<Int>,
        _ work: @escaping @Sendable (_ worker: Int, _ queue: Queue) -> Result
    ) -> [Result] {
        // There is at most one thread per item.
        let count = min(count, items.count)
        let queue = Queue(items)
        let results = Results<Result>(count: count)
        let group = DispatchGroup()
        for worker in 1..<max(1, count) {
            DispatchQueue.global().async(group: group) { results.set(work(worker, queue), at: worker) }
        }
        results.set(work(0, queue), at: 0)
        group.wait()
        return results.all
    }

    /// Hands out numbers, each to one thread.
    final class Queue: Sendable {
        private let items: Range<Int>
        private let position: Atomic<Int>

        init(_ items: Range<Int>) {
            self.items = items
            position = Atomic(items.lowerBound)
        }

        /// The next number; nil if there is none.
        func next() -> Int? {
            let item = position.wrappingAdd(1, ordering: .relaxed).oldValue
            return item < items.upperBound ? item : nil
        }
    }

    private final class Results<Result: Sendable>: Sendable {
        private let results: Mutex<[Result?]>

        init(count: Int) { results = Mutex(Array(repeating: nil, count: max(1, count))) }

        func set(_ result: Result, at worker: Int) { results.withLock { $0[worker] = result } }

        var all: [Result] { results.withLock { $0.compactMap { $0 } } }
    }
}
