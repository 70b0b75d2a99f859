internal import ArgumentParser

/// The actions of `rotate` other than a rotation.
struct RotationActions: ParsableArguments {
    @Flag(help: "List the secrets, with their age and strength; change nothing.")
    var list = false

    @Flag(help: "Continue a rotation that was interrupted, had errors, or waits for an overlap to end.")
    var resume = false

    @Flag(help: "Restore the files from before the last rotation; with --live, the running services too.")
    var rollback = false

    @Flag(help: "Remove the sealed old values; --rollback is impossible after that.")
    var forget = false

    func validate() throws {
        guard [list, resume, rollback, forget].count(where: { $0 }) <= 1 else {
            throw ValidationError("--list, --resume, --rollback and --forget cannot be combined")
        }
    }
}
