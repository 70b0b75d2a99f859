internal import Bundling
internal import Collecting
internal import SystemPackage

/// The bundles of one deployment in a repository.
struct PublishedBundles {
    private static let ending = ".tar.gz"

    /// The state of a version.
    enum State {
        /// There is no bundle.
        case missing
        /// There is a bundle of the same tree with valid signatures.
        case same
        /// Something else exists, for this reason.
        case different(String)
    }

    private let folder: FilePath
    private let name: String
    private let versions: [String]

    /// Lists the existing versions.
    ///
    /// - Throws: ``CollectingError``.
    init(in folder: FilePath, name: String) throws {
        self.folder = folder
        self.name = name
        guard try PlaceOfFile.exists(folder) else {
            versions = []
            return
        }
        let names = try FolderListing.names(in: folder)
        versions = names.filter { $0.hasPrefix(name + "-") && $0.hasSuffix(Self.ending) }
            .map { String($0.dropFirst(name.utf8.count + 1).dropLast(Self.ending.utf8.count)) }
            // `jitsi-gcp-1.0` is not version `gcp-1.0` of `jitsi`.
            .filter { $0.first.map(Self.isDigit) == true }
    }

    /// The highest version; nil if there is none.
    var latest: String? { versions.max { VerifiedVersions.precedes($0, $1) } }

    /// Returns the archive's name for a version.
    func fileName(of version: String) -> String { "\(name)-\(version)\(Self.ending)" }

    /// Returns the next version: the last number is one higher.
    static func next(after version: String) -> String {
        guard let last = version.lastIndex(where: isDigit) else { return version + ".1" }
        let rest = version[version.index(after: last)...]
        let digits = version[...last].reversed().prefix(while: isDigit).reversed()
        guard let number = Int(String(digits)), number < .max else { return version + ".1" }
        return version.prefix(version.count - rest.count - digits.count) + String(number + 1) + rest
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && character.isNumber
    }

    /// Returns the state of a version, compared with a tree and the current signing keys.
    ///
    /// - Throws: ``CollectingError``; ``BundleError`` if the state could not be determined.
    func state(of version: String, tree: FilePath, keys: [PublicKey], scan: Scan) throws -> State {
        let file = folder.appending(fileName(of: version))
        guard try PlaceOfFile.exists(file) else { return .missing }
        // If only SSH keys sign, the signatures contain the public keys, and nothing here vouches for them.
        let acceptance = keys.isEmpty ? nil : Verify.Acceptance(keyring: Keyring(keys), time: 0)
        do {
            let bundle = try Verify(file: file, acceptance: acceptance, scan: scan).open()
            switch try BundleComparison(of: bundle, with: tree) {
            case .same, .sameUncompressed: return .same
            case .different(let differences): return .different(differences.first ?? "")
            }
        } catch let error as BundleError where error.isRefusal {
            return .different("\(error)")
        } catch let error as BundleError where error.code == .missingSignature {
            // An earlier run was killed before it signed.
            return .different("it has no signature")
        }
    }
}
