internal import Detecting
internal import Documents

/// A value of a document under a setting that the catalogue knows.
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
