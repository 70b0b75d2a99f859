internal import Archive

/// Decodes whole texts that are encoded within another one, for the residue check only.
///
/// These are compressed data in base64, mails in quoted-printable, and the encoded words of mail headers.
enum EncodedTexts {
    /// The bytes that indicate such a text; they are searched for together with the values.
    struct Mark: Sendable {
        /// The encoding that they indicate.
        enum Sort: Sendable {
            case digits, quotedPrintable, encodedWord
        }

        var sort = Sort.digits
        /// The bytes; letter case matters only for digits.
        var bytes: [UInt8]
        /// The start of the group of four digits that contains the first byte, relative to that byte.
        var firstDigit = 0

        /// The first bytes of gzip in base64.
        private static let gzip = Array("H4sI".utf8)

        /// All marks.
        static let all: [Mark] =
            [
                Mark(bytes: gzip),
                // The same digits encoded in base64 again, 0 to 2 bytes after a group of three.
                Mark(bytes: ResidueForms.base64(gzip, at: 0)),
                Mark(bytes: ResidueForms.base64(gzip, at: 1), firstDigit: -2),
                Mark(bytes: ResidueForms.base64(gzip, at: 2), firstDigit: -3),
                // The first bytes of Zstandard.
                Mark(bytes: Array("KLUv".utf8)),
                Mark(sort: .quotedPrintable, bytes: Array("quoted-printable".utf8)),
                Mark(sort: .encodedWord, bytes: Array("-8?q?".utf8)),
            ] + zlib

        /// The first digits of zlib data in base64, each after a character that may precede a value: three digits alone
        /// occur in every other text.
        ///
        /// Levels 2 to 5 are missing, because their header is also the beginning of a text, `x^`.
        private static let zlib: [Mark] = "\"' =>\n".utf8.flatMap { before in
            ["eAE", "eAF", "eAG", "eAH", "eJw", "eJx", "eJy", "eJz", "eNo", "eNp", "eNq", "eNr"].map { digits in
                Mark(bytes: [before] + Array(digits.utf8), firstDigit: 1)
            }
        }
    }

    /// The maximum size in bytes of a decompressed text.
    private static let limit = 1 << 26

    /// Decodes the texts at some marks of `text`, which are in order of their places.
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
            // Other compressed data is opened like an archive.
            if run.bytes.first == 0x78,
                case .whole(let bytes) = CompressedText.read(run.bytes, as: .zlib, atMost: limit)
            {
                texts.append(bytes)
            }
            end = run.end
        }
        return texts
    }

    /// Returns what the base64 digits from `start` on encode, across white space and its escapes, and the end of the
    /// digits.
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

    /// Returns a whole text with its quoted-printable escapes decoded and its soft line breaks removed.
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
