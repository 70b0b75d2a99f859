/// The place and the reason why a text could not be read in its format.
struct ReadingFailure: Error {
    var offset: Int
    var message: String
}
