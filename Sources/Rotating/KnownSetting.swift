internal import Documents

/// A secret of a document, under a setting that the catalogue knows.
struct KnownSetting {
    /// The setting, or the several that it may be.
    var settings: [Catalogue.Setting]
    /// Whether it stands under the setting's own name.
    var isName: Bool
    /// The value.
    var value: [UInt8]
    /// Where it stands.
    var location: Location
    /// The index of its document.
    var document: Int
}

extension Catalogue {
    /// The secrets that a document holds under known settings; none in a file that only shows what one may set.
    func knownSecrets(in document: Document, index: Int) -> [KnownSetting] {
        guard !document.isExample else { return [] }
        return document.settingValues.compactMap { found in
            guard let match = match(SettingPath(found.keyPath)), !found.isReference else { return nil }
            let secrets = match.settings.filter { $0.change != nil }
            guard !secrets.isEmpty, !found.value.isEmpty else { return nil }
            return KnownSetting(
                settings: secrets,
                isName: match.isName,
                value: found.value,
                location: found.location,
                document: index
            )
        }
    }
}
