/// Keeps what is made of the rules alone and takes time to make, such as compiled patterns, from one run to the next.
///
/// It is never given a value of a file. Whoever implements it answers for it that what comes out is what went in: nothing
/// that a stranger could have written may be returned.
public protocol CompiledStore: Sendable {
    /// What was kept under `name`; nil where there is nothing, or nothing that can be trusted.
    func contents(of name: String) -> [UInt8]?
    /// Keeps `bytes` under `name`; where there is no place for it, nothing happens.
    func keep(_ bytes: [UInt8], as name: String)
}
