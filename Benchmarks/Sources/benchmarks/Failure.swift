/// A program that was measured and has not done its work.
struct Failure: Error, CustomStringConvertible {
    var program: String
    /// What it ended with.
    var status: Int32

    var description: String { "'\(program)' ended with status \(status), and its time says nothing" }
}
