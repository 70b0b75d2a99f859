/// Recognises texts that are written only as names of programs.
package enum ProgramName {
    /// Whether a text is a path of members: names joined by dots, `os.getuid`.
    package static func isMember(_ text: [UInt8]) -> Bool {
        let names = text.split(separator: .dot, omittingEmptySubsequences: false)
        return names.count > 1
            && names.allSatisfy { name in
                name.first.map { $0.isLetter || $0 == .underscore } ?? false && name.allSatisfy(\.isVariableByte)
            }
    }

    /// Whether a text is capitalised words around the version of an interface: `WrenCloudV1RockToken`.
    package static func isVersioned(_ text: [UInt8]) -> Bool {
        guard let first = text.first, first.isUppercaseLetter, text.allSatisfy({ $0.isLetter || $0.isDigit }) else {
            return false
        }
        let numbers = text.indices.filter { text[$0].isDigit && !text[$0 - 1].isDigit }
        guard numbers.count == 1, let start = numbers.first, text[start - 1] == UInt8(ascii: "V"), start > 3 else {
            return false
        }
        let behind = text[start...].drop { $0.isDigit }
        return text.count - start - behind.count <= 2 && behind.count > 2 && behind.first?.isUppercaseLetter ?? false
            && text.contains { $0.isLetter && !$0.isUppercaseLetter }
    }
}
