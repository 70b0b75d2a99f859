internal import ArgumentParser

/// The actions of `rotate` other than a rotation.
struct RotationActions: ParsableArguments {
    @Flag(help: "Say which secrets there are, how old and how strong each is, and change nothing.")
    var list = false

    @Flag(help: "Go on with a rotation that was killed, left something to mend, or waits for an overlap to end.")
    var resume = false

    @Flag(help: "Put files back to what they were before the last rotation, and what runs with --live.")
    var rollback = false

    @Flag(help: "Remove the sealed old values; there is no way back then.")
    var forget = false

    func validate() throws {
        guard [list, resume, rollback, forget].count(where: { $0 }) <= 1 else {
            throw ValidationError("give one of --list, --resume, --rollback and --forget")
        }
    }
}
