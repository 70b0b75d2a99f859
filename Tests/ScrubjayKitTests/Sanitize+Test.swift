@testable import ScrubjayKit

extension Sanitize {
    /// Writes the sanitized tree at the beginning of time.
    func apply(_ preparation: Preparation, isInterrupted: () -> Bool = { false }) throws -> Outcome {
        try apply(preparation, time: 0, isInterrupted: isInterrupted)
    }
}
