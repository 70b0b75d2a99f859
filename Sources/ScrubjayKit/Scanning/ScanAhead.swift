internal import Dispatch
internal import Synchronization

/// A scan whose rules are loaded on another thread, in parallel with other work.
final class ScanAhead: Sendable {
    private let make: @Sendable () throws -> Scan
    private let made = Mutex<Result<Scan, any Error>?>(nil)

    /// Takes the function that makes the scan; nothing is loaded yet.
    init(_ make: @escaping @Sendable () throws -> Scan) { self.make = make }

    /// Starts loading.
    func start() { DispatchQueue.global().async { [self] in load() } }

    /// Returns the scan once it is loaded.
    ///
    /// - Throws: what making it throws.
    func scan() throws -> Scan {
        try load().get()
    }

    /// Loads the scan once; concurrent callers wait for it.
    @discardableResult private func load() -> Result<Scan, any Error> {
        made.withLock { made in
            let result = made ?? Result(catching: make)
            made = result
            return result
        }
    }
}
