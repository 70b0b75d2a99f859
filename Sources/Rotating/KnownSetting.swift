internal import Documents

/// A secret in a document, under a setting that the catalogue knows.
struct KnownSetting {
    /// The setting, or several if it is ambiguous.
    var settings: [Catalogue.Setting]
    /// Whether it is under the setting's own name.
    var isName: Bool
    /// The value as the file's format decodes it.
    var value: [UInt8]
    /// The value as the program receives it: Docker Compose reads `$$` as `$`.
    var meaning: [UInt8]
    /// Its place.
    var location: Location
    /// The index of its document.
    var document: Int
}

extension Catalogue {
    /// Returns the secrets that a document holds under known settings; empty for an example file.
    func knownSecrets(in document: Document, index: Int) -> [KnownSetting] {
        guard !document.isExample else { return [] }
        return document.settingValues.compactMap { found in
            guard let match = match(SettingPath(found.keyPath)), !found.isUnset, !found.isReference else { return nil }
            // The path of a key is not secret; the file at that path is.
            let secrets = match.settings.filter { $0.change != nil && $0.sort != .keyFilePath }
            guard !secrets.isEmpty, !document.isOfAnotherComponent(at: found.location.fileSpan.start) else {
                return nil
            }
            return KnownSetting(
                settings: secrets,
                isName: match.isName,
                value: found.value,
                meaning: ComposeText.isComposeFile(document.path)
                    ? ComposeText.meaning(of: found.value) : found.value,
                location: found.location,
                document: index
            )
        }
    }
}
