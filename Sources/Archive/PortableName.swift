/// The file names that Windows does not allow; macOS allows all that Windows does.
///
/// Source: "Naming Files, Paths, and Namespaces" in the Windows documentation. Control characters and the backslash are
/// refused elsewhere, for other reasons.
enum PortableName {
    private static let reservedCharacters = Set("<>:\"|?*".utf8)
    private static let reservedNames: Set<String> = {
        let numbered = ["com", "lpt"].flatMap { name in "123456789¹²³".map { name + String($0) } }
        return Set(["con", "prn", "aux", "nul", "conin$", "conout$"] + numbered)
    }()

    /// Returns the problem of a path component, in one lower-case sentence; nil if there is none.
    static func complaint(about component: String) -> String? {
        if let byte = component.utf8.first(where: reservedCharacters.contains) {
            return "the name contains '\(Character(Unicode.Scalar(byte)))', which Windows does not allow in names"
        }
        if let last = component.utf8.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") {
            return "a component ends in a dot or a space, which Windows drops"
        }
        let stem = component.prefix { $0 != "." }.lowercased()
        // Windows also drops blanks before the dot: `con .txt` is a device.
        let trimmed = String(stem.reversed().drop { $0 == " " }.reversed())
        guard !reservedNames.contains(trimmed) else {
            return "'\(component)' is the name of a device on Windows, whatever follows the dot"
        }
        return nil
    }
}
