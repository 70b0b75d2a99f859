internal import Bundling
internal import Collecting
internal import SystemPackage

/// The names of a bundle's signature files.
enum SignatureNames {
    /// The maximum number of signatures of one bundle that are examined.
    private static let limit = 64
    private static let endings = [".minisig", ".sig"]
    /// The number of letters and digits with which an additional signature names its key; it keeps `b.tar.gz.sig` from
    /// being taken for a signature of `b.tar`.
    private static let keyCount = 16

    /// Returns the name of a signature: the one that minisign or ssh-keygen expects; additional ones name their key.
    static func name(
        for signature: BundleSignature,
        of fileName: String,
        after others: [BundleSignature]
    ) -> String {
        let isMinisign = { (signature: BundleSignature) in
            guard case .minisign = signature else { return false }
            return true
        }
        let ending = isMinisign(signature) ? ".minisig" : ".sig"
        guard others.contains(where: { isMinisign($0) == isMinisign(signature) }) else { return fileName + ending }
        let letters = signature.keyIdentifier.replacing("SHA256:", with: "").filter { $0.isLetter || $0.isNumber }
        return "\(fileName).\(letters.prefix(keyCount))\(ending)"
    }

    private static func isSignature(_ name: String, of fileName: String) -> Bool {
        guard name.hasPrefix(fileName + "."), let ending = endings.first(where: { name.hasSuffix($0) }) else {
            return false
        }
        let between = name.dropFirst(fileName.count).dropLast(ending.count)
        guard let first = between.first else { return true }
        return first == "." && between.count == keyCount + 1
            && between.dropFirst().allSatisfy { $0.isLetter || $0.isNumber }
    }

    /// Returns the signatures beside a bundle, in byte order of their names.
    ///
    /// - Throws: ``CollectingError`` if the folder cannot be read; ``BundleError`` `missingSignature` if there is none.
    static func beside(_ file: FilePath) throws -> [FilePath] {
        guard let fileName = file.lastComponent?.string else { return [] }
        let parent = file.removingLastComponent()
        let names = try FolderListing.names(in: file.folder).filter { name in
            isSignature(name, of: fileName)
        }
        guard !names.isEmpty else {
            throw BundleError(
                .missingSignature,
                at: file.string,
                "there is no signature next to it: neither '\(fileName).minisig' nor '\(fileName).sig'"
            )
        }
        return names.prefix(limit).map { parent.appending($0) }
    }
}
