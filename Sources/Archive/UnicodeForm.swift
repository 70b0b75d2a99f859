@_spi(_Unicode) internal import Swift

/// The normal forms of Unicode text (Unicode Standard Annex 15).
enum UnicodeForm {
    /// Whether a text is in the composed form, NFC.
    ///
    /// The standard library compares strings by this form, but exposes it only under an internal name. The alternatives
    /// are Foundation's ICU, or tables of our own that become outdated.
    static func isComposed(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 } || text.unicodeScalars.elementsEqual(text._nfc)
    }
}
