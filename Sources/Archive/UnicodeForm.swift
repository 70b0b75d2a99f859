@_spi(_Unicode) internal import Swift

/// The normal forms of Unicode text (Unicode Standard Annex 15).
enum UnicodeForm {
    /// Whether a text is in the composed form, NFC.
    ///
    /// The standard library compares strings by this form, and shows it under a name of its own only; the alternatives
    /// are Foundation's ICU, or tables of our own that grow old.
    static func isComposed(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 } || text.unicodeScalars.elementsEqual(text._nfc)
    }
}
