internal import Detecting
public import Documents

/// Decides which files a sanitized tree leaves out: those that every deployment makes afresh, that hold past data, or
/// that cannot be sanitized.
public enum OmissionRules {
    /// The contents of a file, as far as the rules need them.
    public enum Contents: Hashable, Sendable {
        /// A text that holds more than keys and certificates.
        case text
        /// Nothing but keys, at least one of them private.
        case privateKey
        /// Nothing but certificates and public keys.
        case certificate
        /// An image, with the number of bytes of removable metadata.
        case image(metadataByteCount: Int)
        /// A file that its owner encrypted.
        case encrypted
        /// An archive that can be repacked.
        case archive
        /// An archive that cannot be repacked, with the reason as a phrase after `an archive that`.
        case closedArchive(String)
        /// Any other bytes.
        case binary
    }

    /// Why a file is left out.
    public struct Omission: Hashable, Sendable {
        /// The reason.
        public var reason: Reason
        /// Whether the policy cannot include the file: its contents cannot be replaced within it, must be made afresh,
        /// or reveal what is worth hiding.
        public var isFinal: Bool
    }

    /// The reason for leaving out a file.
    public struct Reason: Hashable, Sendable {
        /// The reason, in one lower-case phrase.
        public var text: String
        /// Whether a deployment makes the file itself, or its owner makes another.
        public var isMadeAfresh = false

        /// Makes a reason to leave out a file that nobody makes afresh.
        public init(_ text: String) { self.text = text }

        /// Makes the reason to leave out a file that is made afresh.
        static func madeAfresh(_ text: String) -> Reason {
            var reason = Reason(text)
            reason.isMadeAfresh = true
            return reason
        }
    }

    /// Returns why a document is left out by default; nil if it stays.
    public static func omission(of document: Document) -> Omission? {
        omission(path: document.path, contents: contents(of: document))
    }

    /// Returns why a file is left out by default.
    ///
    /// - Parameters:
    ///   - path: the path relative to the root of the deployment.
    ///   - contents: the contents of the file.
    /// - Returns: the reason; nil if the file stays.
    public static func omission(path: String, contents: Contents) -> Omission? {
        if let reason = finalReason(path: path, contents: contents) { return Omission(reason: reason, isFinal: true) }
        return reason(path: path).map { Omission(reason: $0, isFinal: false) }
    }

    /// Classifies the contents of a document.
    static func contents(of document: Document) -> Contents {
        let bytes = document.bytes
        if PortableDocument.begins(bytes) { return .binary }
        guard document.isBinary else { return KeyMaterialFile.keyMaterial(of: bytes) ?? .text }
        if EncryptedFile.isOne(bytes) { return .encrypted }
        guard let picture = ImageMetadata.removed(from: bytes) else { return .binary }
        return .image(metadataByteCount: bytes.count - picture.count)
    }

    private static func reason(path: String) -> Reason? {
        let components = path.split(separator: "/").map(String.init)
        let name = components.last ?? path
        if components.dropLast().contains(where: versionControlFolders.contains) {
            return Reason("version control keeps what was removed")
        }
        if isLog(name) { return Reason("a log, which records who did what") }
        switch StrayCopy(path: path) {
        case .history: return Reason("a shell history")
        case .state: return .madeAfresh("a state file, which the first run writes")
        case .backup where name.hasPrefix(".") && [".swp", ".swo"].contains { name.hasSuffix($0) }:
            return Reason("an editor's swap file")
        case .backup: return Reason("a stray copy of an older version")
        case nil: return nil
        }
    }

    private static func finalReason(path: String, contents: Contents) -> Reason? {
        let components = path.split(separator: "/").map(String.init)
        let name = components.last ?? path
        if path == PolicyFile.name { return Reason("the owner's decisions, which show what is worth hiding") }
        if path == "deployment.json" { return Reason("it records where the private original was collected") }
        if name.hasPrefix(".scrubjay-") { return Reason("the state of a rotation") }
        if name.hasSuffix(".dat"), components.dropLast().last == "accounts" {
            return .madeAfresh("an account store, written when the accounts are created")
        }
        switch contents {
        case .text, .image, .encrypted: return nil
        case .archive:
            let isOfPrograms = programArchives.contains { name.lowercased().hasSuffix($0) }
            return isOfPrograms ? Reason("an archive of programs, available from their publisher") : nil
        case .closedArchive(let reason): return self.reason(path: path) ?? Reason("an archive that \(reason)")
        case .privateKey: return .madeAfresh("a private key, to be generated")
        case .certificate: return .madeAfresh("a certificate, to be issued again")
        case .binary: return reason(path: path) ?? reason(forBinary: name.lowercased())
        }
    }

    /// Whether a name is that of a log, rotated or not: `access.log`, `jvb.log.1`, `error.log.2.gz`,
    /// `jicofo.log-20260131`.
    private static func isLog(_ name: String) -> Bool {
        guard let range = name.firstRange(of: ".log") else { return false }
        let rest = name[range.upperBound...]
        guard let first = rest.first else { return true }
        return ".-".contains(first) && (rest.contains(where: \.isNumber) || packed.contains(String(rest)))
    }

    private static func reason(forBinary name: String) -> Reason {
        for (reason, suffixes) in binaryReasons where suffixes.contains(where: { name.hasSuffix($0) }) { return reason }
        return Reason("a binary file, which cannot be sanitized")
    }

    private static let binaryReasons: [(Reason, [String])] = [
        (
            .madeAfresh("a key store, to be created again"),
            [".jks", ".p12", ".pfx", ".keystore", ".truststore", ".kdbx", ".gpg", ".pgp"]
        ),
        (Reason("a PDF, whose metadata names its author and whose text is compressed"), [".pdf"]),
        (
            Reason("a recording"),
            [".mp4", ".mkv", ".webm", ".mov", ".avi", ".flv", ".mp3", ".ogg", ".opus", ".wav", ".m4a"]
        ),
        (.madeAfresh("a database, which fills up in use"), [".db", ".sqlite", ".sqlite3", ".mdb", ".rdb", ".bdb"]),
        (
            Reason("an archive in an unsupported format; unpack it to sanitize its contents"),
            [".tar", ".gz", ".tgz", ".zip", ".bz2", ".xz", ".zst", ".7z", ".rar", ".deb", ".rpm", ".cpio", ".lz4"]
        ),
    ]
    private static let programArchives = [
        ".jar", ".war", ".ear", ".aar", ".apk", ".ipa", ".whl", ".egg", ".nupkg", ".xpi", ".crx", ".vsix",
    ]
    private static let packed: Set<String> = [".gz", ".xz", ".zst", ".bz2"]
    private static let versionControlFolders: Set<String> = [".git", ".hg", ".svn", ".bzr"]
}
