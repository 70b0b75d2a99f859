internal import Documents

extension Document {
    /// Whether a place of a file is in the section of a Prosody component other than Jicofo's; the secret of such a
    /// component is known to a program outside the catalogue.
    func isOfAnotherComponent(at offset: Int) -> Bool {
        guard path.hasSuffix(".lua"), let address = componentAddress(at: offset) else { return false }
        return !address.starts(with: "focus.".utf8)
    }

    /// Returns the address of the `Component` whose section of Prosody's configuration contains a place; nil in the
    /// section of a host and before the first section.
    private func componentAddress(at offset: Int) -> ArraySlice<UInt8>? {
        for line in bytes[..<offset].split(separator: UInt8(ascii: "\n")).reversed() {
            let text = line.drop { Self.blanks.contains($0) }
            if text.starts(with: "VirtualHost".utf8) { return nil }
            guard text.starts(with: "Component".utf8) else { continue }
            let parts = text.split(omittingEmptySubsequences: false) { Self.quotes.contains($0) }
            return parts.count > 1 ? parts[1] : nil
        }
        return nil
    }

    private static let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
    private static let quotes: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "'")]
}
