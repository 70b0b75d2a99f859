/// Caches data that is derived only from the rules and slow to make, such as compiled patterns, between runs.
///
/// It never receives data from scanned files. An implementation must guarantee that it returns exactly what was stored,
/// and nothing that anyone else could have written.
public protocol CompiledStore: Sendable {
    /// Returns what was stored under `name`; nil if there is nothing trustworthy.
    func contents(of name: String) -> [UInt8]?
    /// Stores `bytes` under `name`, or does nothing if that is impossible.
    func keep(_ bytes: [UInt8], as name: String)
}
