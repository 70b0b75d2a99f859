internal import ArgumentParser
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// The options for a deployment's sealed map: its place, the keys that open the last one, and the recipients of the
/// next one.
struct MapOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The sealed map, for 'restore' and for the same stand-ins in the next run.",
            discussion: "Default: <deployment>.scrubjay-map.age, next to the deployment.",
            valueName: "file"
        )
    )
    var map: String?

    @Option(help: ArgumentHelp("Seal the map to this recipient; may be repeated.", valueName: "age1…"))
    var recipient: [String] = []

    @OptionGroup var keys: MapKeyOptions

    @Flag(help: "Neither read nor write a sealed map, even if there is one.")
    var noMap = false

    func validate() throws {
        guard !noMap || map == nil && recipient.isEmpty && !keys.isGiven else {
            throw ValidationError("--no-map cannot be combined with other options of the map")
        }
    }

    /// Returns the map to read and write; nil if none is wanted.
    ///
    /// - Throws: ``KitError`` `refused` if a map exists that cannot be updated and would become stale unnoticed;
    ///   `ValidationError` if a new map would be sealed to only some of the given keys; or what reading a key throws.
    func file(of deployment: String, console: Console) throws -> SealedMapFile? {
        guard !noMap else { return nil }
        let path = try map.map { FilePath($0) } ?? SealedMapFile.place(beside: FilePath(deployment))
        var file = SealedMapFile(path: path, identities: [])
        let exists = try file.exists()
        guard keys.isGiven || !exists else {
            throw KitError(
                .refused,
                "\(path): there is a sealed map, but no key was given to open it",
                hint: "open it with --identity or --passphrase-file, or ignore it with --no-map"
            )
        }
        guard keys.isGiven || !recipient.isEmpty || map != nil else { return nil }
        // An existing map may change from a passphrase to recipients.
        guard !keys.hasPassphrase || keys.identity.isEmpty && (exists || recipient.isEmpty) else {
            throw ValidationError("a map is sealed either to a passphrase or to keys: give only one of them")
        }
        file.identities = try keys.identities(isNew: !exists && recipient.isEmpty, console: console)
        file.recipients = try recipient.map { try AgeRecipient($0) }
        return file
    }
}
