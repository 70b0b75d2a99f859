internal import Collecting
internal import Documents
public import Sanitizing
public import Sodium
public import SystemPackage

/// The file of a sealed map, and what opens and seals it.
///
/// A run that makes an output puts its map beside the old one first, then the output in place, then the map. A run that is
/// killed in between leaves the old output or the new one with both maps. Nothing but a run that succeeds takes a map away,
/// so that whichever output stands, the map that restores it is there.
public struct SealedMapFile: Sendable {
    /// The file.
    public var path: FilePath
    /// What opens the map of the last run.
    public var identities: [AgeIdentity]
    /// Whom the map is sealed to; where there is none, those of the last run, or the holders of ``identities``.
    public var recipients: [AgeRecipient]

    /// Names a file; nothing is read yet.
    public init(path: FilePath, identities: [AgeIdentity], recipients: [AgeRecipient] = []) {
        self.path = path
        self.identities = identities
        self.recipients = recipients
    }

    /// Where the map of a deployment lies when nothing else is said: beside it, as `<deployment>.scrubjay-map.age`.
    ///
    /// - Throws: ``CollectingError`` where there is no such folder.
    public static func place(beside deployment: FilePath) throws -> FilePath {
        var folder = deployment.lexicallyNormalized()
        if folder.lastComponent?.kind != .regular { folder = try PlaceOfFile.resolvedFolder(deployment) }
        guard let name = folder.lastComponent else {
            throw KitError(.unsuitable, "\(deployment): there is no place beside it", hint: "give one: --map FILE")
        }
        return folder.removingLastComponent().appending(name.string + ending)
    }

    /// The most bytes that a map has: it holds what was left out of the output, too.
    private static let longest = 1 << 32
    private static let ending = ".scrubjay-map.age"

    /// The maps that lie in the folder of a sanitized tree: one of the name of the tree, or else all that there are, since a
    /// tree does not say which deployment it was made of.
    ///
    /// - Throws: ``CollectingError`` where there is no such folder.
    public static func places(besideTree tree: FilePath) throws -> [FilePath] {
        let own = try place(beside: tree)
        if try PlaceOfFile.exists(own) { return [own] }
        let folder = own.removingLastComponent()
        return try FolderListing.names(in: own.folder)
            .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
            .sorted()
            .map { folder.appending($0) }
    }

    /// Whether there is a map, or the next one of a run that was killed.
    ///
    /// - Throws: ``CollectingError``.
    public func exists() throws -> Bool { try !places().isEmpty }

    /// Refuses a place in a tree that is published or sanitized.
    ///
    /// - Throws: ``KitError`` `refused`; ``CollectingError``.
    public func check(outside folders: [FilePath]) throws {
        for folder in folders where try PlaceOfFile.isInside(path, of: folder) {
            throw KitError(
                .refused,
                "\(path): a map holds every value, and must not lie in \(folder)",
                hint: "keep it outside of the deployment and of every output: --map FILE"
            )
        }
    }

    // MARK: - Reading

    /// The newest map; nil where there is none.
    ///
    /// - Throws: ``KitError`` `unsuitable` where it cannot be opened or is no map; ``CollectingError``.
    public func read() throws -> SealedMap? {
        try places().map(read).max { $0.generation < $1.generation }
    }

    /// The maps that there are: the one of the last run, then those of runs that were killed.
    ///
    /// - Throws: ``KitError`` `unsuitable` where there is none, and as ``read()`` does; ``CollectingError``.
    func candidates() throws -> [SealedMap] {
        let places = try places()
        guard !places.isEmpty else { throw CollectingError(.missing, at: path.string, "there is no such map") }
        return try places.map(read)
    }

    private func read(_ place: FilePath) throws -> SealedMap {
        let file = try Deployment.contents(ofFile: place, atMost: Self.longest)
        do {
            // From here on the values are in ordinary memory, as those of a deployment that is read are.
            return try SealedMap(parsing: AgeFile.open(file, with: identities).exposed())
        } catch let error as AgeError {
            throw KitError(.unsuitable, "\(place): \(error.message)", hint: Self.hint(for: error))
        } catch let error as DocumentError {
            throw KitError(.unsuitable, "\(place): this is no sealed map: \(error.message)")
        }
    }

    private static func hint(for error: AgeError) -> String? {
        switch error.code {
        case .noIdentity: "give the identity that it is sealed to: --identity FILE"
        case .passphraseRequired: "give it: --passphrase-file FILE, or --passphrase to be asked for it"
        default: nil
        }
    }

    // MARK: - Writing

    /// Whom the next map is sealed to.
    ///
    /// - Parameter last: the map of the last run.
    /// - Returns: the recipients; never none.
    /// - Throws: ``KitError`` `unsuitable` where nobody could open it; ``AgeError``.
    func nextRecipients(after last: SealedMap?) throws -> [AgeRecipient] {
        if !recipients.isEmpty { return recipients }
        if let last, !last.recipients.isEmpty { return try last.recipients.map { try AgeRecipient($0) } }
        let keys = identities.filter { !$0.isPassphrase }
        let own = keys.isEmpty ? identities.prefix(1).map(\.recipient) : keys.map(\.recipient)
        guard !own.isEmpty else {
            throw KitError(
                .unsuitable,
                "\(path): nobody is named who could open the map",
                hint: "give --recipient age1…, --identity FILE or --passphrase-file FILE"
            )
        }
        return own
    }

    /// Seals a map and puts it beside those that there are, on the disk.
    ///
    /// - Returns: where it waits until its output stands.
    func stage(_ map: SealedMap, to recipients: [AgeRecipient]) throws -> FilePath {
        var bytes = map.serialized()
        // A map that could not be read again would be as good as none.
        guard try SealedMap(parsing: bytes) == map else {
            throw KitError(.refused, "\(path): the map would not be read as it is written; nothing was written")
        }
        let sealed = try AgeFile.seal(SecretBytes(zeroing: &bytes), to: recipients)
        let place = try staged(after: places())
        try PrivateFile.write(sealed, to: place, mode: 0o600, replacing: false)
        return place
    }

    /// Puts a staged map in the place of the last one, and takes away those of runs that were killed.
    func publish(_ place: FilePath) throws {
        let others = try places().filter { $0 != path && $0 != place }
        try PlaceOfFile.move(place, to: path)
        // From the last one on, so that those that a crash leaves are still found.
        for other in others.reversed() { try PlaceOfFile.remove(other) }
    }

    // MARK: - Places

    /// Where maps are: the path itself, then what runs left that were killed, in their order.
    private func places() throws -> [FilePath] {
        var places: [FilePath] = []
        if try PlaceOfFile.exists(path) { places.append(path) }
        var number = 1
        while case let place = staged(number), try PlaceOfFile.exists(place) {
            places.append(place)
            number += 1
        }
        return places
    }

    private func staged(after places: [FilePath]) -> FilePath { staged(places.count { $0 != path } + 1) }

    private func staged(_ number: Int) -> FilePath {
        path.removingLastComponent().appending(".\(path.lastComponent?.string ?? "").scrubjay-next-\(number)")
    }
}
