internal import Synchronization

/// The program of a pattern, made from its source when it is first needed and shared by all copies of the pattern.
@safe final class LazyPatternProgram: @unchecked Sendable {
    /// The pattern as it was written.
    let source: String
    /// Whether letters match in either case.
    let ignoresCase: Bool

    private let lock = Mutex(())
    /// Whether ``made`` is there, and stays as it is.
    private let isMade = Atomic(false)
    // An `AtomicLazyReference` would do the same, and is not specialized: it costs more than most matches.
    /// The program, written once, under the lock and before ``isMade`` says so.
    private var made: PatternProgram?

    init(_ source: String, ignoringCase: Bool) {
        self.source = source
        ignoresCase = ignoringCase
    }

    /// Makes the program, and keeps the first that was made.
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
