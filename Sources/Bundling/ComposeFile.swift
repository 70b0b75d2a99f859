internal import Detecting
internal import Documents
internal import Sanitizing

/// Knows what Docker Compose does to the values of its files.
enum ComposeFile {
    /// The value as it must stand at a place: Compose takes `$` for the start of a variable, and `$$` for a `$`
    /// (Compose Specification, "Interpolation").
    static func escaped(_ value: [UInt8], at place: Parameter.Place) -> [UInt8] {
        guard place.location != nil, ComposeText.isComposeFile(place.path) else { return value }
        return Derivation.doubledDollars.apply(to: value) ?? value
    }
}
