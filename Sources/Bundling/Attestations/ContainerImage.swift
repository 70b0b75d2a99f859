internal import Archive
internal import Documents

/// A container image that a deployment runs.
public struct ContainerImage: Hashable, Sendable {
    /// The repository, such as `jitsi/web` or `ghcr.io/owner/name`.
    public var repository: String
    /// The tag; nil if there is none, or its variable has no value.
    public var tag: String?
    /// The digest, `sha256:` and 64 hexadecimal digits; nil if there is none.
    public var digest: String?

    /// Parses a reference, `[registry/]repository[:tag][@digest]`; nil for anything else.
    public init?(reference: String) {
        let parts = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty,
            reference.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "$" })
        else { return nil }
        digest = parts.count > 1 ? String(parts[1]) : nil
        // A colon before a slash introduces a port.
        let start = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        if let colon = name[start...].lastIndex(of: ":") {
            repository = String(name[..<colon])
            tag = String(name[name.index(after: colon)...])
        } else {
            (repository, tag) = (String(name), nil)
        }
    }

    /// Returns the images in Compose files, each once, ordered by name.
    ///
    /// - Parameter files: the Compose files, and the `.env` files beside them with their variables.
    /// - Returns: the images.
    static func images(in files: [Member]) -> [ContainerImage] {
        var images: Set<ContainerImage> = []
        for file in files where ComposeText.isComposeFile(file.path) {
            let variables = variables(beside: file.path, in: files)
            let document = Document(path: file.path, bytes: file.bytes, format: .yaml)
            guard let layer = document.layers.first else { continue }
            for value in layer.values where value.role == .value {
                guard value.keyPath.count == 3, value.keyPath[0] == "services", value.keyPath[2] == "image",
                    let bytes = try? document.value(at: layer.location(of: value.span))
                else { continue }
                let text = ComposeText.interpolated(String(decoding: bytes, as: UTF8.self), variables: variables)
                if let image = ContainerImage(reference: text) { images.insert(image) }
            }
        }
        return images.sorted { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
    }

    /// The image's reference as it was parsed.
    public var reference: String {
        repository + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
    }

    /// The image as a package URL (github.com/package-url, type `docker`).
    var packageURL: String {
        let parts = repository.split(separator: "/").map(String.init)
        let hasRegistry =
            parts.count > 1 && (parts[0].contains(".") || parts[0].contains(":") || parts[0] == "localhost")
        let path = (hasRegistry ? parts.dropFirst() : parts[...]).map(Self.encoded).joined(separator: "/")
        let version = (digest ?? tag).map { "@" + Self.encoded($0) } ?? ""
        let registry = hasRegistry ? "?repository_url=" + Self.encoded(parts[0]) : ""
        return "pkg:docker/\(path)\(version)\(registry)"
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII && (character.isLetter || character.isNumber) || "-._~".contains(character) {
                return String(character)
            }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }.joined()
    }

    /// Returns the variables of the `.env` file in a Compose file's folder.
    private static func variables(beside path: String, in files: [Member]) -> [String: String] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        guard let file = files.first(where: { $0.path == folder + ".env" }) else { return [:] }
        let document = Document(path: file.path, bytes: file.bytes, format: .dotenv)
        guard let layer = document.layers.first else { return [:] }
        var variables: [String: String] = [:]
        for value in layer.values where value.role == .value && value.keyPath.count == 1 {
            guard let bytes = try? document.value(at: layer.location(of: value.span)) else { continue }
            variables[value.keyPath[0]] = String(decoding: bytes, as: UTF8.self)
        }
        return variables
    }
}
