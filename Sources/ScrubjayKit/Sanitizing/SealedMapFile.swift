internal import Collecting
internal import Documents
public import Sanitizing
public import Sodium
public import SystemPackage

/// The file of a sealed map, with the keys that open and seal it.
///
/// A run first writes its map beside the old one, then puts its output in place, then the map. A run that is killed in
/// between leaves the old or the new output with both maps. Only a successful run removes a map, so that the map that
/// restores the existing output always exists.
public struct SealedMapFile: Sendable {
    /// The path of the map.
    public var path: FilePath
    /// The identities that open the map of the last run.
    public var identities: [AgeIdentity]
    /// The recipients; if empty, those of the last run, or the holders of ``identities``.
    public var recipients: [AgeRecipient]

    /// Configures the map file; nothing is read yet.
    public init(path: FilePath, identities: [AgeIdentity], recipients: [AgeRecipient] = []) {
        self.path = path
        self.identities = identities
        self.recipients = recipients
    }

    /// Returns the default path of a deployment's map: beside it, as `<deployment>.scrubjay-map.age`.
    ///
    /// - Throws: ``CollectingError`` if the folder does not exist.
    public static func place(beside deployment: FilePath) throws -> FilePath {
        var folder = deployment.lexicallyNormalized()
        if folder.lastComponent?.kind != .regular { folder = try PlaceOfFile.resolvedFolder(deployment) }
        guard let name = folder.lastComponent else {
            throw KitError(.unsuitable, "\(deployment): there is no place next to it", remedy: .pathOfMap)
        }
        return folder.removingLastComponent().appending(name.string + ending)
    }

    /// The maximum size of a map in bytes; a map also holds what was left out of the output.
    private static let longest = 1 << 32
    private static let ending = ".scrubjay-map.age"

    /// Returns the maps in the folder of a sanitized tree: the one with the tree's name, or else all of them, because a
    /// tree does not name the deployment that it was made from.
    ///
    /// - Throws: ``CollectingError`` if the folder does not exist.
    public static func places(besideTree tree: FilePath) throws -> [FilePath] {
        let own = try place(beside: tree)
        if try PlaceOfFile.exists(own) { return [own] }
        let folder = own.removingLastComponent()
        return try FolderListing.names(in: own.folder)
            .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
            .sorted()
            .map { folder.appending($0) }
    }

    /// Whether there is a map, or a staged one of a killed run.
    ///
    /// - Throws: ``CollectingError``.
    public func exists() throws -> Bool { try !places().isEmpty }

    /// Refuses a path inside a tree that is published or sanitized.
    ///
    /// - Throws: ``KitError`` `refused`; ``CollectingError``.
    public func check(outside folders: [FilePath]) throws {
        for folder in folders where try PlaceOfFile.isInside(path, of: folder) {
            throw KitError(
                .refused,
                "\(path): a map contains every value, and must not be in \(folder)",
                remedy: .pathOfMapOutside
            )
        }
    }

    // MARK: - Reading

    /// Reads the newest map; nil if there is none.
    ///
    /// - Throws: ``KitError`` `unsuitable` if it cannot be opened or is not a map; ``CollectingError``.
    public func read() throws -> SealedMap? {
        try places().map(read).max { $0.generation < $1.generation }
    }

    /// Reads all maps: the one of the last run, then those of killed runs.
    ///
    /// - Throws: ``KitError`` `unsuitable` if there is none, and as ``read()`` does; ``CollectingError``.
    func candidates() throws -> [SealedMap] {
        let places = try places()
        guard !places.isEmpty else { throw CollectingError(.missing, at: path.string, "there is no such map") }
        return try places.map(read)
    }

    private func read(_ place: FilePath) throws -> SealedMap {
        let file = try Deployment.contents(ofFile: place, atMost: Self.longest)
        do {
            // From here on the values are in ordinary memory, like those of a deployment that is read.
            return try SealedMap(parsing: AgeFile.open(file, with: identities).exposed())
        } catch let error as AgeError {
            throw KitError(.unsuitable, "\(place): \(error.message)", remedy: Self.remedy(for: error))
        } catch let error as DocumentError {
            throw KitError(.unsuitable, "\(place): this is not a sealed map: \(error.message)")
        }
    }

    private static func remedy(for error: AgeError) -> KitError.Remedy? {
        switch error.code {
        case .noIdentity: .identity
        case .passphraseRequired: .passphrase
        default: nil
        }
    }

    // MARK: - Writing

    /// Returns the recipients of the next map.
    ///
    /// - Parameter last: the map of the last run.
    /// - Returns: the recipients, at least one.
    /// - Throws: ``KitError`` `unsuitable` if nobody could open it; ``AgeError``.
    func nextRecipients(after last: SealedMap?) throws -> [AgeRecipient] {
        if !recipients.isEmpty { return recipients }
        if let last, !last.recipients.isEmpty { return try last.recipients.map { try AgeRecipient($0) } }
        let keys = identities.filter { !$0.isPassphrase }
        let own = keys.isEmpty ? identities.prefix(1).map(\.recipient) : keys.map(\.recipient)
        guard !own.isEmpty else {
            throw KitError(
                .unsuitable,
                "\(path): no recipient is given who could open the map",
                remedy: .recipientOfMap
            )
        }
        return own
    }

    /// Seals a map and writes it durably beside the existing ones.
    ///
    /// - Returns: the staging path, for ``publish(_:)``.
    func stage(_ map: SealedMap, to recipients: [AgeRecipient]) throws -> FilePath {
        var bytes = map.serialized()
        // A map that cannot be read again would be useless.
        guard try SealedMap(parsing: bytes) == map else {
            throw KitError(.refused, "\(path): the map could not be read back as written; nothing was written")
        }
        let sealed = try AgeFile.seal(SecretBytes(zeroing: &bytes), to: recipients)
        let place = try staged(after: places())
        try PrivateFile.write(sealed, to: place, mode: 0o600, replacing: false)
        return place
    }

    /// Moves a staged map to its final path, and removes those of killed runs.
    func publish(_ place: FilePath) throws {
        let others = try places().filter { $0 != path && $0 != place }
        try PlaceOfFile.move(place, to: path)
        // They are removed in reverse order, so that those that remain after a crash are still found.
        for other in others.reversed() { try PlaceOfFile.remove(other) }
    }

    // MARK: - Places

    /// Returns the paths of the maps: the path itself, then those that killed runs left, in order.
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
