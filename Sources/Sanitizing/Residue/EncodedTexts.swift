internal import Archive

/// The texts that stand encoded as a whole in another, decoded for the residue check alone: what is compressed and written in
/// base64, mails in quoted-printable, and the encoded words of their headers.
enum EncodedTexts {
    /// What tells of such a text; its bytes are looked for with the values.
    struct Mark: Sendable {
        /// What stands there.
        enum Sort: Sendable {
            case digits, quotedPrintable, encodedWord
        }

        var sort = Sort.digits
        /// The bytes, of either letter case unless they are digits.
        var bytes: [UInt8]
        /// Where the group of four digits begins in which the first byte stands, from that byte on.
        var firstDigit = 0

        /// The first bytes of gzip in base64.
        private static let gzip = Array("H4sI".utf8)

        /// All of them.
        static let all: [Mark] =
            [
                Mark(bytes: gzip),
                // These digits in base64 once more, so many bytes behind a group of three.
                Mark(bytes: ResidueForms.base64(gzip, at: 0)),
                Mark(bytes: ResidueForms.base64(gzip, at: 1), firstDigit: -2),
                Mark(bytes: ResidueForms.base64(gzip, at: 2), firstDigit: -3),
                // The first bytes of Zstandard.
                Mark(bytes: Array("KLUv".utf8)),
                Mark(sort: .quotedPrintable, bytes: Array("quoted-printable".utf8)),
                Mark(sort: .encodedWord, bytes: Array("-8?q?".utf8)),
            ] + zlib

        /// The first digits of zlib of every level but the second to fifth, which is a text in base64, behind what stands before
        /// a value: three digits alone are in every other text.
        private static let zlib: [Mark] = "\"' =>\n".utf8.flatMap { before in
            ["eAE", "eAF", "eAG", "eAH", "eJw", "eJx", "eJy", "eJz", "eNo", "eNp", "eNq", "eNr"].map { digits in
                Mark(bytes: [before] + Array(digits.utf8), firstDigit: 1)
            }
        }
    }

    /// The longest text in bytes that is decompressed by itself.
    private static let limit = 1 << 26

    /// Decodes the texts at some marks of `text`, which are in its order.
    static func decoded(in text: [UInt8], at marks: [(mark: Mark, start: Int)]) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        if marks.contains(where: { $0.mark.sort == .quotedPrintable }) { texts.append(quotedPrintable(text)) }
        if marks.contains(where: { $0.mark.sort == .encodedWord }) {
            texts.append(quotedPrintable(text.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }))
        }
        var end = 0
        for (mark, start) in marks where mark.sort == .digits && start + max(0, mark.firstDigit) >= end {
            let first = start + mark.firstDigit
            guard first >= 0 else { continue }
            let run = base64(text, from: first)
            texts.append(run.bytes)
            // What else is compressed is opened as an archive is.
            if run.bytes.first == 0x78,
                case .whole(let bytes) = CompressedText.read(run.bytes, as: .zlib, atMost: limit)
            {
                texts.append(bytes)
            }
            end = run.end
        }
        return texts
    }

    /// What the digits of base64 from `start` on decode to, over line breaks and the escapes that stand for them.
    private static func base64(_ text: [UInt8], from start: Int) -> (bytes: [UInt8], end: Int) {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var index = start
        while index < text.count {
            let byte = text[index]
            let isEscape = byte == UInt8(ascii: "\\") && index + 1 < text.count && "nrt".utf8.contains(text[index + 1])
            if isEscape || " \n\r\t".utf8.contains(byte) {
                index += isEscape ? 2 : 1
                continue
            }
            guard let digit = DigitText.base64Digit(byte) else { break }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
            index += 1
        }
        return (bytes, index)
    }

    /// A text with the escapes of quoted-printable and the line breaks that are none taken out of all of it.
    private static func quotedPrintable(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "=") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            if index + 2 < text.count, let high = DigitCoding.digit(text[index + 1]),
                let low = DigitCoding.digit(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
                continue
            }
            var next = index + 1
            while next < text.count, " \t\r".utf8.contains(text[next]) { next += 1 }
            if next < text.count, text[next] == UInt8(ascii: "\n") {
                index = next + 1
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }
}
