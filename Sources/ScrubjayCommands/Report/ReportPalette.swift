/// The colours of a report, for light and dark screens.
struct ReportPalette: Sendable {
    /// An sRGB colour, one byte for each component.
    struct Colour: Hashable, Sendable {
        let hexadecimal: UInt32

        init(_ hexadecimal: UInt32) { self.hexadecimal = hexadecimal }

        /// The colour in a style sheet.
        var text: String {
            let digits = String(hexadecimal, radix: 16)
            return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
        }
    }

    /// The background of the page.
    var ground: Colour
    /// The background of tables and file lines.
    var paper: Colour
    /// Text.
    var ink: Colour
    /// Less important text.
    var quiet: Colour
    /// Lines between parts.
    var rule: Colour
    /// Links, and the focus frame.
    var accent: Colour
    /// Success.
    var good: Colour
    /// Anything unproved, or in need of attention.
    var caution: Colour
    /// Values of the severity `secret`.
    var secret: Colour
    /// Values of the severity `personal`.
    var personal: Colour
    /// Values of the severity `infrastructure`.
    var infrastructure: Colour
    /// The background of a line before.
    var before: Colour
    /// The text of a mask.
    var mask: Colour
    /// The background of a mask.
    var maskGround: Colour
    /// The background of a line after.
    var after: Colour
    /// The text of a stand-in.
    var standIn: Colour
    /// The background of a stand-in.
    var standInGround: Colour

    static let light = ReportPalette(
        ground: Colour(0xF6F7F9),
        paper: Colour(0xFFFFFF),
        ink: Colour(0x1A222D),
        quiet: Colour(0x556070),
        rule: Colour(0xDCE1E8),
        accent: Colour(0x1F4E8C),
        good: Colour(0x1B6B3F),
        caution: Colour(0x8A4B00),
        secret: Colour(0xA3282C),
        personal: Colour(0x8A5A00),
        infrastructure: Colour(0x2B6397),
        before: Colour(0xFDF5F3),
        mask: Colour(0x7A2018),
        maskGround: Colour(0xF7DEDA),
        after: Colour(0xF2F9F5),
        standIn: Colour(0x12512E),
        standInGround: Colour(0xD5EEDF)
    )

    static let dark = ReportPalette(
        ground: Colour(0x11151B),
        paper: Colour(0x191F28),
        ink: Colour(0xE4E9F0),
        quiet: Colour(0xA4AFBE),
        rule: Colour(0x323B49),
        accent: Colour(0x90BBF6),
        good: Colour(0x80D3A2),
        caution: Colour(0xF0B65E),
        secret: Colour(0xF58F88),
        personal: Colour(0xE9BC62),
        infrastructure: Colour(0x84B9EE),
        before: Colour(0x241C20),
        mask: Colour(0xFFC7BF),
        maskGround: Colour(0x502826),
        after: Colour(0x17241F),
        standIn: Colour(0xBCEBCB),
        standInGround: Colour(0x1E4A32)
    )

    /// The colours as variables of the style sheet.
    var variables: String {
        let colours: [(name: StaticString, colour: Colour)] = [
            ("ground", ground), ("paper", paper), ("ink", ink), ("quiet", quiet), ("rule", rule), ("accent", accent),
            ("good", good), ("caution", caution), ("secret", secret), ("personal", personal),
            ("infrastructure", infrastructure), ("before", before), ("mask", mask), ("mask-ground", maskGround),
            ("after", after), ("stand-in", standIn), ("stand-in-ground", standInGround),
        ]
        return colours.map { "--\($0.name):\($0.colour.text);" }.joined()
    }

    /// The combinations of text and background, which need a contrast of at least 4.5 to 1 (WCAG 2.2, success criterion
    /// 1.4.3).
    var pairs: [(text: Colour, ground: Colour)] {
        let grounds = [ground, paper]
        let texts = [ink, quiet, accent, good, caution, secret, personal, infrastructure]
        return texts.flatMap { text in grounds.map { (text, $0) } }
            + [
                (ink, before), (quiet, before), (ink, after), (quiet, after), (mask, maskGround),
                (standIn, standInGround),
            ]
    }
}
