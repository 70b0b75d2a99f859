internal import ArgumentParser

/// The options for a bundle's release.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The release time, in seconds since 1970.",
            discussion: "Default: SOURCE_DATE_EPOCH, or the current time.",
            valueName: "seconds"
        )
    )
    var released: Int?

    @Flag(help: "Also write signed attestations of how it was built and how clean it is, and the images it runs.")
    var attest = false

    /// The release time.
    func time(_ console: Console) throws -> Int { try released ?? SourceDate.time(console) }
}
