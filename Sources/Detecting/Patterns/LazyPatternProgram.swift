internal import Synchronization

/// The program of a pattern, compiled on first use and shared by all copies of the pattern.
@safe final class LazyPatternProgram: @unchecked Sendable {
    /// The pattern's source.
    let source: String
    /// Whether letters match in either case.
    let ignoresCase: Bool

    private let lock = Mutex(())
    /// Whether ``made`` is set and will not change.
    private let isMade = Atomic(false)
    // An `AtomicLazyReference` would do the same, but it is not specialised and costs more than most matches.
    /// The program, written once under the lock before ``isMade`` is set.
    private var made: PatternProgram?

    init(_ source: String, ignoringCase: Bool) {
        self.source = source
        ignoresCase = ignoringCase
    }

    /// Compiles the program, and keeps the first one made.
    @discardableResult
    func read() throws(Pattern.SyntaxError) -> PatternProgram {
        let program = try PatternProgram(source, ignoringCase: ignoresCase)
        return lock.withLock { _ in
            if let made { return made }
            made = program
            isMade.store(true, ordering: .releasing)
            return program
        }
    }

    /// The program.
    var value: PatternProgram {
        if isMade.load(ordering: .acquiring), let made { return made }
        do throws(Pattern.SyntaxError) {
            return try read()
        } catch {
            preconditionFailure("a pattern that could be read before is malformed: \(error.message)")
        }
    }
}
