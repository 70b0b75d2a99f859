internal import Detecting
internal import Sanitizing

/// Knows what Docker Compose does to the values of its files.
enum ComposeFile {
    /// The value as it must stand at a place: Compose takes `$` for the start of a variable, and `$$` for a `$`
    /// (Compose Specification, "Interpolation").
    static func escaped(_ value: [UInt8], at place: Parameter.Place) -> [UInt8] {
        guard place.location != nil, isComposeFile(place.path) else { return value }
        return Derivation.doubledDollars.apply(to: value) ?? value
    }

    private static func isComposeFile(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return false }
        return name.hasPrefix("docker-compose") || name.hasPrefix("compose.")
    }
}
