/// A measured program that ended with an unexpected status.
struct Failure: Error, CustomStringConvertible {
    var program: String
    /// The exit status.
    var status: Int32

    var description: String { "'\(program)' ended with status \(status), and its time says nothing" }
}
