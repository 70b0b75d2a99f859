internal import Detecting
internal import Documents
internal import Sanitizing

/// Escapes and unescapes `$` in the values of Docker Compose files.
enum ComposeDollars {
    /// Returns a value as it must be written at a place: Compose takes `$` for the start of a variable, and `$$` for a
    /// `$` (Compose Specification, "Interpolation").
    static func escaped(_ value: [UInt8], at place: Parameter.Place) -> [UInt8] {
        guard place.location != nil, ComposeText.isComposeFile(place.path) else { return value }
        return Derivation.doubledDollars.apply(to: value) ?? value
    }

    /// Returns the value that a text in a file stands for: Compose reads a doubled `$` as one.
    ///
    /// - Parameters:
    ///   - text: the text in the file.
    ///   - parameter: the parameter that the value belongs to.
    ///   - path: the path of the template; nil if the text is not in a file's contents.
    /// - Returns: the value.
    static func meant(by text: [UInt8], of parameter: Parameter?, in path: String?) -> [UInt8] {
        guard let path, ComposeText.isComposeFile(path), parameter?.origin?.derivation != .doubledDollars else {
            return text
        }
        return ComposeText.meaning(of: text)
    }
}
