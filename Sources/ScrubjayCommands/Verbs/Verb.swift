internal import ArgumentParser

/// One verb of the command line.
protocol Verb: ParsableCommand {
    /// Runs the verb.
    ///
    /// - Returns: the exit status if no error is thrown.
    func run(console: Console) throws -> ExitStatus
}
