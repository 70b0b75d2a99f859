internal import ArgumentParser

/// The options for a bundle's release.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "When it was released, in seconds since 1970.",
            discussion: "Without it, SOURCE_DATE_EPOCH, or the time of day.",
            valueName: "seconds"
        )
    )
    var released: Int?

    @Flag(help: "Also write how it was built and how clean it is, signed, and which images it runs.")
    var attest = false

    /// The release time.
    func time(_ console: Console) throws -> Int { try released ?? SourceDate.time(console) }
}
